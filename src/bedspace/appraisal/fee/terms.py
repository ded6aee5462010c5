"""An agreement's terms of payment, as the rules of fees read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from bedspace.rules import fees
from bedspace.scenario import Quantity, Scenario
from bedspace.scenario.model.fees import EarlyEnd, FeePart
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
    return replace(_priced(part, first, scn), purpose=part.purpose, label=part.label or "")


def _priced(part: FeePart, first: date, scn: Scenario) -> fees.Part:
    price, per = _money(part.price), _per(part.price)
    indexed = index_of(part.indexed, scn)
    if part.minimum is not None:
        places, share = part.minimum.places, part.minimum.share
        return fees.Minimum(
            round(places.value) if places else None,
            price,
            indexed,
            per,
            _exact(share) if share else None,
        )
    if part.after is not None:
        return fees.After(round(part.after.people.value), price)
    if part.tiers is not None:
        tiers = tuple(
            fees.Tier(round(tier.upto.value) if tier.upto else None, _money(tier.per_use))
            for tier in part.tiers
        )
        return fees.Tiers(tiers, indexed, per, part.applies == "all")
    months = round(part.spread.value / _MONTH) if part.spread else 1
    match part.kind:
        case "fixed":
            return fees.Fixed(price, part.on or first, months)
        case "yearly":
            return fees.Yearly(price, indexed)
        case "per_place":
            return fees.PerPlace(price, indexed, per)
        case "per_use":
            return fees.PerUse(price, indexed, per)
        case "per_person":
            return fees.PerPerson(price, indexed, months)
    return fees.Transport(price, indexed)


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
