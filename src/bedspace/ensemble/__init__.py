"""Ensembles: members over an Executor into a run folder, and pairs of runs."""

from bedspace.ensemble.pairs import compare
from bedspace.ensemble.running import run

__all__ = ["compare", "run"]
