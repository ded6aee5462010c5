"""Reports: an Appraisal as one HTML page that needs nothing else, an invoice as a sheet, an answer
in SQL as CSV or an Excel file. Computes nothing."""

from bedspace.reporting.answers import comma_separated, workbook
from bedspace.reporting.brief import brief
from bedspace.reporting.files import write
from bedspace.reporting.page import html
from bedspace.reporting.sheet import rows, sheet

__all__ = ["brief", "comma_separated", "html", "rows", "sheet", "workbook", "write"]
