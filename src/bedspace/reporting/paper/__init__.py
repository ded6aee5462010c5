"""An appraisal on paper: two pages for the desk, then an annex with everything, as a tagged PDF.

The template (`templates/paper.typ`) is fixed and reads data; no text of a scenario is ever part of
it, so none can be run as markup.
"""

from bedspace.reporting.paper.whole import LAYOUTS, pdf

__all__ = ["LAYOUTS", "pdf"]
