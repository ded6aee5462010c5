"""Reports: an Appraisal as one HTML page that needs nothing else, as a PDF, an Excel file or a ZIP
of its data; an invoice as a sheet; an answer in SQL as CSV or an Excel file. Computes nothing."""

from bedspace.plain_csv import comma_separated
from bedspace.reporting.answers import workbook
from bedspace.reporting.brief import brief
from bedspace.reporting.files import write
from bedspace.reporting.formats import kind_of, report
from bedspace.reporting.page import html
from bedspace.reporting.sheet import rows, sheet

__all__ = [
    "brief",
    "comma_separated",
    "html",
    "kind_of",
    "report",
    "rows",
    "sheet",
    "workbook",
    "write",
]
