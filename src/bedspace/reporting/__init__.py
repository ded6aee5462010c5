"""Reports: an Appraisal as one HTML page that needs nothing else. Computes nothing."""

from bedspace.reporting.brief import brief
from bedspace.reporting.files import write
from bedspace.reporting.page import html

__all__ = ["brief", "html", "write"]
