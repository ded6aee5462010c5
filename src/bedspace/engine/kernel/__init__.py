"""The kernel: the same eight steps a day as the reference engine, on the same draws, compiled.

days.py has the steps; the files beside it one idea each. How it is called stands in calling.py.
"""

from bedspace.engine.kernel.calling import simulate

__all__ = ["simulate"]
