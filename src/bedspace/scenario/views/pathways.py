"""What a pathway says once its defaults are filled in."""

from __future__ import annotations

from collections.abc import Mapping

from bedspace.rules.law import CustodyStatus
from bedspace.scenario.model.custody import WAYS_OUT, Group, Pathway, Returns, Stage
from bedspace.scenario.model.estate import Elsewhere, System
from bedspace.scenario.values.quantities import Quantity, plain


def stages(pathway: Pathway) -> dict[str, Stage]:
    """The stages in custody, in the order of the file."""
    return {name: stage for name, stage in pathway.items() if name not in WAYS_OUT}


def returns(pathway: Pathway) -> dict[str, Returns]:
    """Way out -> who comes back after it."""
    return {
        name: stage.returns
        for name, stage in pathway.items()
        if name in WAYS_OUT and stage.returns is not None
    }


def returning(pathway: Pathway, stage: str) -> dict[str, Returns]:
    """The same of those who leave one stage: to a stage that ends with a sentence only they return
    whose sentence it is."""
    begun = {stage, pathway[stage].sentence, pathway[stage].ends_with}
    found = returns(pathway)
    ends = {way: pathway[back.to or entry(pathway)].ends_with for way, back in found.items()}
    return {way: back for way, back in found.items() if ends[way] is None or ends[way] in begun}


def entry(pathway: Pathway) -> str:
    """The stage where the pathway begins: the one that no exit leads to, nor (where there are
    several such) a return."""
    inside = stages(pathway)
    led_to = {to for stage in inside.values() for to in stage.exits or {}}
    back = {found.to for found in returns(pathway).values()}
    begins = [name for name in inside if name not in led_to]
    return next((name for name in begins if name not in back), begins[0])


def status(name: str, stage: Stage) -> CustodyStatus:
    """remand, sentenced, recalled, indefinite or immigration."""
    return stage.status or name  # type: ignore[return-value]  # checked when the file was read


def hearings(pathway: Pathway) -> set[str]:
    """The hearings that its stages wait for."""
    return {stage.queue for stage in stages(pathway).values() if stage.queue is not None}


def exits(stage: Stage) -> dict[str, Quantity]:
    """Where a stage leads, with the default filled in; empty for an indefinite one."""
    if stage.stay is not None and stage.stay.indefinite:
        return {}
    return stage.exits or {"released": plain(1.0, "share")}


def exit_shares(shares: Mapping[str, Quantity]) -> dict[str, float]:
    """Shares that sum to one, also after a draw.

    Drawn ones (with a range) keep their value and the others give way in proportion; where that
    cannot be, all are scaled.
    """
    drawn = {k: q.value for k, q in shares.items() if q.low is not None and q.low != q.high}
    firm = {k: q.value for k, q in shares.items() if k not in drawn}
    left, rest = 1 - sum(drawn.values()), sum(firm.values())
    if left >= 0 and rest > 0:
        scaled = drawn | {k: v * left / rest for k, v in firm.items()}
    else:
        total = sum(drawn.values()) + rest
        scaled = {k: q.value / total for k, q in shares.items()}
    return {k: scaled[k] for k in shares}


def facilities(system: System, group: Group, stage: Stage) -> tuple[str, ...]:
    """Where a stage of a group may be held, in the order in which they are tried: the stage's list,
    the group's, or all by name but the one where people wait for a place (the order in which a file
    declares them changes nothing); of these the secure enough; by distance or level if the system
    places people so."""
    every = tuple(sorted(name for name in system.facilities if name != elsewhere(system)))
    listed = stage.facilities or group.facilities or every
    if group.security is not None:
        listed = tuple(f for f in listed if level(system, f) >= _needed(system, group))
    if system.placement == "nearest":
        return tuple(sorted(listed, key=lambda name: group.distances[name].value))
    if system.placement == "by-security":
        return tuple(sorted(listed, key=lambda name: level(system, name)))
    return listed


def level(system: System, facility: str) -> int:
    """A facility's level of security, the lowest 0, in a system that has levels."""
    return system.security_levels.index(system.facilities[facility].security or "")


def _needed(system: System, group: Group) -> int:
    return system.security_levels.index(group.security or "")


def elsewhere(system: System) -> str | None:
    """The facility that holds people for want of a place, if there is one."""
    return system.when_full.elsewhere if isinstance(system.when_full, Elsewhere) else None
