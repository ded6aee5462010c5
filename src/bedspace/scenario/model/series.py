"""Values by date: price indices, rates of exchange, and the year in whose prices money is told."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from bedspace.rules.fees import currencies
from bedspace.scenario.values.quantities import Grade
from bedspace.scenario.values.typed import Day, Name, Part, Positive, Text, Year, graded, refuse


def _currency(raw: object) -> str:
    text = str(raw).strip()
    if text not in currencies():
        raise refuse(f"{text!r} is no currency", "use its ISO code, such as EUR")
    return text


def _pair(raw: object) -> str:
    text = str(raw).strip()
    if re.fullmatch("[A-Z]{3}/[A-Z]{3}", text) is None:
        raise refuse(f"{text!r} is no pair of currencies", "write it like EUR/NOK, NOK for a EUR")
    of, into = text.split("/")
    if _currency(of) == _currency(into):
        raise refuse(f"{text!r} is one currency twice", "name two")
    return text


Currency = Annotated[str, BeforeValidator(_currency)]
Pair = Annotated[str, BeforeValidator(_pair)]


class Series(Part):
    """A price index or an exchange rate: values by date. Each value holds until the next one. The
    last value holds for as long as the one before it did, and a single value holds for a year."""

    title: Text | None = None
    """A name to show, perhaps with the base of the index (what 100 means); default: the id."""
    source: Name | None = None
    """An id under `sources`, for every value that does not name its own."""
    grade: Grade | None = None
    """official, reported, secondary, derived or assumption; needed with a source."""
    note: Text | None = None
    """How the values were derived, or why they are assumed."""
    values: dict[Day, Positive] = Field(min_length=1)
    """date -> value, in order of time; each may have its own evidence."""

    @model_validator(mode="before")
    @classmethod
    def _cited(cls, raw: Any) -> Any:
        """Every value that says nothing of where it comes from, as if it stood with the source."""
        if not isinstance(raw, dict) or not isinstance(raw.get("values"), dict):
            return raw
        shared = {key: raw[key] for key in ("source", "grade", "note") if raw.get(key) is not None}
        graded(shared.get("source"), shared.get("grade"))  # told once, of the whole
        return raw | {"values": {day: _with(v, shared) for day, v in raw["values"].items()}}


def _with(value: Any, shared: dict[str, Any]) -> Any:
    if isinstance(value, str):
        return {"value": value} | shared
    if isinstance(value, dict) and "value" in value and not {"source", "grade"} & value.keys():
        return shared | value
    return value


class Prices(Part):
    """The year in whose prices money is also shown."""

    year: Year
    """The year."""
    deflators: dict[Currency, Name]
    """currency -> the name in `indices` of the index that restates money in this currency."""
