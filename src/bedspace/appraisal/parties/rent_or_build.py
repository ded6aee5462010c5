"""Rent or build: what an agreement's fee is worth today beside the same places built at home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members import amounts
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import accounts, discounted
from bedspace.appraisal.sender import avoided, costs, priced
from bedspace.appraisal.sender.avoided import Flows
from bedspace.rules import discounting
from bedspace.rules.discounting import DiscountRate
from bedspace.scenario import Scenario
from bedspace.scenario.model.costs import Building

NOUGHT = Decimal(0)

NOTE = """The places are built from the first day of the term on and paid evenly until they open; \
from then on they hold whom the agreement holds. What is left of them at the end is the part of \
their life still to come, at the cost of building then. A place's running cost is the one given, \
with the marginal cost of each person in it, or else the average cost of each person."""


@dataclass(frozen=True)
class Built:
    """One member's places built at home: money by calendar year for building, for running, and
    what is left of them at the end, each exact; and person-days they hold, by calendar year."""

    building: dict[int, Decimal]
    running: dict[int, Decimal]
    left: Decimal
    held: dict[int, Decimal]


def table(use: Use) -> Table:
    """Rent and building by discount rate; one row that says why where they cannot be compared."""
    why = why_not(use)
    title = "Rent the places, or build as many at home"
    id_ = f"{use.id}.rent-or-build"
    if why:
        unknown = making.unknown(f"{id_}.build", "Built at home", "", why, _inputs(use))
        return Table(id_, title, ("", "Figure"), (("Built at home", unknown),))
    base, span = invoices.years(use)[0], invoices.years(use)[-1] - invoices.years(use)[0]
    rows: list[tuple[Cell, ...]] = []
    for rate in (None, *discounted.rates(use)):
        head = f"{rate.title}: {discounted.percent(rate, span)}" if rate else "Plain sum, 0 %"
        worth = (_worth(use, rate, key) for key in ("rent", "build", "net"))
        rows.append((head, *worth, *(_a_day(use, rate, key) for key in ("rent", "net")), None))
    rows[0] = (*rows[0][:-1], before(use))
    heads = ("Discounted at", *_HEADS.values(), "Place-days before they open")
    return Table(id_, f"{title}, as worth in {base}", heads, tuple(rows), NOTE)


_HEADS = {
    "rent": "Rent for the term",
    "build": "Built and run at home",
    "net": "Less what is left of them",
    "rent-day": "Rent, a place-day",
    "net-day": "Built, a place-day",
}


def why_not(use: Use) -> str:
    """Why rent and building cannot be compared; empty where they can."""
    sending = use.agreement.sending
    new = building(use.ensemble.scn, sending)
    if new is None:
        return f"no cost of building a place in {sending} is given"
    if not invoices.totals(use):
        return "no fee is stated"
    if not use.spans:
        return "the term lies outside the simulated years"
    if new.place.currency != accounts.currency(use):
        both = f"the fee is in {accounts.currency(use)} and building in {new.place.currency}"
        return f"{both}; no rate of exchange is applied"
    basis = "marginal" if new.running is not None else "average"
    if avoided.why_none(use, basis) or avoided.currency(use, basis) != new.place.currency:
        return f"no {costs.IN_WORDS[basis]} of a person-day of {sending} is given in that currency"
    return ""


def building(scn: Scenario, system: str) -> Building | None:
    """What a place more costs a system; None where it is not given."""
    found = scn.systems[system].costs
    return found.building if found is not None else None


@once
def built(use: Use) -> tuple[Built, ...]:
    """The places built at home, by member."""
    return tuple(_built(use, m) for m in range(use.ensemble.members))


def _built(use: Use, member: int) -> Built:
    sending, first, end = use.agreement.sending, use.spans[0].first, use.spans[-1].end
    if not use.in_force[member]:  # no places are wanted then
        return Built({first.year: NOUGHT}, {}, NOUGHT, {})
    scn = use.ensemble.drawn[member]
    places, new = round(scn.agreements[use.id].places.value), _new(use, member, first.year)
    takes = round(new.opens_after.value) if new.opens_after is not None else 0
    opens = first + timedelta(days=takes)
    spent: dict[int, Decimal] = {}
    for year, share in by_year(first, opens).items():
        # Prices after the run are not known: those of its last year stand for them.
        at = _new(use, member, min(year, (use.ensemble.scn.end - timedelta(days=1)).year))
        spent[year] = amounts.money(at.place) * places * share
    running = dict.fromkeys(invoices.years(use), NOUGHT)
    people = dict(running)
    for span, used in zip(use.spans, use.by_span[member], strict=True):
        open_for = min(max((span.end - opens).days, 0), span.days)
        held = Decimal(used) * open_for / span.days
        people[span.first.year] += held
        now = priced.drawn(use.ensemble, span.first.year)[member]
        own = _new(use, member, span.first.year).running
        basis = "marginal" if own is not None else "average"
        each = costs.weighted(now, sending, basis, use.weights(member)) or NOUGHT
        kept = amounts.money(own) / amounts.YEAR * places * open_for if own is not None else NOUGHT
        running[span.first.year] += each * held + kept
    last = _new(use, member, (end - timedelta(days=1)).year)
    stood = Decimal(max((end - opens).days, 0)) / amounts.exact(new.life.value)
    left = amounts.money(last.place) * places * max(1 - stood, NOUGHT)
    return Built(spent, running, left, people)


def by_year(first: date, end: date) -> dict[int, Decimal]:
    """Shares of a span of days in each calendar year; all in the first where it has no days."""
    if end <= first:
        return {first.year: Decimal(1)}
    found = {}
    for year in range(first.year, (end - timedelta(days=1)).year + 1):
        days = (min(end, date(year + 1, 1, 1)) - max(first, date(year, 1, 1))).days
        found[year] = Decimal(days) / (end - first).days
    return found


def _new(use: Use, member: int, year: int) -> Building:
    found = building(priced.drawn(use.ensemble, year)[member], use.agreement.sending)
    assert found is not None  # asked of only where it is given
    return found


@once
def flows(use: Use, key: str) -> Flows:
    """Money by calendar year, by member: "rent", "build" (building and running) or "net" (less
    what is left of them in the last year)."""
    rent = accounts.paid(use, None)
    if key == "rent":
        return rent
    found = []
    for one, paid in zip(built(use), rent, strict=True):
        years = dict.fromkeys([*paid, *one.building, *one.running], NOUGHT)
        for money in (one.building, one.running):
            for year, amount in money.items():
                years[year] += amount
        if key == "net":
            # Building that ends after the term is worth what it cost only once it is paid.
            years[max(years)] -= one.left
        found.append(years)
    return found


@once
def _worth(use: Use, rate: DiscountRate | None, key: str) -> Figure:
    """The value in the first year of one column under one rate."""
    base, span = invoices.years(use)[0], invoices.years(use)[-1] - invoices.years(use)[0]
    inputs: tuple[Input, ...] = (payments.paid(use),) if key == "rent" else _inputs(use)
    if rate is not None:
        inputs = (*inputs, discounted.rule_of(rate, span))
    return making.figure(
        f"{use.id}.rent-or-build.{rate.id if rate else 'plain'}.{key}",
        f"{_HEADS[key]}, as worth in {base}",
        accounts.currency(use),
        discounted.worth(use, flows(use, key), rate),
        _FORMULAS[key],
        inputs,
    )


_FORMULAS = {
    "rent": "the total paid in each year of the term within the simulation, discounted",
    "build": "places x cost of a place, evenly until they open, and running them, discounted",
    "net": "that less places x cost of a place then x share of life still to come, discounted",
}


@once
def _a_day(use: Use, rate: DiscountRate | None, key: str) -> Figure:
    """What a place-day comes to: the value in the first year over place-days discounted alike."""
    whole, used = _worth(use, rate, key), payments.place_days(use)
    base = invoices.years(use)[0]
    parts = []
    for m, worth in enumerate(discounted.worth(use, flows(use, key), rate)):
        had = built(use)[m].held if key == "net" else use.by_year(m)
        days = {year: Decimal(number) for year, number in had.items()}
        weight = discounting.present_value(rate, days, base)
        if weight:
            parts.append((worth, float(weight)))
    return making.ratio(
        f"{use.id}.rent-or-build.{rate.id if rate else 'plain'}.{key}-day",
        f"{_HEADS[f'{key}-day']}, as worth in {base}",
        f"{accounts.currency(use)}/place-day",
        parts,
        "that value / the place-days it gives, discounted alike",
        (whole, used),
        "" if parts else "no place-day in the term: they would not be open, or none was used",
    )


@once
def before(use: Use) -> Figure:
    """Place-days used under the agreement before built places would open."""
    found = [
        float(used - sum(one.held.values()))
        for one, used in zip(built(use), use.place_days, strict=True)
    ]
    opening = [one for one in _inputs(use) if one.id.endswith("opens_after")]
    return making.figure(
        f"{use.id}.rent-or-build.before",
        "Place-days used before built places would open",
        "place-days",
        found,
        "place-days used from the first day of the term until they open",
        (payments.place_days(use), *opening),
    )


def _inputs(use: Use) -> tuple[Input, ...]:
    """Places, the cost of building and running them, and what holding people in them costs."""
    sending = use.agreement.sending
    places = use.basis.number(f"agreements.{use.id}.places")
    new = building(use.ensemble.scn, sending)
    if new is None:
        return (places,)
    at = f"{sending}.costs.building"
    names = ("place", "life", "running", "opens_after")
    given = [f"{at}.{name}" for name in names if getattr(new, name) is not None]
    cost_basis = "marginal" if new.running is not None else "average"
    groups = [costs.paths_of(use.ensemble.scn, sending, g) for g in use.agreement.eligible.groups]
    for one in groups:
        marginal = one.marginal if cost_basis == "marginal" else None
        given += [path for path in (one.average, one.times, marginal) if path]
    return (places, *priced.inputs(use.basis, given), payments.place_days(use))
