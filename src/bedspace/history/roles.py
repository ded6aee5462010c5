"""Which column of a table is the date, the population, the admissions, the releases, the groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bedspace.exceptions import HistoryError
from bedspace.history import dates
from bedspace.history.files import Cell, is_blank, letters, text_of
from bedspace.history.layout import Column, Layout, is_number, without_mark
from bedspace.history.numbers import Convention, Kind, value
from bedspace.history.said import ROLES, Said
from bedspace.rules.spelling import meant


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_QUALIFIERS = _set(
    "prison jail total average avg daily mean count counts number no of in at the a all held "
    "people persons start end beginning opening closing year month week day midnight 24 hour "
    "hours size sentenced jurisdiction"
)
_CORES = {
    "population": _set(
        "population populations pop prisoners prisoner inmates inmate headcount stock census adp "
        "custody jurisdiction midnight 24 incarcerated detainees poblacion población presos "
        "reclusos"
    ),
    "admissions": _set(
        "admissions admission admitted intake intakes receptions bookings booked entrants"
    ),
    "releases": _set("releases released discharges departures discharged"),
}
_DATES = _set("date day week month year quarter period fy fecha datum time")
_DATED = _DATES | _set(
    "of the in at end ending ended ref reference report reporting snapshot as calendar fiscal "
    "financial count census population observation beginning starting start commencing"
)
"""Words of headings of the date of a count; others, such as the date of an inspection, are not."""
_LOOKED_AT = 500
"""Cells of a column, spread over all of it, that tell what it holds."""
_PLAIN = _set("value values count counts number n total people persons observed all y")
_NUMERIC = 0.6
"""Share of a column's filled cells from which it is one of numbers."""


@dataclass
class Roles:
    """Columns by what they are; more than one where they are added."""

    date: tuple[Column, ...] = ()
    values: dict[str, tuple[Column, ...]] = field(default_factory=dict)
    groups: tuple[Column, ...] = ()
    melted: tuple[str, tuple[Column, ...]] | None = None
    """Columns that are groups: the name of what they are, and each of them."""
    wide: dict[str, dict[str, Column]] = field(default_factory=dict)
    """Where dates are headings: by role, the column of each date as it is written."""
    found: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    dated_headings: bool = False
    """Whether dates are headings of columns."""
    undecided: bool = False
    """Whether several columns could be the date."""
    two: tuple[Column, ...] = ()
    """Columns that could all be the population."""


@dataclass(frozen=True)
class Kinds:
    """Columns by what their cells hold."""

    dates: tuple[Column, ...]
    numbers: tuple[Column, ...]
    texts: tuple[Column, ...]
    percents: tuple[Column, ...]


def kinds(layout: Layout, ways: dates.Ways) -> Kinds:
    """Sort the columns by their cells: dates, numbers (percentages apart), text."""
    days: list[Column] = []
    numbers: list[Column] = []
    texts: list[Column] = []
    percents: list[Column] = []
    for column in layout.columns:
        cells = [cell for cell in layout.cells(column.at) if not is_blank(cell)]
        cells = cells[:: max(len(cells) // _LOOKED_AT, 1)]
        told = [c for c in cells if text_of(c).strip() != "%"]
        if not told:
            continue
        head = _words(column.name)
        named = bool(_DATES & set(head))
        marked = [without_mark(c)[0] if isinstance(c, str) else c for c in told]
        read = dates.read(marked, ways, excel=named)
        share = sum(p is not None for p in read.periods) / len(told)
        bare = sum(text_of(c).strip().isdecimal() for c in told) * 2 > len(told)
        if share >= 0.5 and (named or not bare):  # 18055 is no May of 1805
            days.append(column)
        elif _are_numbers(told):
            (percents if _is_percent(layout, column) else numbers).append(column)
        else:
            texts.append(column)
    return Kinds(tuple(days), tuple(numbers), tuple(texts), tuple(percents))


def _are_numbers(cells: Sequence[Cell]) -> bool:
    """Whether cells are numbers or percentages, apart from what stands for a missing one."""
    bare = [c.rstrip(" %") if isinstance(c, str) else c for c in cells]
    numbers = sum(is_number(c) for c in bare)
    texts = sum(value(c, Convention()).kind is Kind.TEXT and not is_number(c) for c in bare)
    return numbers > 0 and numbers >= _NUMERIC * (numbers + texts)


def _is_percent(layout: Layout, column: Column) -> bool:
    """Whether it holds percentages or rates: by its cells, what stands beside them, its heading."""
    head = f"{column.upper} {column.as_given}".lower()
    if re.search(r"%|\bper ?cent(age)?\b|\bpct\b|\brates?\b|\bper \d", head):
        return True
    after = column.at + 1
    unnamed = after < len(layout.columns) and not layout.columns[after].as_given
    numbered = [r for r in layout.body if is_number(layout.grid.cell(r, column.at))][:2]
    beside = any(text_of(layout.grid.cell(r, after)).strip() == "%" for r in numbered if unnamed)
    return beside or any("%" in text_of(layout.grid.cell(r, column.at)) for r in layout.body[:5])


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.lower())


def role_of(name: str) -> str:
    """What a heading says a column is: a role, or nothing."""
    words = set(_words(name))
    for role, cores in _CORES.items():
        if words & cores and words <= cores | _QUALIFIERS:
            return role
    return ""


def resolve(layout: Layout, told: str, option: str = "--map") -> tuple[Column, ...]:
    """The columns that a user names, by heading, by #number, or several joined by +."""
    one = _column(layout, told)
    if one:
        return (one,)
    parts = [part.strip() for part in told.split("+")]
    columns = [_column(layout, part) for part in parts]
    for part, column in zip(parts, columns, strict=True):
        if column is None:
            names = [c.name for c in layout.columns if c.name]
            raise HistoryError(
                f"{option}: {layout.grid.file} has no column {part!r}; {meant(part, names)}"
            )
    return tuple(c for c in columns if c)


def _column(layout: Layout, told: str) -> Column | None:
    text = " ".join(told.split()).lower()
    if re.match(r"^#\d+$", text):
        at = int(text[1:]) - 1
        return layout.columns[at] if 0 <= at < len(layout.columns) else None
    for column in layout.columns:
        given = " ".join(column.as_given.split()).lower()
        if column.name and text in (column.name.lower(), given):
            return column
    return None


def assigned(layout: Layout, told: Said) -> Roles:
    """What each column is, by what the user says, then by headings. What is open is a question."""
    ways = dates.Ways(told.order, told.year_ends)
    sorted_ = kinds(layout, ways)
    roles = Roles()
    asked = told.map
    if "date" in asked:
        roles.date = resolve(layout, asked["date"])
    elif told.day is None:
        roles.date = _date(layout, sorted_, roles)
    by_date = _dated_headings(layout, ways, roles) if not roles.date and told.day is None else {}
    if by_date:
        roles.questions.clear()
        roles.dated_headings = True
        _wide(layout, by_date, asked, roles)
    else:
        _long(layout, sorted_, told, roles)
    _groups(layout, sorted_, told, roles)
    return roles


def _date(layout: Layout, sorted_: Kinds, roles: Roles) -> tuple[Column, ...]:
    named = {" ".join(_words(c.name)): c for c in layout.columns}
    year = named.get("year")
    for part in ("month", "quarter"):
        if year and part in named and named[part] not in sorted_.dates:
            roles.found.append(
                f"The date is in two columns, {year.name!r} and {named[part].name!r}."
            )
            return (year, named[part])
    if "date" in named and named["date"] in sorted_.dates:
        return (named["date"],)
    named_so = [c for c in sorted_.dates if _dates_counts(c)]
    first = [c for c in sorted_.dates if c.at == 0 and not _DATES & set(_words(c.name))]
    found = named_so or first
    if len(found) == 1:
        return (found[0],)
    if found:
        shown = " or ".join(f"--map date={c.name!r}" for c in found[:4])
        roles.questions.append(f"{layout.grid.file}: which column is the date? Say {shown}")
        roles.undecided = True
    return ()


def _dates_counts(column: Column) -> bool:
    words = set(_words(column.name))
    return bool(words & _DATES) and words <= _DATED


def _dated_headings(layout: Layout, ways: dates.Ways, roles: Roles) -> dict[str, dict[str, Column]]:
    """Columns whose headings are dates, by what else their headings say."""
    found: dict[str, dict[str, Column]] = {}
    for column in layout.columns:
        if not column.name:
            continue
        if dates.lacks_year(column.lower) and not roles.undecided:
            roles.undecided = True
            what = f"of which year is {column.lower}? Write years into the headings"
            roles.questions.append(f"{layout.grid.file}: {what}")
        day, rest = _day_of(column, ways)
        if day:
            found.setdefault(rest, {})[day] = column
    many = {measure: days for measure, days in found.items() if len(days) >= 2}
    return many


def _day_of(column: Column, ways: dates.Ways) -> tuple[str, str]:
    """The date in a heading, and the rest of it: "2021 total" is 2021 and total."""
    lower, upper = column.lower, column.upper
    if dates.read([lower], ways).periods[0]:
        return lower, upper
    if upper and dates.read([upper], ways).periods[0]:
        return upper, lower
    found = re.match(r"^((?:FY ?)?\d{4}(?:[-/]\d{2,4})?)\s+(\S.*)$", lower) or re.match(
        r"^(\S.*)\s+()((?:FY ?)?\d{4}(?:[-/]\d{2,4})?)$", lower
    )
    if not found:
        return "", ""
    day, rest = (found[1], found[2]) if found[2] else (found[3], found[1])
    return (day, rest) if dates.read([day], ways).periods[0] else ("", "")


def _wide(
    layout: Layout, by_date: dict[str, dict[str, Column]], asked: dict[str, str], roles: Roles
) -> None:
    name = layout.grid.file
    shown = [f"{m or 'the dates'} ({', '.join(days)})" for m, days in by_date.items()]
    roles.found.append("Dates are headings of columns: " + "; ".join(shown) + ".")
    for role, told in asked.items():
        key = next((m for m in by_date if m.lower() == told.lower()), None)
        if key is None:
            raise HistoryError(
                f"--map: {name} has no dates under {told!r}; {meant(told, list(by_date))}"
            )
        roles.wide[role] = by_date[key]
    if not roles.wide:
        if len(by_date) == 1:
            roles.wide["population"] = next(iter(by_date.values()))
            roles.found.append("The numbers under them are taken as the population.")
        else:
            ways = " or ".join(f"--map population={m!r}" for m in by_date)
            roles.questions.append(f"{name}: which of these is the population? Say {ways}")


def _long(layout: Layout, sorted_: Kinds, told: Said, roles: Roles) -> None:
    name = layout.grid.file
    for role, column in told.map.items():
        if role != "date":
            roles.values[role] = resolve(layout, column)
            _refuse_percent(layout, sorted_, roles.values[role], role)
    melted = [g for g in told.groups if "=" in g]
    if melted:
        _melt(layout, sorted_, melted[0], roles)
        return
    free = [c for c in sorted_.numbers if c not in roles.date]
    taken = {c.at for columns in roles.values.values() for c in columns}
    for role in ROLES:
        if role in roles.values or (told.map.keys() & set(ROLES) and role == "population"):
            continue
        matching = [c for c in free if role_of(c.name) == role and c.at not in taken]
        if role == "population":
            roles.two = tuple(matching) if len(matching) > 1 else ()
        exact = [c for c in matching if c.name.lower() == role]
        if len(matching) == 1 or (len(exact) == 1 and not _defined(matching)):
            roles.values[role] = tuple(exact or matching)
            roles.two = () if role == "population" else roles.two
    plain = len(free) == 1 and set(_words(free[0].name)) <= _PLAIN
    if not roles.values.keys() & set(ROLES) and plain:
        roles.values["population"] = (free[0],)
        roles.found.append(f"{free[0].name!r} is the only column of numbers: taken as population.")
    if not roles.values.keys() & set(ROLES) or ("population" not in roles.values and roles.two):
        shown = " or ".join(
            f"--map population={c.name!r}" for c in (roles.two or free)[:6] if c.name
        )
        if not roles.two:
            why = ""
        elif _defined(roles.two):
            why = "there are two definitions; "
        else:
            why = "several could be it; "
        roles.questions.append(
            f"{name}: {why}which column is the population? "
            + (f"Say {shown}" if shown else "No column holds numbers of people")
        )
    elif "population" not in roles.values and not told.map.keys() & set(ROLES):
        shown = " or ".join(f"--map population={c.name!r}" for c in free[:6] if c.name)
        roles.questions.append(f"{name}: which column is the population? Say {shown}")


def _defined(columns: Sequence[Column]) -> bool:
    """Whether the headings tell two definitions apart, such as midnight and 24-hour."""
    words = {w for c in columns for w in _words(c.name)}
    return any(len(words & pair) == 2 for pair in ({"midnight", "24"}, {"jurisdiction", "custody"}))


def _refuse_percent(layout: Layout, sorted_: Kinds, columns: tuple[Column, ...], role: str) -> None:
    for column in columns:
        if column in sorted_.percents:
            raise HistoryError(
                f"{layout.grid.where(layout.heads[-1], column.at)}: {column.name!r} holds "
                f"percentages or rates, not people; name another column as {role}"
            )


def _melt(layout: Layout, sorted_: Kinds, told: str, roles: Roles) -> None:
    name, _, listed = told.partition("=")
    if listed.strip() == "*":
        used = {c.at for columns in roles.values.values() for c in columns}
        columns = tuple(c for c in sorted_.numbers if c.at not in used and c not in roles.date)
    else:
        columns = tuple(
            c for part in listed.split(",") for c in resolve(layout, part.strip(), "--groups")
        )
    _refuse_percent(layout, sorted_, columns, "a group")
    if not columns:
        raise HistoryError(f"--groups {told}: no columns of numbers are left for it")
    roles.melted = (name.strip(), columns)


def _groups(layout: Layout, sorted_: Kinds, told: Said, roles: Roles) -> None:
    """Columns of groups that the user names, or all of text where every row has a group."""
    named = [g for g in told.groups if "=" not in g]
    if named:
        roles.groups = tuple(
            c
            for g in named
            for part in g.split(",")
            for c in resolve(layout, part.strip(), "--groups")
        )
        return
    used = {c.at for columns in roles.values.values() for c in columns}
    roles.groups = tuple(
        c
        for c in sorted_.texts
        if c.at not in used and c not in roles.date and not _is_unit(layout, c)
    )


def _is_unit(layout: Layout, column: Column) -> bool:
    return not column.as_given and all(
        is_blank(c) or text_of(c).strip() == "%" for c in layout.cells(column.at)
    )


def heading(column: Column) -> str:
    """The heading of a column of the clean file."""
    return (
        re.sub(r"\W+", "_", column.name.lower()).strip("_")
        or f"column_{letters(column.at).lower()}"
    )
