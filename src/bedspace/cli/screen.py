"""An answer as one page of the terminal: at most 60 lines, whatever it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from shlex import quote
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.console import RenderableType

from bedspace.appraisal.answer import wording
from bedspace.appraisal.figures.appraisal import SECTIONS
from bedspace.appraisal.figures.currencies import currency_of
from bedspace.appraisal.figures.figure import ASSUMED_POWER, TAKEN_AS_MET, Stamp
from bedspace.cli import show
from bedspace.cli.pages import print_sections
from bedspace.exceptions import BedspaceError
from bedspace.rules.spelling import meant

if TYPE_CHECKING:
    from bedspace.appraisal import Appraisal, Figure
    from bedspace.appraisal.figures.answer import Sentence

LINES = 60
"""Lines of a page."""

MONEY = {
    "fee.paid": ("Paid", "in all"),
    "saving.marginal.total": ("Saved, by what", "is really avoided"),
    "saving.average.total": ("Saved, counted", "at average cost"),
    "receiver.income": ("Paid to the", "receiver, a year"),
    "run": ("Cost of holding", "its own people"),
}
"""The sums of an appraisal that answer the main questions, by the end of their ids, each with its
name in two lines."""

_UNIT = re.compile(r"(?<=\d) (?=(m|bn|%|m²)\b|%)")
"""The space between a number and its unit."""

_LABEL = 26
"""Columns that what to type next stands right of."""


@dataclass(frozen=True)
class Degree:
    """How much is left out to keep a page in its lines: whether sums have a table of their own, how
    many turning points, unknown things and grounds are told."""

    money: bool
    turns: int
    unknown: int
    grounds: int = 5


_DEGREES = (
    Degree(True, 3, 3),
    *(Degree(False, turns, unknown) for turns, unknown in ((3, 3), (3, 2), (2, 2), (2, 1), (1, 1))),
    *(Degree(False, turns, 0) for turns in (2, 1)),
    *(Degree(False, 0, 0, grounds) for grounds in (5, 4, 3, 2)),
)


def print_found(
    found: Appraisal, full: bool, section: str | None, typed: Sequence[tuple[str, str]]
) -> None:
    """One section of an appraisal, or its answer, in full with all of its sections after it."""
    if section is not None:
        print_sections([found.section(section)])
        return
    print_answer(found, () if full else typed)
    if full:
        print_sections(found.sections)


def known(section: str | None) -> None:
    """Refuses a name that no section has. BedspaceError says which was meant."""
    if section is not None and section not in SECTIONS:
        raise BedspaceError(f"there is no section {section!r}; {meant(section, SECTIONS)}")


def one_part(found: Appraisal) -> str:
    """A section that is worth asking for first."""
    ids = {section.id for section in found.sections}
    return next(id_ for id_ in ("law", "costs", "population") if id_ in ids)


def next_of(found: Appraisal, folder: Path) -> list[tuple[str, str]]:
    """What to type next about a comparison in a folder."""
    where = quote(str(folder))
    return [
        ("everything", f"bedspace appraise {where} --full"),
        ("one part", f"bedspace appraise {where} --section {one_part(found)}"),
        ("where a figure comes from", f"bedspace explain {where} FIGURE"),
        ("a page with charts", f"bedspace report {where} --out report.html"),
    ]


def print_answer(
    found: Appraisal,
    typed: Sequence[tuple[str, str]],
    more: Iterable[RenderableType] = (),
) -> None:
    """The answer, a table or two, and what to type next: pairs of what it does and the command.
    `more` are tables that belong to it."""
    console = show.page()
    extra = list(more)
    # Commands are never folded: they are there to be copied.
    commands = "".join(f"\n{what:<{_LABEL}} {command}" for what, command in typed)
    commands = f"{commands}\n" if commands else ""
    for degree in _DEGREES:
        with console.capture() as captured:
            for part in _parts(found, extra, degree, console.width):
                console.print(part)
        page = "\n".join(line.rstrip() for line in captured.get().split("\n")) + commands
        if page.count("\n") <= LINES:
            break
    show.print_text(page)


def _parts(
    found: Appraisal,
    more: Sequence[RenderableType],
    degree: Degree,
    width: int,
) -> Iterator[RenderableType]:
    answer = found.answer
    yield from _title(found)
    yield ""
    yield show.clean(answer.question)
    yield show.bold(_wrapped(answer.sentence.text, width))
    yield from _points(answer.grounds[: degree.grounds], width)
    if answer.tiles:
        yield show.table(
            "",
            [tile.title for tile in answer.tiles],
            [["\n".join(one.text for one in tile.sentences) for tile in answer.tiles]],
        )
    if degree.money and (rows := list(_money(found))):
        yield show.table("", ["Money", "", "95 % of the futures"], rows, right=(1, 2))
    yield from more
    for title, sentences, most in (
        ("What would turn it", answer.turns, degree.turns),
        ("What nobody knows", answer.unknown, degree.unknown),
    ):
        if sentences[:most]:
            yield show.bold(title)
            yield from _points(sentences[:most], width)
    yield from (_wrapped(line, width) for line in _resting(found))


def _title(found: Appraisal) -> Iterator[RenderableType]:
    yield show.bold(found.title)
    against = f" against {found.baseline}" if found.baseline else ""
    count = f"{found.members} simulated future{'' if found.members == 1 else 's'}"
    yield show.clean(f"{found.scenario}{against}: {count}, seed {found.seed}")
    if found.caution:
        yield show.clean(found.caution)


def _points(sentences: Iterable[Sentence], width: int) -> Iterator[str]:
    """Sentences, each with a dash before it and its other lines under its first."""
    for one in sentences:
        yield _wrapped(one.text, width, "- ", "  ")


def _wrapped(text: str, width: int, first: str = "", other: str = "") -> str:
    """A text in lines that part no number from its unit."""
    whole = _UNIT.sub("\N{NO-BREAK SPACE}", show.clean(text))
    lines = wrap(
        whole, width, initial_indent=first, subsequent_indent=other, break_on_hyphens=False
    )
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def _money(found: Appraisal) -> Iterator[tuple[str, str, str]]:
    """The main sums, each with its interval."""
    for id_ in found.answers:
        figure = found.figures[id_]
        label = next((" ".join(n) for end, n in MONEY.items() if id_.endswith(f".{end}")), None)
        if label is not None and figure.value is not None and currency_of(figure.unit):
            ends = [sum_of(figure, end) for end in (figure.low, figure.high) if end is not None]
            yield label, sum_of(figure), " to ".join(dict.fromkeys(ends))


def _resting(found: Appraisal) -> Iterator[str]:
    """What the answer rests on, then by their names the powers assumed and the legal conditions
    taken as met: no page leaves one out."""
    yield show.clean(found.answer.rests_on)
    for kind, title in ((ASSUMED_POWER, "Assumed power"), (TAKEN_AS_MET, "Taken as met")):
        if told := by_route(found.stamps, kind):
            yield show.clean(f"{title}: {told}")


def by_route(stamps: Iterable[Stamp], kind: str) -> str:
    """The legal conditions of one kind, by route: "us-removal/release, third-country (needs)"."""
    routes: dict[tuple[str, str], list[str]] = {}
    for stamp in stamps:
        if stamp.kind == kind:
            route, _, name = stamp.about.partition("/")
            routes.setdefault((route, stamp.more.strip()), []).append(name)
    return "; ".join(
        f"{route}/{', '.join(names)} {status}".rstrip() for (route, status), names in routes.items()
    )


def sum_of(figure: Figure | None, value: object = None) -> str:
    """A sum in little room, as a sentence has it, with a minus sign below nought."""
    found = figure.value if figure is not None and value is None else value
    if figure is None or not isinstance(found, int | float | Decimal):
        return ""
    sign = "\N{MINUS SIGN}" if found < 0 else ""
    return f"{sign}{wording.money(found, figure.unit)}"
