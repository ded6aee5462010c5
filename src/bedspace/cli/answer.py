"""The demo's page: the questions a reader has of the offer, each with its figures and stamps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bedspace.appraise import Appraisal, Figure, Table, words
from bedspace.appraise.figure import ASSUMED_POWER, ASSUMPTION
from bedspace.cli import show
from bedspace.cli.pages import KEY, letters

AGREEMENT = "offer"

YEARS = ("2022-12-31", "2025-12-31", "2030-12-31", "2035-12-31")

ROUTES = {
    "us-treaty-transfer": "by treaty",
    "us-removal": "by removal",
    "us-bop-designation": "by designation",
    "any route": "by any route",
}

MONEY = (
    ("fee.headline", "Headline price of a place-day"),
    ("fee.price-used", "Price of a place-day used"),
    ("fee.observed", "the same, as observed"),
    ("saving.average.total", "US saves, counted at average cost"),
    ("saving.marginal.total", "US saves, counted at marginal cost"),
    ("receiver.income", "El Salvador earns, a year"),
    ("receiver.coverage", "of its whole system's cost"),
)

AREAS = ("65", "70", "80", "156.2")

MOST = 6  # of the things that cannot be known


def print_answer(main: Appraisal, others: Sequence[Appraisal], page: Path, runs: Path) -> None:
    """One page of answers; `others` are variants of the same scenario."""
    console = show.page()
    console.print()
    console.print(show.clean(main.title), style="bold")
    console.print(
        f"{main.scenario} against {main.baseline}: {main.members} members, seed {main.seed}. "
        "In brackets: 95 % of members."
    )
    console.print(f"Letters at a figure: {KEY}.")
    for made in (_law(main), _money(main, others), _corridor(main), _areas(main), _people(main)):
        console.print(made)
    _rests_on((main, *others))
    _unknown(main)
    show.say(f'\nReport: {page}     Ask the runs: bedspace sql {runs} "select ..."')


def _shown(found: Appraisal, id_: str) -> str:
    figure = found.figures.get(id_)
    if figure is None:
        return ""
    return f"{words.show(figure)} {letters(figure.stamps)}".rstrip()


def _law(main: Appraisal) -> object:
    """Bounds by group and route."""
    table = _table(main, f"{AGREEMENT}.law-people")
    groups: dict[str, dict[str, str]] = {}
    for group, route, _there, least, most, *_ in table.rows:
        assert isinstance(least, Figure) and isinstance(most, Figure)
        stamps = letters([*least.stamps, *most.stamps])
        bound = f"{_digits(least)} to {_digits(most)} {stamps}".rstrip()
        groups.setdefault(str(group), {})[str(route)] = bound
    rows = [[name, *(found.get(route, "") for route in ROUTES)] for name, found in groups.items()]
    columns = ["people, at least to at most", *ROUTES.values()]
    return show.table(f"1  {table.title}", columns, rows, right=(1, 2, 3, 4))


def _money(main: Appraisal, others: Sequence[Appraisal]) -> object:
    every = (main, *others)
    rows = []
    for key, label in MONEY:
        cells = [_shown(found, f"{AGREEMENT}.{key}") for found in every]
        if any(cells):
            rows.append([label, *cells])
    columns = ["", *(found.title for found in every)]
    title = "2  What the US saves or loses, what El Salvador earns"
    return show.table(title, columns, rows)


def _corridor(main: Appraisal) -> object:
    table = _table(main, f"{AGREEMENT}.corridor")
    rows = [[_cell(c) for c in row] for row in table.rows]
    return show.table(f"3  {table.title}", table.columns, rows)


def _areas(main: Appraisal) -> object:
    found = [(n, main.figures.get(f"{AGREEMENT}.area.{n}")) for n in AREAS]
    rows = [[n, words.show(f)] for n, f in found if f is not None]
    return show.table("4  Floor area", ["people in a cell", "each, at most"], rows, right=(0, 1))


def _people(main: Appraisal) -> object:
    rows = []
    for section in main.sections:
        for table in section.tables:
            if section.id != "population" or table.columns[0] != "At the end of":
                continue
            name = table.title.removeprefix("People held in ")
            rows += [[name, *(_cell(c) for c in row)] for row in table.rows if str(row[0]) in YEARS]
    columns = ["5  People held", "at the end of", "without", "with the offer", "difference"]
    return show.table("", columns, rows)


def _rests_on(every: Iterable[Appraisal]) -> None:
    """Which figures rest on assumptions, and on which powers."""
    for found in every:
        powers = [_about(s) for s in found.stamps if s.startswith(ASSUMED_POWER)]
        guesses = [s for s in found.stamps if s.startswith(ASSUMPTION)]
        resting = [f for f in found.figures.values() if letters(f.stamps)]
        show.page().print(
            f"{found.title}: {len(resting)} of {len(found.figures)} figures rest on "
            f"{len(guesses)} assumptions; assumed powers: {', '.join(powers) or 'none'}."
        )


def _unknown(main: Appraisal) -> None:
    console = show.page()
    console.print("\nWhat it cannot know", style="bold")
    for note in main.section("cannot-know").notes[:MOST]:
        console.print(f"- {show.clean(note)}")


def _table(found: Appraisal, id_: str) -> Table:
    tables: Iterator[Table] = (t for s in found.sections for t in s.tables if t.id == id_)
    return next(tables)


def _cell(cell: Figure | str | None) -> str:
    text = words.show(cell)
    return f"{text} {letters(cell.stamps)}".rstrip() if isinstance(cell, Figure) else text


def _digits(figure: Figure) -> str:
    return words.show(figure, unit=False)


def _about(stamp: str) -> str:
    return stamp.partition(": ")[2]
