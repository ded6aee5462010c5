"""What the sending system avoids while people are held abroad, on every cost basis, by member.

Two ways. By a cost of a person-day: the average, or the share of it that is avoided at the margin.
By what really empties (RUNGS): the costs of the facilities that hold fewer people in the run.
Either shrinks by the share of freed places that is filled again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import accumulate
from typing import Literal

from bedspace.appraisal.figures.currencies import nought
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import costs, freed, priced, rungs
from bedspace.appraisal.sender.rungs import Rungs
from bedspace.rules import fees
from bedspace.scenario import Quantity, Scenario

Flows = list[dict[int, Decimal]]
"""Money by calendar year, for each member; in cents."""


def bases(use: Use) -> tuple[str, ...]:
    """The cost bases to show, from least sure to most: by the day, then rung by rung."""
    by_day = [b for b in costs.BY_DAY if b in ("average", "marginal") or has_range(use)]
    if not laddered(use):
        return tuple(by_day)
    known = [b for b in by_day if not why_none(use, b)]
    return (*known, *costs.RUNGS)


def ends(use: Use) -> tuple[str, str]:
    """The two bases between which the truth lies: at once, and in the long run or on average."""
    return ("short-run", "long-run") if laddered(use) else ("marginal", "average")


def laddered(use: Use) -> bool:
    """Whether any facility of the sending system says what it costs."""
    scn, sending = use.ensemble.scn, use.agreement.sending
    return any(f.costs is not None for f in scn.systems[sending].facilities.values())


def has_range(use: Use) -> bool:
    """Whether the share avoided at the margin of any group that may be sent has a range."""
    found = (
        costs.share(use.ensemble.scn, use.agreement.sending, group)
        for group in use.agreement.eligible.groups
    )
    return any(part is not None and part.low is not None for part in found)


@once
def why_none(use: Use, cost_basis: str) -> str:
    """Why nothing can be said on a cost basis; empty where it can."""
    if cost_basis not in costs.RUNGS:
        known = currency(use, cost_basis) and daily(use, cost_basis)
        return "" if known else f"no {costs.IN_WORDS[cost_basis]} of a person-day is given"
    if not use.spans:
        return "the term lies outside the simulated years"
    if use.id in use.ensemble.base.agreements:
        return "the baseline has the agreement too, so what it empties cannot be determined"
    scn, sending = use.ensemble.scn, use.agreement.sending
    found = freed.of(use)
    changed = (found.held[0] != found.held[1]).any(axis=(0, 1))
    for name, moved in zip(found.facilities, changed, strict=True):
        facility = scn.systems[sending].facilities.get(name)
        own = facility.costs if facility else None
        if moved and (own is None or own.variable is None):
            return f"no variable cost of {name} is given"
    if currency(use, cost_basis) is None:
        return f"the costs of {sending} are in more than one currency"
    return ""


def currency(use: Use, cost_basis: str) -> str | None:
    """The one currency of a cost basis; None where there is none or more than one."""
    scn, sending = use.ensemble.scn, use.agreement.sending
    if cost_basis not in costs.RUNGS:
        return costs.currency(scn, sending, use.agreement.eligible.groups)
    given = (one.quantity.currency for one in facility_costs(scn, sending))
    found = {unit for unit in given if unit}
    return found.pop() if len(found) == 1 else None


Kind = Literal["fixed", "variable", "closing", "saved", "place", "running"]


@dataclass(frozen=True)
class Sum:
    """A sum of money that the rungs are made of: its kind, where it stands, and what it is."""

    kind: Kind
    path: str
    quantity: Quantity


def facility_costs(scn: Scenario, system: str) -> tuple[Sum, ...]:
    """Every sum of money that is given for the rungs."""
    found: list[tuple[Kind, str, Quantity | None]] = []
    for name, facility in scn.systems[system].facilities.items():
        own, at = facility.costs, f"{system}.facilities.{name}.costs"
        if own is not None:
            found += [
                ("fixed", f"{at}.fixed", own.fixed),
                ("variable", f"{at}.variable", own.variable),
                ("closing", f"{at}.closing", own.closing),
                ("saved", f"{at}.wings.saved", own.wings.saved if own.wings else None),
            ]
    whole, at = scn.systems[system].costs, f"{system}.costs.building"
    if whole is not None and whole.building is not None:
        found.append(("place", f"{at}.place", whole.building.place))
        found.append(("running", f"{at}.running", whole.building.running))
    return tuple(Sum(kind, path, given) for kind, path, given in found if given is not None)


def daily(use: Use, cost_basis: str, again: Decimal | None = None) -> list[Decimal]:
    """What a place-day used avoids, by member, on a cost basis by the day; empty where it is not
    given. `again` is the share of freed places filled again, instead of the scenario's. Where costs
    grow it is the mean over the place-days used."""
    return _daily(use, cost_basis, again)


@once
def _daily(use: Use, cost_basis: str, again: Decimal | None) -> list[Decimal]:
    found = []
    for m in range(use.ensemble.members):
        value = priced.a_year(use, m, partial(_a_day, use, m, cost_basis), used=True)
        if value is None:
            return []
        found.append(value * _kept(use, m, again))
    return found


def _a_day(use: Use, member: int, cost_basis: str, scn: Scenario) -> Decimal | None:
    return costs.weighted(scn, use.agreement.sending, cost_basis, use.weights(member))


def _kept(use: Use, member: int, again: Decimal | None) -> Decimal:
    """The share of freed places that is not filled again."""
    return 1 - (amounts.exact(rungs.refilled(use)[member]) if again is None else again)


def stated(use: Use, cost_basis: str) -> Decimal | None:
    """What a place-day used avoids by the numbers of the file as they stand, at the prices of the
    years in which they are used; None where it hangs on the run otherwise: on what empties, or on
    who uses the places where groups cost differently."""
    scn, sending = use.ensemble.scn, use.agreement.sending
    groups = use.agreement.eligible.groups
    # Groups have a cost in common where it stands at the same paths.
    if cost_basis in costs.RUNGS or len({costs.paths_of(scn, sending, g) for g in groups}) != 1:
        return None
    value = costs.person_day(priced.stated(use, used=True), sending, groups[0], cost_basis)
    again = use.agreement.refilled
    return None if value is None else value * (1 - amounts.exact(again.value if again else 0.0))


def climbed(use: Use, again: Decimal | None = None) -> list[Rungs]:
    """The rungs of every member; `again` as in `daily`."""
    return (
        rungs.of(use)
        if again is None
        else rungs.climbed(use, (float(again),) * use.ensemble.members)
    )


def flows(use: Use, cost_basis: str, again: Decimal | None = None) -> Flows:
    """What is avoided in each calendar year, by member, to the cent; empty where it is not known.

    Rounded so that the years of a member add up to its rounded total.
    """
    return _flows(use, cost_basis, again)


@once
def _flows(use: Use, cost_basis: str, again: Decimal | None) -> Flows:
    if why_none(use, cost_basis):
        return []
    money = str(currency(use, cost_basis))
    if cost_basis in costs.RUNGS:
        key = cost_basis.replace("-", "_")
        return [to_minor_units(getattr(one, key), money) for one in climbed(use, again)]
    found = []
    for m in range(use.ensemble.members):
        days, kept = use.by_year(m), _kept(use, m, again)
        each = priced.by_year(use.ensemble, m, days, partial(_a_day, use, m, cost_basis))
        found.append(
            to_minor_units({y: (each[y] or Decimal(0)) * kept * n for y, n in days.items()}, money)
        )
    return found


def totals(use: Use, cost_basis: str, again: Decimal | None = None) -> list[Decimal]:
    """What is avoided in all, by member, to the cent; empty where it is not known."""
    none = nought(str(currency(use, cost_basis)))
    return [sum(years.values(), none) for years in flows(use, cost_basis, again)]


def each_day(use: Use, cost_basis: str) -> list[Decimal | None]:
    """What a place-day used avoids, by member; None in a member where none was used and the basis
    is a rung, empty where it is not known."""
    if cost_basis not in costs.RUNGS:
        return list(daily(use, cost_basis)) if not why_none(use, cost_basis) else []
    return [
        whole / days if days else None
        for whole, days in zip(totals(use, cost_basis), use.place_days, strict=False)
    ]


def to_minor_units(exact: Mapping[int, Decimal], money: str) -> dict[int, Decimal]:
    """Sums by year rounded to what their currency has, so that they add up to their rounded total:
    each is the rounded sum up to it less the one before."""
    sums = [fees.rounded(s, money) for s in accumulate(exact.values())]
    before = [nought(money), *sums][: len(sums)]
    return {year: here - last for year, here, last in zip(exact, sums, before, strict=True)}


def shared(use: Use) -> tuple[str, ...]:
    """The other agreements of the same sending system that are not in the baseline either."""
    return tuple(name for name in freed.rivals(use.ensemble, use.id) if name != use.id)
