"""The annex of the page: every table, how every figure was made, and once each input."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal import Appraisal, Cell, Figure, Gate, Number, Rule, Simulated, Taken, Value
from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.figure import Stamp
from bedspace.reporting.brief import brief, readable, unit
from bedspace.reporting.references import References, by_section, in_order, ranges
from bedspace.reporting.stamps import Badge, Kind, badges
from bedspace.reporting.views import TableView, Viewer

MOST = 6
"""Inputs of one figure that are told one by one; more are told by their names."""

FEW = 3
"""Names that are told where they are needed; more that several figures share are told as a set."""

STATED_ONCE = ("evidence.assumptions", "evidence.ledger")
"""Tables of stamps and of numbers, which the annex has as lists of its own."""

Link = tuple[str, str]
"""A name to link to, and the words of the link."""


@dataclass(frozen=True)
class MadeView:
    """How one figure was made: of `parts`, and of what lies `further` below, as ranges of names."""

    name: str
    id: str
    title: str
    shown: str
    formula: str
    note: str
    parts: tuple[Link, ...]
    further: tuple[tuple[str, str], ...]
    badges: tuple[Badge, ...]


@dataclass(frozen=True)
class PartView:
    """A part of the annex: the tables of one section, and how its figures were made."""

    id: str
    title: str
    tables: tuple[TableView, ...]
    made: tuple[MadeView, ...]


@dataclass(frozen=True)
class NumberView:
    """A number of the scenario with its evidence; `source` is the name of its source in the page,
    empty where the page has no record of it."""

    name: str
    path: str
    value: str
    grade: str
    source: str
    title: str
    quote: str
    note: str
    disputed: str


@dataclass(frozen=True)
class ReasonView:
    """A rule, an assumed power or a condition taken as met: its title, and what it says."""

    name: str
    title: str
    says: str
    more: str


@dataclass(frozen=True)
class SetView:
    """A set of inputs, what rests on it, and links to all of it."""

    name: str
    words: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class StampsView:
    """A kind of stamp with what is stamped so: what to link to, words, and how many figures."""

    kind: Kind
    words: str
    items: tuple[tuple[str, str, int], ...]


def parts(given: Appraisal, names: References) -> tuple[PartView, ...]:
    """Section by section its tables and its figures."""
    view = Viewer(names)
    figures = by_section(given)
    every = [figure for section in figures.values() for figure in section]
    name_sets(every, names)
    found = []
    for section in given.sections:
        tables = [t for t in section.tables if t.id not in STATED_ONCE and t.rows]
        found.append(
            PartView(
                f"all-{section.id}",
                section.title,
                tuple(view.table(t, anchor(t.id)) for t in tables),
                tuple(made(f, names) for f in figures[section.id]),
            )
        )
    if figures["more"]:
        rest = tuple(made(f, names) for f in figures["more"])
        found.append(PartView("all-more", "Other figures", (), rest))
    return tuple(part for part in found if part.tables or part.made)


def name_sets(figures: Sequence[Figure], names: References) -> None:
    """Names for the sets of inputs that several figures rest on, which are then told once."""
    for figure in figures:
        names.below(figure)  # what simulations are made of is named first
    count = Counter(frozenset(_leaves(_told(figure, names, 0))) for figure in figures)
    for members, times in count.items():
        if times > 1 and len(ranges(list(members))) > FEW:
            names.set(members)


def _told(figure: Figure, names: References, part: int) -> list[str]:
    """The names that a figure's entry tells beside the inputs that it tells one by one."""
    further = names.further(figure, part)
    if len(figure.inputs) <= MOST:
        return further
    return in_order({*further, *(names.of(item, part) for item in figure.inputs)})


def _leaves(told: Sequence[str]) -> list[str]:
    return [name for name in told if name[0] not in "SF"]


def name_inputs(given: Appraisal, names: References) -> None:
    """Names for the numbers of an appraisal in the order of its ledger, those too that no figure
    rests on; then for all else that it rests on."""
    by_path: dict[str, list[Number]] = {}
    for item in given.inputs:
        if isinstance(item, Number):
            by_path.setdefault(item.path, []).append(item)
    for row in _ledger(given):
        path, value, grade, source, disputed, note = (str(cell or "") for cell in row)
        bare = Number(path, value, "", source or None, grade, note=note or None,
                      disputed_by=(disputed,) if disputed else ())  # fmt: skip
        for number in by_path.get(path, [bare]):
            names.leaf(number)
    for item in given.inputs:
        if not isinstance(item, Figure | Simulated):
            names.leaf(item)


def _ledger(given: Appraisal) -> tuple[tuple[Cell, ...], ...]:
    tables = (table for section in given.sections for table in section.tables)
    return next((table.rows for table in tables if table.id == "evidence.ledger"), ())


def anchor(table: str) -> str:
    """The id of a table in the annex."""
    return f"t-{table}"


def made(figure: Figure, names: References, part: int = 0) -> MadeView:
    """A figure's formula, what goes into it, and what it rests on at last."""
    told = _told(figure, names, part)
    leaves = frozenset(_leaves(told))
    if leaves in names.sets:
        told = [name for name in told if name not in leaves] + [names.sets[leaves]]
    inputs = figure.inputs if len(figure.inputs) <= MOST else ()
    return MadeView(
        names.figure(figure, part),
        figure.id,
        figure.title,
        readable(words.show(figure)),
        readable(figure.formula),
        readable(figure.note),
        tuple(_link(item, names, part) for item in inputs),
        tuple(ranges(told)),
        badges(figure.stamps),
    )


def _link(
    item: Figure | Number | Gate | Taken | Rule | Simulated, names: References, part: int
) -> Link:
    name = names.of(item, part)
    match item:
        case Figure():
            return name, f"{name} {item.title}: {readable(brief(item)[0])}"
        case Simulated():
            return name, f"{name} {item.words}"
        case Rule():
            return name, f"{name} {item.citation}"
        case _:
            return name, f"{name} {item.id}"


def inputs(
    given: Appraisal, names: References, sources: Sequence[str]
) -> tuple[tuple[NumberView, ...], tuple[ReasonView, ...], tuple[SetView, ...]]:
    """All that figures rest on, once each. `sources` are the titles of the page's sources, in
    its order."""
    works = {title: f"W{i}" for i, title in enumerate(sources, start=1)}
    numbers: list[NumberView] = []
    reasons: list[ReasonView] = []
    for leaf in given_order(names):
        name = names.leaf(leaf)
        match leaf:
            case Number():
                numbers.append(_number(leaf, name, works))
            case Rule():
                more = [leaf.citation, leaf.grade]
                more += [f"as of {leaf.as_of}"] if leaf.as_of else []
                more += [f"binds {leaf.binds}"] if leaf.binds else []
                reasons.append(ReasonView(name, leaf.id, leaf.words, "; ".join(more)))
            case Gate():
                reasons.append(ReasonView(name, leaf.gate, leaf.reason, "assumed power"))
            case Taken():
                more_of = f"{leaf.status}; taken as met"
                reasons.append(ReasonView(name, leaf.gate, leaf.words, more_of))
    counted = Counter(names.counted(i) for i in given.inputs if isinstance(i, Simulated))
    sets = tuple(
        SetView(name, _what_rests(counted[name]), tuple(in_order(members)))
        for members, name in names.sets.items()
    )
    return tuple(numbers), tuple(reasons), sets


def _what_rests(counts: int) -> str:
    if not counts:
        return "Several figures rest on these"
    return f"{counts} count{'s' if counts > 1 else ''} of people or places in a simulation rest on"


def given_order(names: References) -> list[Number | Gate | Taken | Rule]:
    """All leaves in the order of their names."""
    order = {name: leaf for leaf, name in names.leaves.items()}
    return [order[name] for name in in_order(order)]


def _number(leaf: Number, name: str, sources: Mapping[str, str]) -> NumberView:
    return NumberView(
        name,
        leaf.path,
        readable(_as_written(leaf)),
        leaf.grade,
        sources.get(leaf.source or "", ""),
        leaf.source or "",
        leaf.quote or "",
        readable(leaf.note or ""),
        "; ".join(leaf.disputed_by),
    )


def _as_written(leaf: Number) -> str:
    """The value with its unit and range; money is written with its unit already."""
    if isinstance(leaf.value, str):
        value = re.sub(r"^\d{5,}", lambda digits: f"{int(digits[0]):,}", leaf.value)
    else:
        value = " ".join(filter(None, (_share(leaf.value, leaf.unit), _named(leaf.unit))))
    if leaf.low is None or leaf.high is None:
        return value
    return f"{value} ({_share(leaf.low, leaf.unit)} to {_share(leaf.high, leaf.unit)})"


def _share(value: Value, of: str) -> str:
    """A number as it is given; a share in per cent."""
    if of == "share" and isinstance(value, int | float | Decimal):
        return f"{words.given(float(value) * 100)} %"
    return words.given(value)


def _named(of: str) -> str:
    return "" if of == "share" else unit(of)


def stamped(figures: Sequence[Figure], names: References) -> tuple[StampsView, ...]:
    """The stamps of the figures, kind by kind, those that most figures carry first."""
    count: Counter[Stamp] = Counter(stamp for f in figures for stamp in f.stamps)
    where = _by_stamp(names)
    found, ordered = [], sorted(count, key=lambda s: (-count[s], s))
    for badge in badges(ordered):
        mine = [stamp for stamp in ordered if stamp.kind == badge.kind.stamp]
        told = tuple((where.get(stamp, ""), stamp.what, count[stamp]) for stamp in mine)
        found.append(StampsView(badge.kind, badge.words, told))
    return tuple(found)


def _by_stamp(names: References) -> dict[str, str]:
    """The name of the input that each stamp comes from."""
    found: dict[str, str] = {}
    for leaf, name in names.leaves.items():
        for stamp in leaf.stamps:
            found.setdefault(stamp, name)
    return found
