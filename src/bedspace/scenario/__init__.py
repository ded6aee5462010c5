"""What a user writes: one file, its numbers with their evidence, its variants and measures."""

from bedspace.scenario.checks.doubts import warnings
from bedspace.scenario.loading import files, from_raw, load, names, split_variant, with_set
from bedspace.scenario.model.scenario import Quantity, Scenario
from bedspace.scenario.views import evidence, paths, pathways, rented
from bedspace.scenario.views.paths import uncertain, with_values
from bedspace.scenario.views.schema import json_schema

__all__ = [
    "Quantity",
    "Scenario",
    "evidence",
    "files",
    "from_raw",
    "json_schema",
    "load",
    "names",
    "paths",
    "pathways",
    "rented",
    "split_variant",
    "uncertain",
    "warnings",
    "with_set",
    "with_values",
]
