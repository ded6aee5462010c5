"""Results: one run is one immutable folder of Parquet tables and a manifest."""

from bedspace.results.comparison import Comparison
from bedspace.results.comparison import open_any as open
from bedspace.results.reader import Params, Run
from bedspace.results.schema import TABLES, Column, Table
from bedspace.results.sweep import Point, Sweep

__all__ = ["TABLES", "Column", "Comparison", "Params", "Point", "Run", "Sweep", "Table", "open"]
