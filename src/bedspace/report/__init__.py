"""Reports: an Appraisal as one HTML page that needs nothing else. Computes nothing."""

from bedspace.report.brief import brief
from bedspace.report.page import html

__all__ = ["brief", "html"]
