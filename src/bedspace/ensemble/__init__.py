"""Ensembles: members over workers into a run folder, and pairs of runs."""

from bedspace.ensemble.pairs import compare
from bedspace.ensemble.reads import reads
from bedspace.ensemble.running import check_limits, run
from bedspace.ensemble.versions import made_by

__all__ = ["check_limits", "compare", "made_by", "reads", "run"]
