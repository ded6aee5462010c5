"""A member of an ensemble: one draw of every uncertain number, and one replicate of the people.

Member m is (draw m, replicate m). Its draws are addressed by (seed, m, path), so they depend
neither on the order of definitions nor on how many members or other uncertain numbers there are,
and a baseline and a scenario that share a number draw the same value for it.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bedspace import compile as compiler
from bedspace import engine
from bedspace import scenario as language
from bedspace.engine import Plan, philox
from bedspace.exceptions import PlanError, RunError
from bedspace.results.tables import Member
from bedspace.scenario import Scenario
from bedspace.scenario.model.renewals import Renewal
from bedspace.scenario.values.quantities import Quantity

TENTHS = 10
"""Members that share out the range of a number between them."""


def spread_out(seed: int, member: int, path: str) -> float:
    """A draw in (0, 1): uniform, and of ten members in a row one in each tenth.

    A Latin hypercube of ten members at a time (McKay, Beckman and Conover, Technometrics 21, 1979),
    addressed by (seed, member, path): the member's tenth is its rank among the ten draws. So as
    many members lie below the median of every number as above it, and more members extend the
    first.
    """
    block, place = divmod(member, TENTHS)
    ten = _ten(seed, block, path)
    rank = sum(other < ten[place] for other in ten)
    return (rank + philox.uniform(seed, member, f"{path} within its tenth")) / TENTHS


@lru_cache(maxsize=4096)
def _ten(seed: int, block: int, path: str) -> tuple[float, ...]:
    first = block * TENTHS
    return tuple(philox.uniform(seed, m, path) for m in range(first, first + TENTHS))


def triangular(u: float, low: float, mode: float, high: float) -> float:
    """Inverse distribution function of the triangular law at u in (0, 1).

    Evans, Hastings and Peacock, Statistical Distributions, "Triangular distribution".
    """
    if low == high:
        return low
    rising = (mode - low) / (high - low)
    if u < rising:
        return low + math.sqrt(u * (high - low) * (mode - low))
    return high - math.sqrt((1 - u) * (high - low) * (high - mode))


def two_piece(u: float, low: float, value: float, high: float) -> float:
    """Inverse distribution function at u in (0, 1) of a triangle whose two halves hold half of the
    probability each, so that the median is `value`, wherever it lies between low and high.

    It is the triangular law where `value` is half-way. Below `value` the density rises from `low`
    in proportion to the distance from it, above it falls to `high` likewise: so the distribution
    function is half the square of the share of that way. The mean is `value` plus a sixth of what
    the upper half is longer than the lower. Where `value` is an end of the range, half of all draws
    are `value` itself.
    """
    if u < 0.5:
        return low + math.sqrt(2 * u) * (value - low)
    return high - math.sqrt(2 * (1 - u)) * (high - value)


def uniform(u: float, low: float, high: float) -> float:
    """Inverse distribution function of the uniform law at u in (0, 1)."""
    return low + u * (high - low)


def drawn(quantity: Quantity, u: float) -> float:
    """An uncertain number's value at u, in its base unit."""
    low = quantity.value if quantity.low is None else quantity.low
    high = quantity.value if quantity.high is None else quantity.high
    if quantity.spread == "uniform":
        return uniform(u, low, high)
    if quantity.spread == "triangular":
        return triangular(u, low, quantity.value, high)
    return two_piece(u, low, quantity.value, high)


def draw(scn: Scenario, seed: int, member: int) -> tuple[Scenario, dict[str, float]]:
    """The scenario as this member has it, and every value drawn by path, paths sorted.

    An agreement whose `in_force` is below 100 % is in force in that share of members and left out
    of the others; the path of the agreement itself says which (1 or 0). The path of a renewal has
    the days from the start of what is renewed to its end, at most to the end of the run.
    """
    values = {
        path: drawn(quantity, spread_out(seed, member, path))
        for path, quantity in language.uncertain(scn).items()
    }
    scn = language.with_values(scn, values)
    lapses = {
        path: min(renewal.first_failure(spread_out(seed, member, path)), longest)
        for path, renewal, longest in renewals(scn)
    }
    scn = language.with_values(scn, lapses)
    values |= lapses
    in_force = {}
    for name, agreement in scn.agreements.items():
        if agreement.in_force is not None and agreement.in_force.value < 1:
            path = f"agreements.{name}"
            values[path] = float(spread_out(seed, member, path) < agreement.in_force.value)
            in_force[name] = values[path] == 1
    if not all(in_force.values()):
        kept = {n: a for n, a in scn.agreements.items() if in_force.get(n, True)}
        scn = scn.model_copy(update={"agreements": kept})
    return scn, dict(sorted(values.items()))


def renewals(scn: Scenario) -> Iterator[tuple[str, Renewal, float]]:
    """(path, renewal, days to the end of the run and one more) of all that may lapse."""
    for name, measure in scn.measures.items():
        if measure.renewed is not None:
            longest = (scn.end - measure.on).days + 1
            yield f"measures.{name}.renewed", measure.renewed, longest
    for name, agreement in scn.agreements.items():
        if agreement.renewal is not None:
            longest = max((scn.end - agreement.from_).days, 0) + 1
            yield f"agreements.{name}.renewal", agreement.renewal, longest


@dataclass(frozen=True)
class Planned:
    """A member before it is simulated: its number, the run's first day, its Plan, and every value
    drawn by path."""

    number: int
    start: date
    plan: Plan
    draws: dict[str, float]


def planned(scn: Scenario, seed: int, member: int) -> Planned:
    """Draw and compile one member. RunError naming it if its plan is impossible."""
    own, draws = draw(scn, seed, member)
    with _named(member):
        return Planned(member, own.start, compiler.plan(own), draws)


def simulate(scn: Scenario, seed: int, member: int, engine_name: str = engine.KERNEL) -> Member:
    """Draw, compile and simulate one member, by the engine of that name.

    RunError naming it if its plan is impossible or asks for more memory than there is.
    """
    return simulated(planned(scn, seed, member), seed, engine_name)


def simulated(member: Planned, seed: int, engine_name: str = engine.KERNEL) -> Member:
    """Simulate a member that is drawn and compiled; otherwise as `simulate`."""
    with _named(member.number):
        outcome = engine.simulate(member.plan, seed, member.number, engine_name)
    return Member(member.number, member.start, member.plan, outcome, member.draws)


@contextlib.contextmanager
def _named(member: int) -> Iterator[None]:
    """What the engine refuses within is a RunError that names the member."""
    try:
        yield
    except PlanError as e:
        raise RunError(f"member {member} cannot be run: {e}") from e
    except MemoryError as e:
        raise RunError(
            f"member {member} needs more memory than there is: simulate fewer people or days"
        ) from e
