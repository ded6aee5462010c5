"""Reports: an Appraisal as one HTML page that needs nothing else, an invoice as a sheet. Computes
nothing."""

from bedspace.reporting.brief import brief
from bedspace.reporting.files import write
from bedspace.reporting.page import html
from bedspace.reporting.sheet import rows, sheet

__all__ = ["brief", "html", "rows", "sheet", "write"]
