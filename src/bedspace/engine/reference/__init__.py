"""The reference engine: the definition of the model, in plain Python, one person at a time.

Read days.py from top to bottom, and look up in world.py who a person is and what a day holds, in
luck.py how somebody's draws are read, in choosing.py whom and which place a rule chooses.
"""

from bedspace.engine.reference.days import simulate

__all__ = ["simulate"]
