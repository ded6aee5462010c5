"""The page: what is found into the template, the style sheet into the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import jinja2
from markupsafe import Markup

from bedspace import __version__
from bedspace.appraisal import Appraisal, Figure
from bedspace.appraisal.figures import words
from bedspace.reporting import annex, front, palette, top
from bedspace.reporting.about import about
from bedspace.reporting.brief import readable
from bedspace.reporting.references import References, unseen
from bedspace.reporting.stamps import Kind, badges
from bedspace.reporting.views import CellView, TableView, Viewer, finished
from bedspace.results import Comparison, Run
from bedspace.scenario.model.scenario import Source

MOST_COMPARED = 8
"""Figures by which variants are set side by side."""


@dataclass(frozen=True)
class StampView:
    """A kind of stamp on the first pages: how often there is one, and the share of figures that
    carry one, where the appraisal has it as a figure."""

    kind: Kind
    words: str
    about: tuple[str, ...]
    share: CellView | None


def html(
    appraisal: Appraisal,
    made: Comparison | Run | None = None,
    also: Sequence[Appraisal] = (),
    sources: Mapping[str, Source] | None = None,
) -> str:
    """One page of HTML with everything in it: style, charts, tables, stamps, sources.

    `made`, what is appraised, lends the records of its sources, with their addresses, where
    `sources` are not given; `also` are appraisals of other variants of the same scenario, set
    beside the first in one table. BedspaceError when charts cannot be drawn because the extra is
    not installed.
    """
    known = about(appraisal, made)
    cited = {source.title: source for source in (sources or known.sources).values()}
    names = References()
    annex.name_inputs(appraisal, names)
    names.name_all(appraisal)
    view = Viewer(names)
    every = list(appraisal.figures.values())
    beside, of_others = _variants(appraisal, also, names)
    annex_parts = annex.parts(appraisal, names)
    annex_others = [annex.made(f, names, part) for part, f in of_others]
    # All else that figures rest on has its name by now.
    numbers, reasons, sets = annex.inputs(appraisal, names, list(cited))
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            main=appraisal,
            reform=any(section.id == "costs" for section in appraisal.sections),
            answer=top.answer(appraisal.answer, view),
            summary=known.summary,
            parts=[*front.parts(appraisal, view), *filter(None, [front.checked(appraisal, view)])],
            variants=beside,
            powers_of_others=_powers(also),
            stamps=_stamps(appraisal, view),
            unknown=next((s for s in appraisal.sections if s.id == "cannot-know"), None),
            annex_parts=annex_parts,
            annex_others=annex_others,
            numbers=numbers,
            reasons=reasons,
            sets=sets,
            stamped=annex.stamped(every, names),
            sources=list(cited.values()),
            about=known,
            style=Markup(_style()),
            version=__version__,
        )
    )


def _stamps(given: Appraisal, view: Viewer) -> list[StampView]:
    """The kinds of stamps that the appraisal's figures and charts carry."""
    drawn = [stamp for s in given.sections for chart in s.charts for stamp in chart.stamps]
    stamps = dict.fromkeys([*given.stamps, *drawn])
    found = []
    for badge in badges(stamps):
        id_ = f"evidence.all.{badge.kind.stamp.replace(' ', '-')}"
        share = view.brief(given.figures[id_]) if id_ in given.figures else None
        found.append(StampView(badge.kind, badge.words, badge.about, share))
    return found


def _variants(
    main: Appraisal, also: Sequence[Appraisal], names: References
) -> tuple[TableView | None, list[tuple[int, Figure]]]:
    """The main figures of all variants in one table, and every figure of the others in it."""
    if not also:
        return None, []
    views = [Viewer(names, part) for part in range(len(also) + 1)]
    whole = (main, *also)
    rows = [[CellView("The answer"), *(CellView(readable(a.answer.sentence.text)) for a in whole)]]
    for id_ in _compared(main, also):
        row = [a.figures.get(id_) for a in whole]
        cells = [view.brief(figure) for view, figure in zip(views, row, strict=True)]
        rows.append([CellView(main.figure(id_).title), *cells])
    heads = [CellView(""), CellView(_column(main)), *(CellView(_column(a)) for a in also)]
    shown: list[tuple[int, Figure]] = []
    for part, other in enumerate(also, start=1):
        seen: set[str] = set()
        for id_ in _compared(main, also):
            if id_ in other.figures:
                shown += [(part, f) for f in unseen(other.figures[id_], seen)]
    for part, figure in shown:
        names.figure(figure, part)
    return finished("f-variants", "Variants side by side", heads, rows), shown


def _compared(main: Appraisal, also: Sequence[Appraisal]) -> list[str]:
    """Ids of the main figures that another variant has too, those that the answer tells first."""
    told = {figure.id for figure in main.answer.figures}
    both = [
        id_
        for id_ in main.answers
        if main.figure(id_).unit != "words" and any(id_ in other.figures for other in also)
    ]
    few = set(sorted(both, key=lambda id_: id_ not in told)[:MOST_COMPARED])
    return [id_ for id_ in both if id_ in few]


def _column(of: Appraisal) -> str:
    return f"{of.title} ({of.members} future{'' if of.members == 1 else 's'})"


def _powers(also: Sequence[Appraisal]) -> list[tuple[str, list[str]]]:
    """The powers that other variants assume, by their titles."""
    found = ((other.title, words.gates(other.stamps)[0]) for other in also)
    return [(title, powers) for title, powers in found if powers]


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
