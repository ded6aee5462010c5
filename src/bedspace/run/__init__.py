"""Ensembles: members over an Executor into a run folder, and pairs of runs."""

from bedspace.run.ensemble import run
from bedspace.run.pairs import compare

__all__ = ["compare", "run"]
