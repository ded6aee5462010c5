"""The whole paper: the first pages in the layout asked for, then the annex."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bedspace import __version__
from bedspace.appraisal import Appraisal
from bedspace.exceptions import BedspaceError
from bedspace.plain_csv import comma_separated
from bedspace.reporting import flat
from bedspace.reporting.about import About
from bedspace.reporting.paper.annex import annex
from bedspace.reporting.paper.impact import statement
from bedspace.reporting.paper.summary import summary
from bedspace.reporting.paper.typeset import typeset

LAYOUTS: Mapping[str, Callable[[Appraisal, About], dict[str, Any]]] = {
    "brief": summary,
    "impact-statement": statement,
}
"""What stands before the annex, by name."""

TITLE = 160
"""Characters of a title at the head of a page: three lines."""


def pdf(found: Appraisal, known: About, layout: str = "brief") -> bytes:
    """The paper as a PDF. BedspaceError when there is no such layout, when an extra is missing, or
    when the PDF would not be accessible."""
    if layout not in LAYOUTS:
        raise BedspaceError(f"there is no layout {layout!r}; there are {', '.join(LAYOUTS)}")
    figures = flat.figures(found)
    data = {
        "title": found.title,
        "shown": shortened(found.title),
        "kicker": kicker(found),
        "facts": facts(found),
        "caution": found.caution,
        "version": __version__,
        "layout": layout,
        "front": LAYOUTS[layout](found, known),
        "annex": annex(found, known),
    }
    attached = comma_separated(figures.columns, figures.rows)
    return typeset(data, known, attached)


def shortened(title: str) -> str:
    """A title for the head of a page; the file's own title is whole."""
    return title if len(title) <= TITLE else f"{title[: TITLE - 2].rstrip()} …"


def kicker(found: Appraisal) -> str:
    """What kind of appraisal it is."""
    if found.is_run:
        return "One run of a prison system"
    if any(section.id == "costs" for section in found.sections):
        return "Appraisal of a reform"
    if found.baseline:
        return "Appraisal of an agreement to rent prison places"
    return "Agreements to rent prison places"


def facts(found: Appraisal) -> list[dict[str, str]]:
    """What was run, in few words."""
    told = [
        ("Scenario", found.scenario),
        ("Baseline", found.baseline),
        ("Simulated", f"{found.start} to {found.end}"),
        ("Futures", f"{found.members}, seed {found.seed}"),
    ]
    return [{"name": name, "value": value} for name, value in told if value]
