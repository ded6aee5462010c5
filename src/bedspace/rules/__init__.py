"""The rules room: law, fees and standards as small pure functions over dated, cited data.

It knows nothing of scenarios, runs or engines and imports nothing of ours but the exceptions, so
a lawyer or a clerk can use and check it alone.
"""
