"""The scalar types of the language: numbers with evidence, flags, dates, names, plain text.

Every scalar arrives as the text that stands in the file, so that NO, 12:30 and 1e3 stay what
they are until the key that they stand under says how to read them.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from bedspace.scenario.values import quantities
from bedspace.scenario.values.bounds import (
    ABOVE_NOUGHT,
    DISPERSION,
    FIRST_DAY,
    KINDS,
    LAST_DAY,
    MOST_DAYS,
    MOST_PEOPLE,
    MOST_PLACES,
    MOST_RISK,
    OUTSIDE,
    SHAPE,
    SIGMA,
)
from bedspace.scenario.values.quantities import Dispute, Grade, Quantity, QuantityError, Spread


def refuse(what: str, mend: str, *at: str) -> PydanticCustomError:
    """An error that carries both halves of a message to the user, and the steps from the value
    that is being read down to the part that is wrong."""
    return PydanticCustomError("bedspace", "{what}; {mend}", {"what": what, "mend": mend, "at": at})


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise refuse(
            f"{_shape(raw)} stands where one word or number is needed", "write a single value"
        )
    if not raw.strip():
        raise refuse("nothing is written here", "give a value or take the key out")
    return raw.strip()


def _shape(raw: object) -> str:
    return "a map" if isinstance(raw, dict) else "a list" if isinstance(raw, list) else "a value"


def _day(raw: object) -> dt.date:
    if isinstance(raw, dt.date):
        return raw
    text = _text(raw)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        raise refuse(f"{text!r} is not a date", "write year-month-day, like 2025-01-31")
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise refuse(
            f"{text} is a day that does not exist", "check the month and the day"
        ) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise refuse(f"{text} is too far away", f"choose a day from {FIRST_DAY} to {LAST_DAY}")
    return day


def _partial_day(raw: object) -> str:
    text = _text(raw)
    if re.fullmatch(r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?", text) is None:
        raise refuse(f"{text!r} is not a date", "write 2025, 2025-01 or 2025-01-31")
    if len(text) == 10:
        _day(text)
    return text


def _year(raw: object) -> int:
    if isinstance(raw, int):
        return raw
    text = _text(raw)
    if re.fullmatch(r"[12][0-9]{3}", text) is None:
        raise refuse(f"{text!r} is not a year", "write four digits, like 2022")
    return int(text)


def _bool(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    text = _text(raw)
    if text not in ("true", "false"):
        raise refuse(f"{text!r} is neither true nor false", "write true or false")
    return text == "true"


def _name(raw: object) -> str:
    text = _text(raw)
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", text) is None:
        raise refuse(
            f"{text!r} cannot be a name",
            "use letters, digits, - and _ only, no spaces, dots or slashes",
        )
    return text


_WORD = WithJsonSchema({"type": ["string", "number", "boolean"]})
"""Text as an editor reads it: 2025 is a number to it, and true a boolean."""

Text = Annotated[str, BeforeValidator(_text), _WORD]
Name = Annotated[str, BeforeValidator(_name), _WORD]
Day = Annotated[dt.date, BeforeValidator(_day)]
PartialDay = Annotated[str, BeforeValidator(_partial_day), _WORD]
Year = Annotated[int, BeforeValidator(_year), WithJsonSchema({"type": "integer"})]
YesNo = Annotated[bool, BeforeValidator(_bool)]


class Part(BaseModel):
    """Base of everything in a scenario: frozen, and no key but the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class DisputeMap(Part):
    """A different value that somebody else gives for the same number."""

    value: Text
    """The value that they give, in the unit of the number."""
    source: Name | None = None
    """Who says it: an id under `sources`."""
    note: Text | None = None
    """Anything that explains the difference."""


class Evidence(Part):
    """A number, where it comes from and how certain it is."""

    value: Text
    """The number itself, in the unit of its key."""
    low: Text | None = None
    """Lowest plausible value; with `high` it makes the number uncertain."""
    high: Text | None = None
    """Highest plausible value."""
    spread: Spread = "two-piece"
    """The law from which an uncertain number is drawn: two-piece (median `value`), triangular (mode
    `value`) or uniform between low and high."""
    source: Name | None = None
    """An id under `sources`."""
    quote: Text | None = None
    """The few words of the source that state it."""
    grade: Grade | None = None
    """official, reported, secondary, derived or assumption; needed with a source."""
    note: Text | None = None
    """How it was derived, or why it is assumed."""
    disputed_by: tuple[DisputeMap, ...] = ()
    """Others who give a different value."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no, with evidence. True in a condition when the answer is yes."""

    value: bool
    source: str | None = None
    quote: str | None = None
    grade: Grade = "assumption"
    note: str | None = None
    disputed_by: tuple[Dispute, ...] = ()

    def __bool__(self) -> bool:
        return self.value


@dataclass(frozen=True)
class Dimension:
    """Marks a field as a number of one dimension, within the bounds of its kind or narrower ones
    (in base units)."""

    dimension: str
    at_least: float | None = None
    at_most: float | None = None
    whole: bool = False
    """Whether there is no half of one."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.chain_schema(
            [
                core_schema.no_info_plain_validator_function(_as_map),
                handler.generate_schema(Evidence),
                core_schema.no_info_plain_validator_function(self._quantity),
            ]
        )

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        kind = KINDS.get(self.dimension.replace("money/use", "money/d"), OUTSIDE)
        least = kind.least if self.at_least is None else self.at_least
        most = kind.most if self.at_most is None else self.at_most
        return {"x-number": self.dimension, "x-least": least, "x-most": most}

    def _quantity(self, written: Evidence) -> Quantity:
        got = self._one(written.value, "value")
        low = self._one(written.low, "low") if written.low else None
        high = self._one(written.high, "high") if written.high else None
        if (low is None) != (high is None):
            raise refuse("a range needs both of its ends", "give both low and high, or neither")
        if low and high:
            if {low.unit, high.unit} != {got.unit}:
                raise refuse("value, low and high have different units", "use one unit for them")
            if not low.value <= got.value <= high.value:
                raise refuse(
                    f"the value {written.value} is outside low {written.low} to high "
                    f"{written.high}",
                    "correct the value or widen the range",
                    "value",
                )
        others = tuple(
            Dispute(
                self._one(d.value, "disputed_by", str(i), "value").value, d.value, d.source, d.note
            )
            for i, d in enumerate(written.disputed_by)
        )
        return Quantity(
            value=got.value,
            unit=got.unit,
            low=low.value if low else None,
            high=high.value if high else None,
            source=written.source,
            quote=written.quote,
            grade=graded(written.source, written.grade),
            note=written.note,
            disputed_by=others,
            spread=written.spread,
            text=written.value,
            amount=got.amount,
            currency=got.currency,
        )

    def _one(self, text: str, *at: str) -> quantities.Reading:
        try:
            got = quantities.parse(text, self.dimension)
            quantities.outside(got, text, self.at_least, self.at_most)
            if self.whole:
                quantities.whole(got, text)
        except QuantityError as error:
            raise refuse(error.what, error.mend, *at) from None
        return got


class _FlagSchema:
    """How pydantic reads a Flag: true, false, or a map with `value`."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.chain_schema(
            [
                core_schema.no_info_plain_validator_function(_as_map),
                handler.generate_schema(Evidence),
                core_schema.no_info_plain_validator_function(_flag),
            ]
        )

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"x-flag": True}


def _flag(written: Evidence) -> Flag:
    if written.low or written.high:
        raise refuse("true or false has no range", "take low and high out")
    others = tuple(
        Dispute(float(_bool(d.value)), d.value, d.source, d.note) for d in written.disputed_by
    )
    grade = graded(written.source, written.grade)
    return Flag(_bool(written.value), written.source, written.quote, grade, written.note, others)


def _as_map(raw: object) -> object:
    if isinstance(raw, list) or (isinstance(raw, dict) and "value" not in raw):
        mend = "write one value, or a map with value, source, grade and what else is known of it"
        raise refuse(f"{_shape(raw)} stands where a single value is needed", mend)
    return raw if isinstance(raw, dict) else {"value": _text(raw)}


def graded(source: str | None, grade: Grade | None) -> Grade:
    """The grade as written; a bare number is an assumption. Refuses a grade without its source."""
    if grade is None and source is not None:
        raise refuse(
            "a source is named and no grade",
            "add grade: official, reported, secondary, derived or assumption",
        )
    if grade in ("official", "reported", "secondary") and source is None:
        raise refuse(
            f"the grade is {grade} and no source is named",
            "name the source, or use grade: assumption",
        )
    return grade or "assumption"


_SOME = ABOVE_NOUGHT

Count = Annotated[Quantity, Dimension("people")]
People = Annotated[Quantity, Dimension("people", at_most=MOST_PEOPLE, whole=True)]
Places = Annotated[Quantity, Dimension("people", at_most=MOST_PLACES, whole=True)]
Number = Annotated[Quantity, Dimension("number")]
Positive = Annotated[Quantity, Dimension("number", at_least=_SOME["number"])]
WholeCells = Annotated[Quantity, Dimension("number", at_least=1, whole=True)]
Shape = Annotated[Quantity, Dimension("number", SHAPE.least, SHAPE.most)]
Sigma = Annotated[Quantity, Dimension("number", SIGMA.least, SIGMA.most)]
Share = Annotated[Quantity, Dimension("share")]
Days = Annotated[Quantity, Dimension("d")]
DaysOfRun = Annotated[Quantity, Dimension("d", at_most=MOST_DAYS)]
PositiveDays = Annotated[Quantity, Dimension("d", at_least=_SOME["d"])]
Rate = Annotated[Quantity, Dimension("1/d")]
Hours = Annotated[Quantity, Dimension("h")]
HoursADay = Annotated[Quantity, Dimension("h/d")]
Distance = Annotated[Quantity, Dimension("km")]
Area = Annotated[Quantity, Dimension("m2")]
Money = Annotated[Quantity, Dimension("money")]
MoneyADay = Annotated[Quantity, Dimension("money/d")]
MoneyAYear = Annotated[Quantity, Dimension("money/year")]
Dispersion = Annotated[Quantity, Dimension("number", DISPERSION.least, DISPERSION.most)]
AnnualRisk = Annotated[Quantity, Dimension("share/year", 0, MOST_RISK)]
Hazard = Annotated[Quantity, Dimension("share/d")]
Growth = Annotated[Quantity, Dimension("share/year")]
ShareAYear = Annotated[Quantity, Dimension("share/year")]
AnyNumber = Annotated[Quantity, Dimension("any")]
YesNoCited = Annotated[Flag, _FlagSchema()]
