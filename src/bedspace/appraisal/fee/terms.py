"""An agreement's terms of payment, as the rules of fees read them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from bedspace.rules import fees
from bedspace.scenario import Quantity, Scenario
from bedspace.scenario.model.fees import EarlyEnd, FeePart, Tier
from bedspace.scenario.model.series import Series
from bedspace.scenario.values.quantities import DAYS_A_YEAR

_MONTH = DAYS_A_YEAR / 12


def schedule_of(scn: Scenario, agreement: str) -> fees.Schedule | None:
    """The fee of an agreement; None when it states none."""
    found = scn.agreements[agreement]
    parts = tuple(_part(part, found.from_, scn) for part in found.fee)
    return fees.Schedule(parts, _early_end(found.early_end)) if parts else None


def series_of(series: Series, name: str) -> fees.Series:
    """Values by date with their exact levels."""
    values = tuple((day, _exact(level)) for day, level in series.values.items())
    return fees.Series(series.title or name, values)


def _part(part: FeePart, first: date, scn: Scenario) -> fees.Part:
    """The class of its kind, given as much of what is written as it has fields for."""
    kind = fees.PARTS[part.kind]
    written: dict[str, Any] = {
        "purpose": part.purpose,
        "label": part.label or "",
        "indexed": index_of(part.indexed, scn),
        "on": part.on or first,
        "months": round(part.spread.value / _MONTH) if part.spread else 1,
        "whole": part.applies == "all",
        "per": _per(part.price),
        **_terms(part),
    }
    return kind(**{f.name: written[f.name] for f in fields(kind) if f.name in written})


def _terms(part: FeePart) -> dict[str, Any]:
    """What stands under the key of its kind, by the names that the class has for it."""
    if isinstance(part.terms, tuple):
        bands = (band for band in part.terms if isinstance(band, Tier))
        return {"tiers": tuple(_tier(band) for band in bands)}
    inner = {} if isinstance(part.terms, Quantity) else dict(part.terms)
    numbers = {key: None if one is None else _plain(one) for key, one in inner.items()}
    return {**numbers, "price": _money(part.price)}


def _tier(tier: Tier) -> fees.Tier:
    return fees.Tier(round(tier.upto.value) if tier.upto else None, _money(tier.price))


def _plain(number: Quantity) -> int | Decimal:
    """A count in whole people, anything else exactly."""
    return round(number.value) if number.unit == "people" else _exact(number)


def index_of(indexed: Quantity | str | None, scn: Scenario) -> fees.Series | Decimal:
    """What a price grows by: an index, or a share a year, nought where nothing is said."""
    if isinstance(indexed, str):
        return series_of(scn.indices[indexed], indexed)
    return _exact(indexed) if indexed else Decimal(0)


def _early_end(terms: EarlyEnd | None) -> fees.EarlyEnd | None:
    if terms is None:
        return None
    return fees.EarlyEnd(
        _by_calendar(terms.notice.value) if terms.notice else None,
        terms.pays == "term",
        _exact(terms.refund) if terms.refund else Decimal(0),
    )


def _by_calendar(days: float) -> relativedelta:
    """A length of time as months where it is whole months, else as days."""
    months = round(days / _MONTH)
    if months and abs(days - months * _MONTH) < 1e-6:
        return relativedelta(months=months)
    return relativedelta(days=round(days))


def _per(price: Quantity) -> fees.Per:
    return "month" if price.unit.endswith("/month") else "day"


def _money(price: Quantity) -> fees.Money:
    return fees.Money(_exact(price), price.currency or "")


def _exact(number: Quantity) -> Decimal:
    return number.amount if number.amount is not None else Decimal(repr(number.value))
