"""Figures in words, the same in the terminal, in HTML and in a test."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from bedspace.appraisal.figures.currencies import smallest
from bedspace.appraisal.figures.figure import (
    ASSUMED_POWER,
    TAKEN_AS_MET,
    Figure,
    Gate,
    Input,
    Number,
    Rule,
    Simulated,
    Stamp,
    Taken,
)
from bedspace.appraisal.figures.split import Split
from bedspace.appraisal.figures.spread import spread

if TYPE_CHECKING:
    from bedspace.appraisal.figures.tables import Cell

WHOLE = (
    "people",
    "person-days",
    "place-days",
    "places",
    "members",
    "futures",
    "agreements",
    "standards",
    "d",
)
"""Units of what is counted: shown without decimals."""

MINUS = "\N{MINUS SIGN}"

NO_UNIT = ("", "share", "words", "date")
"""Units that are not told beside the value."""


def show(cell: Cell, unit: bool = True) -> str:
    """A cell as it is read: "30.20 USD/place-day (12.10 to 55.30)"; words stay as they are."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if cell.humps is not None:
        return f"{value(cell, unit)} on average: {humps(cell.humps, cell.unit)}"
    between = interval(cell)
    return value(cell, unit) + (f" ({between})" if between else "")


def value(figure: Figure, unit: bool = True) -> str:
    """A figure's value without its interval: "30.20 USD/place-day"."""
    if figure.value is None:
        return "not known"
    text = number(figure.value, figure.unit)
    return f"{text} {figure.unit}" if unit and figure.unit not in NO_UNIT else text


def interval(figure: Figure) -> str:
    """The interval that holds 95 % of the futures: "12.10 to 55.30"; empty where there is none."""
    if figure.value is None or figure.low is None or figure.high is None:
        return ""
    return f"{number(figure.low, figure.unit)} to {number(figure.high, figure.unit)}"


def humps(found: Split, unit: str) -> str:
    """ "0 in 50 % of futures, in the others 752 (700 to 810)": the chance of the value that many
    share, then the mean of the others and what holds 95 % of them."""
    rest = spread(found.others, unit)
    text = f"{number(found.value, unit)} in {found.share * 100:.0f} % of futures, in the others "
    text += number(rest.value, unit)
    if rest.low is not None and rest.high is not None:
        text += f" ({number(rest.low, unit)} to {number(rest.high, unit)})"
    return text


def number(value: int | float | Decimal | str, unit: str = "") -> str:
    """Digits for a reader: thousands apart, shares in percent, no false precision.

    Money below 1,000 has what its currency has (two decimals, JPY none, KWD three), above it none;
    areas have two decimals, counts none.
    """
    if isinstance(value, str):
        return value
    if unit == "share":
        return f"{signed(f'{float(value) * 100:,.1f}')} %"
    whole = isinstance(value, int) or unit in WHOLE
    digits = 0 if whole or abs(float(value)) >= 1000 else _decimals(unit)
    return signed(f"{value:,.{digits}f}")


def signed(text: str) -> str:
    """Digits as people read them: a true minus sign (U+2212), and none before nought."""
    if not text.startswith("-"):
        return text
    return text.replace("-", MINUS, 1) if any(c in "123456789" for c in text) else text[1:]


def _decimals(unit: str) -> int:
    """How many decimals a number of a unit is shown with."""
    exponent = smallest(unit).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 2


def given(value: int | float | Decimal | str | None) -> str:
    """A number of the scenario: thousands apart, up to six decimals; words stay as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return signed(text if value == 0 or text.strip("-0.") else f"{value:g}")


def gates(stamps: tuple[Stamp, ...]) -> tuple[list[str], list[str]]:
    """The assumed powers and the gates taken as met that stamps name."""
    kinds = (ASSUMED_POWER, TAKEN_AS_MET)
    powers, met = ([s.what for s in stamps if s.kind == k] for k in kinds)
    return powers, met


def stamp_line(stamps: tuple[Stamp, ...], most: int = 3) -> str:
    """Stamps in one line: every assumed power and every gate taken as met by name, of the others
    the first few and how many."""
    gates: list[str] = [s for s in stamps if s.kind == ASSUMED_POWER]
    met = [s for s in stamps if s.kind == TAKEN_AS_MET]
    others = stamps[len(gates) + len(met) :]  # stamps come the gravest first
    if met:
        gates.append(f"{TAKEN_AS_MET}: {', '.join(s.what for s in met)}")
    if len(others) <= most:
        return "; ".join((*gates, *others))
    return "; ".join((*gates, *others[:most], f"and {len(others) - most} more"))


def describe(item: Input) -> str:
    """One line for an input: what it is, its value, its source and grade."""
    match item:
        case Figure():
            stamps = f" [{stamp_line(item.stamps)}]" if item.stamps else ""
            return f"{item.title}: {show(item)} = {item.formula}{stamps}"
        case Number():
            unit = f" {item.unit}" if item.unit else ""
            return f"{item.path}: {item.value}{unit} ({item.grade}; {_source(item)})"
        case Gate():
            return f"assumed power {item.gate}: {item.reason}"
        case Taken():
            return f"taken as met {item.gate} ({item.status}): {item.words}"
        case Rule():
            return f"{item.words} ({item.citation}; {item.grade})"
        case Simulated():
            return f"{item.words}, on {len(item.rests_on)} numbers of the scenario"
        case _:
            assert_never(item)


def _source(item: Number) -> str:
    return item.source or item.note or "no source"
