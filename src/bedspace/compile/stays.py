"""A scenario's stays and exits as the engine's laws and exits.

`values` holds what measures set, by full path; a number not in it is the scenario's own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from bedspace.compile.names import GroupName, at_liberty
from bedspace.engine import Exit, Risk, stays
from bedspace.scenario import Quantity, pathways
from bedspace.scenario.model.custody import Pathway, Stage
from bedspace.scenario.model.stays import Stay
from bedspace.scenario.values.quantities import DAYS_A_YEAR

Values = Mapping[str, Quantity]


@dataclass(frozen=True)
class At:
    """A stay's own path, and what measures have set."""

    path: str
    values: Values

    def number(self, written: Quantity, *steps: str) -> float:
        """The value of a number that stands at `steps` within the stay."""
        return self.values.get(".".join((self.path, *steps)), written).value


def law_of(stay: Stay, path: str, values: Values) -> stays.LawOfStay:
    """The engine's law of a stay; `path` is the stay's own path."""
    return LAWS[stay.kind](stay, At(path, values))


Maker = Callable[[Stay, At], stays.LawOfStay]


def _named(key: str, law: Callable[..., stays.LawOfStay]) -> Maker:
    """For a law whose numbers have one name in the language and in the engine."""

    def make(stay: Stay, at: At) -> stays.LawOfStay:
        part = getattr(stay, key)
        names = type(part).model_fields
        return law(**{name: at.number(getattr(part, name), key, name) for name in names})

    return make


def _fixed(stay: Stay, at: At) -> stays.LawOfStay:
    assert stay.fixed is not None  # the kind says that it is there
    return stays.Fixed(at.number(stay.fixed, "fixed"))


def _never(_stay: Stay, _at: At) -> stays.LawOfStay:
    return stays.Never()


def _piecewise(stay: Stay, at: At) -> stays.LawOfStay:
    """A share s of those there that leaves within a day is a hazard of -ln(1 - s) a day."""
    kept: list[tuple[float, float]] = []
    for i, piece in enumerate(stay.piecewise or ()):
        where = ("piecewise", str(i))
        until = math.inf if piece.until is None else at.number(piece.until, *where, "until")
        if not kept or until > kept[-1][0]:  # else a draw has left it no days
            kept.append((until, -math.log1p(-at.number(piece.rate, *where, "rate"))))
    return stays.Piecewise(tuple(kept))


def _quantiles(stay: Stay, _at: At) -> stays.LawOfStay:
    # A draw may have moved one beyond its neighbour.
    grown = accumulate((days.value for _, days in stay.points), max)
    shares = [share for share, _ in stay.points]
    return stays.Empirical(tuple(zip(shares, grown, strict=True)))


def _mixture(stay: Stay, at: At) -> stays.LawOfStay:
    total = sum(share.value for share, _ in stay.parts)  # a draw may have moved it off one
    return stays.Mixture(
        tuple(
            (share.value / total, law_of(part, f"{at.path}.mixture.{i}.stay", at.values))
            for i, (share, part) in enumerate(stay.parts)
        )
    )


LAWS: dict[str, Maker] = {
    "exponential": _named("exponential", stays.Exponential),
    "lognormal": _named("lognormal", stays.Lognormal),
    "weibull": _named("weibull", stays.Weibull),
    "gamma": _named("gamma", stays.Gamma),
    "fixed": _fixed,
    "indefinite": _never,
    "piecewise": _piecewise,
    "quantiles": _quantiles,
    "mixture": _mixture,
}
"""Key of a stay -> how its law is made."""


def stage_law(stage: Stage, path: str, values: Values) -> stays.LawOfStay:
    """The law of the time really served in a stage: its stay times the share served, without what
    is remitted for good conduct, but at least the minimum and never more than all of it."""
    if stage.stay is None:  # until the sentence ends with which the stage does
        return stays.Never()
    law = law_of(stage.stay, f"{path}.stay", values)
    share = values.get(f"{path}.share", stage.share)
    remitted = values.get(f"{path}.good_time", stage.good_time)
    factor = 1.0 if share is None else share.value
    factor *= 1.0 if remitted is None else 1 - remitted.value
    least = values.get(f"{path}.minimum", stage.minimum)
    if factor == 1.0:
        return law
    return stays.Scaled(law, factor) if least is None else stays.AtLeast(law, factor, least.value)


def exits_of(
    pathway: Pathway, name: str, path: str, group: GroupName, values: Values
) -> tuple[Exit, ...]:
    """Where the stage `name` leads; a way out from which some return is split into those who will
    and won't.

    `group` names the stages that it leads to.
    """
    stage = pathway[name]
    written = pathways.exits(stage)
    if not written:
        return (Exit("released", 1.0),)  # nobody ever gets there
    # By name: the order of a file decides neither who takes which exit nor how shares round.
    known = {name: values.get(f"{path}.exits.{name}", written[name]) for name in sorted(written)}
    back = pathways.returning(pathway, name)
    found: list[Exit] = []
    for name, share in pathways.exit_shares(known).items():
        if name in pathways.stages(pathway):
            found.append(Exit(name, share, group.stage(name)))
        elif name in back:
            returning = back[name].share.value
            found.append(Exit(name, share * (1 - returning)))
            found.append(Exit(name, share * returning, group.stage(at_liberty(name))))
        else:
            found.append(Exit(name, share))
    return tuple(found)


def risks_of(pathway: Pathway, name: str, group: GroupName) -> tuple[Risk, ...]:
    """The risks of the stage `name`, by name. A share of s within a year of those held is a
    constant hazard of -ln(1 - s) / 365.25 a day; of a way out from which some return it is split as
    exits are."""
    back = pathways.returning(pathway, name)
    found: list[Risk] = []
    for way, share in sorted((pathway[name].risks or {}).items()):
        rate = -math.log1p(-share.value) / DAYS_A_YEAR
        returning = back[way].share.value if way in back else 0.0
        found.append(Risk(way, rate * (1 - returning)))
        found.append(Risk(way, rate * returning, group.stage(at_liberty(way))))
    return tuple(risk for risk in found if risk.rate > 0)
