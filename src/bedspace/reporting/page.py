"""The page: views into the template, the style sheet into the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

import jinja2
from markupsafe import Markup

from bedspace import __version__
from bedspace.appraisal import Appraisal
from bedspace.reporting import palette, views
from bedspace.results import Comparison
from bedspace.scenario.model.scenario import Source


def html(
    appraisal: Appraisal,
    comparison: Comparison | None = None,
    also: Sequence[Appraisal] = (),
    sources: Mapping[str, Source] | None = None,
) -> str:
    """One page of HTML with everything in it: style, charts, tables, stamps, sources.

    `comparison` lends the records of its sources, with their addresses, where `sources` are not
    given; `also` are appraisals of other variants of the same scenario, shown after the first.
    BedspaceError when charts cannot be drawn because the extra is not installed.
    """
    parts = [views.appraisal(appraisal)]
    parts += [views.appraisal(a, f"v{i}-") for i, a in enumerate(also, start=2)]
    scn = None if comparison is None else comparison.scenario.scenario
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            parts=parts,
            main=parts[0],
            kinds=list({badge.kind: badge for part in parts for badge in part.badges}.values()),
            summary=None if scn is None else scn.summary,
            sources=sources or ({} if scn is None else scn.sources),
            style=Markup(_style()),
            version=__version__,
        )
    )


def address(source: Source) -> str | None:
    """A source's public address when it is one that a reader can follow."""
    given = source.address or ""
    return given if given.startswith(("https://", "http://")) else None


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bedspace.reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["address"] = address
    environment.filters["drawing"] = Markup  # our own SVG, its texts escaped by the renderer
    return environment


def _style() -> str:
    folder = resources.files("bedspace.reporting") / "templates"
    sheet = (folder / "style.css").read_text(encoding="utf-8")
    return sheet.replace("/* dark charts */", palette.dark_rules())
