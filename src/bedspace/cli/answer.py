"""The demo's page: the questions a reader has of the offer, each with its figures and stamps."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table as Shown

from bedspace.appraisal import Appraisal, Cell, Figure, Table
from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.figure import ASSUMED_POWER, ASSUMPTION, TAKEN_AS_MET, TO_VERIFY
from bedspace.cli import show
from bedspace.cli.pages import KEY, letters
from bedspace.reporting import brief

AGREEMENT = "offer"

YEARS = ("2025-12-31", "2030-12-31", "2035-12-31")

ROUTES = {
    "us-treaty-transfer": "by treaty",
    "us-removal": "by removal",
    "us-bop-designation": "by designation",
    "any route": "by any route",
}
"""A route, as the table's rows are keyed, and its column."""

MONEY = (
    ("fee.headline", "Headline price, USD a place-day"),
    ("fee.price-used", "Price of a place-day used, USD"),
    ("fee.observed", "the same, as observed"),
    ("use.taken-up", "Share used of the place-days agreed"),
    ("fee.paid", "The US pays in all"),
    ("saving.average.total", "US saves, at average cost"),
    ("saving.marginal.total", "US saves, at marginal cost"),
    ("receiver.income", "El Salvador earns"),
    ("receiver.coverage", "of its whole system's cost"),
)
"""Figures by the end of their ids, with their labels; a loss is a saving below nought."""

HALVES = (("relative.sender", "Low for the US?"), ("relative.receiver", "For El Salvador?"))
"""The two halves of "relatively low for the U.S. but significant for us", with their labels."""

ROOM = (
    ("corridor.places-needed", "At the headline price the whole system's cost takes"),
    ("free.stated.observed", "free by design, less the last count:"),
    ("free.claim-40000.observed", "free by the claim of 40,000:"),
)

AREAS = ("65", "70", "80", "156")

UNKNOWN = 7
"""Rows of what cannot be known that fit on the page; the report has all."""


def print_answer(
    main: Appraisal, others: dict[str, Appraisal], page: Path, runs: Path, members: int
) -> None:
    """One page of answers; `others` are variants of the same scenario by a short label, with
    `members` members each."""
    console = show.page()
    console.print()
    console.print(show.clean(main.title), style="bold")
    console.print(
        f"{main.scenario} against {main.baseline}: {main.members} members ({members} of the other "
        f"variants), seed {main.seed}.\nIn brackets: 95 % of members. Letters in brackets:\n{KEY}."
    )
    every = {"as offered": main, **others}
    for label, caution in (
        ("As offered", main.caution),
        ("The other variants", next((a.caution for a in others.values() if a.caution), "")),
    ):
        if caution:
            console.print(f"{label}: {caution[0].lower()}{caution[1:]}")
    for made in (_law(main), _money(every), _corridor(main), _areas(main), _people(main)):
        console.print()
        console.print(made)
    _rests_on(every)
    _unknown(main)
    console.print("\nAll of it, with sources and how each figure was made:", style="bold")
    show.say(f"  report    {page}")
    show.say(f'  the runs  bedspace sql {runs} "select * from impact_population limit 5"')


def cell(given: Cell) -> str:
    """A cell in little room, with the letters of its stamps."""
    if not isinstance(given, Figure):
        return given or ""
    text, interval = brief(given)
    return " ".join(p for p in (text, interval and f"({interval})", letters(given.stamps)) if p)


def _law(main: Appraisal) -> Shown:
    table = _table(main, f"{AGREEMENT}.law-people")
    groups: dict[str, dict[str, str]] = {}
    for route, (group, _route, _there, least, most, *_) in zip(table.keys, table.rows, strict=True):
        assert isinstance(least, Figure) and isinstance(most, Figure)
        ends = [words.show(f, unit=False) for f in (least, most)]
        stamps = letters([*least.stamps, *most.stamps])
        groups.setdefault(str(group), {})[ROUTES[route]] = f"{' to '.join(ends)} {stamps}".rstrip()
    ways = list(dict.fromkeys(ROUTES.values()))
    rows = [[name, *(found.get(way, "") for way in ways)] for name, found in groups.items()]
    title = f"1  {table.title}: at least to at most"
    made = show.table(title, ["", *ways], rows, right=(1, 2, 3, 4))
    made.caption, made.caption_justify = table.note, "left"
    return made


def _money(every: dict[str, Appraisal]) -> Shown:
    rows = []
    for key, label in MONEY:
        figures = [found.figures.get(f"{AGREEMENT}.{key}") for found in every.values()]
        if any(figures):
            in_label = "USD" in label or "as observed" in label
            rows.append([label, *(_bare(f) if in_label else cell(f) for f in figures)])
    title = "2  What the United States saves or loses, what El Salvador earns"
    made = show.table(title, ["", *every], rows)
    made.caption, made.caption_justify = _halves(next(iter(every.values()))), "left"
    return made


def _halves(main: Appraisal) -> str:
    """How much the fee as offered is to either side, in words."""
    return "\n".join(
        f"{label} {cell(main.figures[f'{AGREEMENT}.{key}'])}"
        for key, label in HALVES
        if f"{AGREEMENT}.{key}" in main.figures
    )


def _corridor(main: Appraisal) -> Shown:
    """Receiver's tests down, sender's tests across."""
    table = _table(main, f"{AGREEMENT}.corridor")
    tops: dict[str, str] = {}
    rows: dict[str, list[str]] = {}
    for sender, most, receiver, least, verdict, _share in table.rows:
        tops.setdefault(str(sender), f"US avoids up to {_price(most)}, {sender}")
        rows.setdefault(str(receiver), [f"{receiver}: {_price(least)}"]).append(cell(verdict))
    title = f"3  {table.title} (USD a place-day)"
    made = show.table(title, ["El Salvador covers, from", *tops.values()], list(rows.values()))
    made.caption, made.caption_justify = _room(main), "left"
    return made


def _room(main: Appraisal) -> str:
    """Places that the whole system's cost would need at this price, and places that are free."""
    told = [
        f"{label} {cell(main.figures[f'{AGREEMENT}.{key}'])}"
        for key, label in ROOM
        if f"{AGREEMENT}.{key}" in main.figures
    ]
    return f"{'; '.join(told)}."


def _price(given: Cell) -> str:
    assert isinstance(given, Figure)
    return f"{words.value(given, unit=False)} {letters(given.stamps)}".rstrip()


def _areas(main: Appraisal) -> Shown:
    found = {n: main.figures.get(f"{AGREEMENT}.area.{n}") for n in AREAS}
    known = {n: figure for n, figure in found.items() if figure is not None}
    row = ["floor area a person, at most", *(cell(figure) for figure in known.values())]
    return show.table("4  Room in CECOT", ["people in a cell", *known], [row])


def _people(main: Appraisal) -> Shown:
    rows = []
    for table in main.section("population").tables:
        chosen = [row for key, row in zip(table.keys, table.rows, strict=False) if key in YEARS]
        name = table.about.partition(",")[0]  # in little room, without what its title adds
        rows += [[name, *(_bare(c) for c in row)] for row in chosen]
    columns = ["", "at the end of", "without", "with", "difference"]
    return show.table("5  People held, without the offer and with it", columns, rows)


def _bare(given: Cell) -> str:
    text = words.show(given, unit=False)
    return f"{text} {letters(given.stamps)}".rstrip() if isinstance(given, Figure) else text


def _rests_on(every: dict[str, Appraisal]) -> None:
    """How many figures rest on assumptions, on which powers, and on what is taken as met."""
    console = show.page()
    console.print("6  What rests on assumptions", style="bold")
    for label, found in every.items():
        shown = found.figures.values()
        counts = [
            f"{sum(any(s.kind == kind for s in f.stamps) for f in shown)} {word}"
            for kind, word in ((ASSUMPTION, "on an assumption"), (TO_VERIFY, "on a rule to verify"))
        ]
        powers = [s.what for s in found.stamps if s.kind == ASSUMED_POWER]
        console.print(
            f"  {label}: of {len(shown)} figures {', '.join(counts)}; "
            f"assumed powers: {', '.join(powers) or 'none'}; taken as met: {_met(found)}"
        )
    console.print(
        "  Nobody is sent whom the law bars on every route. All others are sent as if the gates\n"
        "  taken as met were open: the places used are the most that the law may come to allow,\n"
        "  not what it allows today."
    )


def _met(found: Appraisal) -> str:
    """The gates taken as met, by route: "us-removal/release, third-country (needs)"."""
    routes: dict[tuple[str, str], list[str]] = {}
    for stamp in found.stamps:
        if stamp.kind == TAKEN_AS_MET:
            route, _, name = stamp.about.partition("/")
            routes.setdefault((route, stamp.more.strip()), []).append(name)
    told = [f"{route}/{', '.join(names)} {status}" for (route, status), names in routes.items()]
    return "; ".join(told) or "none"


def _unknown(main: Appraisal) -> None:
    console = show.page()
    console.print("\n7  What it cannot know", style="bold")
    section = main.section("cannot-know")
    found = [str(row[0]) for row in _table(main, f"{AGREEMENT}.unknown").rows]
    console.print(f"  {'; '.join(found[:UNKNOWN])}; and {len(found) - UNKNOWN} things more.")
    for note in section.notes:
        console.print(f"  {show.clean(note)}")


def _table(found: Appraisal, id_: str) -> Table:
    return next(t for section in found.sections for t in section.tables if t.id == id_)
