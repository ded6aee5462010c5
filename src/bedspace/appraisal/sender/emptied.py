"""What becomes empty at home, facility by facility, and what all of it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import assert_never

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input, Number, Simulated
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, costs, freed, priced, rungs
from bedspace.rules import fees

_WORDS = {
    "fewer": (
        "Person-days fewer",
        "person-days",
        "people held without it less people held with it",
    ),
    "wings": ("Wing-years empty", "wing-years", "wings that every day of a month could do without"),
    "prisons": ("Prison-years empty", "prison-years", "months in which nobody at all is held"),
}
"""Kinds of what is empty: title, unit, how it is counted."""


def counted(use: Use) -> Simulated:
    """The counts of both runs that all of this is made of."""
    sending = use.agreement.sending
    return use.basis.simulated(
        f"{use.id}.run.home",
        f"people in the facilities of {sending} on each day of the term, without it and with it",
        [sending],
        [use.id],
    )


@once
def empty(use: Use, kind: str, facility: str) -> Figure:
    """What is empty of a kind of _WORDS, in one facility or (without a name) in all."""
    title, unit, how = _WORDS[kind]
    values = []
    for one in rungs.of(use):
        found = {"fewer": one.fewer, "wings": one.wing_years, "prisons": one.prison_years}[kind]
        values.append(found[facility] if facility else sum(found.values()))
    where = facility or use.agreement.sending
    return making.figure(
        f"{use.id}.home.{kind}.{facility or 'all'}",
        f"{title} in {where}",
        unit,
        values,
        f"{how}, over the term{_again(use)}",
        (counted(use), *sizes(use), *again(use)),
    )


@once
def unbuilt(use: Use) -> Figure:
    """Places that need not be built: those that people above capacity would want."""
    return making.figure(
        f"{use.id}.home.unbuilt",
        f"Places not built in {use.agreement.sending}",
        "place-years",
        [one.place_years for one in rungs.of(use)],
        "person-days above capacity without it, less those with it, / 365.25 days" + _again(use),
        (counted(use), *again(use)),
    )


@once
def whole(use: Use) -> Figure:
    """All that the facilities and the places wanting cost, of which nothing more can be saved."""
    id_ = f"{use.id}.home.whole"
    title = f"All that {use.agreement.sending} costs in the term"
    inputs: tuple[Input, ...] = (
        counted(use),
        *money(use, "fixed", "variable", "place", "running"),
    )
    currency = str(avoided.currency(use, "short-run"))
    values = [
        fees.rounded(sum(one.whole.values(), Decimal(0)), currency)
        for one in rungs.of(use)
        if one.whole is not None
    ]
    return making.figure(
        id_,
        title,
        currency,
        values,
        "fixed cost x years + variable cost x person-days without it, and a building for everybody "
        "above capacity",
        inputs,
        "" if values else "a fixed cost is not given",
    )


def money(use: Use, *kinds: str) -> tuple[Number, ...]:
    """The sums of some kinds that are given."""
    found = avoided.facility_costs(use.ensemble.scn, use.agreement.sending)
    return priced.inputs(use.basis, (one.path for one in found if one.kind in kinds))


def sizes(use: Use) -> tuple[Number, ...]:
    """The places of each facility's wings."""
    scn, sending = use.ensemble.scn, use.agreement.sending
    return use.basis.numbers(
        f"{sending}.facilities.{name}.costs.wings.places"
        for name, facility in scn.systems[sending].facilities.items()
        if facility.costs is not None and facility.costs.wings is not None
    )


def again(use: Use) -> tuple[Number, ...]:
    """The share of freed places that is filled again, where it is given."""
    if use.agreement.refilled is None:
        return ()
    return use.basis.numbers([f"agreements.{use.id}.refilled"])


def multiples(use: Use) -> tuple[Number, ...]:
    """What each eligible group costs as a multiple of others, where it is given."""
    scn, sending = use.ensemble.scn, use.agreement.sending
    found = (costs.paths_of(scn, sending, group).times for group in use.agreement.eligible.groups)
    return use.basis.numbers(path for path in found if path)


def inputs(use: Use, rung: costs.Rung) -> tuple[Input, ...]:
    """What a rung adds to the one before it."""
    match rung:
        case "short-run":
            variable = money(use, "variable")
            return (empty(use, "fewer", ""), *variable, *multiples(use))
        case "wings":
            steps = (empty(use, "wings", ""), empty(use, "prisons", ""))
            return (*steps, *money(use, "saved", "closing"))
        case "long-run":
            sending = use.agreement.sending
            found = use.ensemble.scn.systems[sending].costs
            if found is None or found.building is None:
                return (unbuilt(use),)
            life = use.basis.numbers([f"{sending}.costs.building.life"])
            return (unbuilt(use), *money(use, "place", "running"), *life)
        case _:
            assert_never(rung)


def table(use: Use) -> Table | None:
    """What is empty in each facility that changes; None where no rung can be told."""
    if not avoided.laddered(use) or avoided.why_none(use, "short-run"):
        return None
    names = _changed(use)
    kinds = [kind for kind in _WORDS if kind == "fewer" or _told(use, kind)]
    rows: list[tuple[Cell, ...]] = []
    for name in (*names, "") if len(names) > 1 else names:
        figures = [empty(use, kind, name) for kind in kinds]
        rows.append((_title(use, name) if name else "All of them", *figures))
    titles = [_WORDS[kind][0] for kind in kinds]
    return Table(
        f"{use.id}.home",
        "What becomes empty at home",
        ("", *titles),
        tuple(rows),
        _note(use),
    )


def limits(use: Use) -> Table | None:
    """Places that need not be built, and all there is to save; None where no rung can be told."""
    if not avoided.laddered(use) or avoided.why_none(use, "short-run"):
        return None
    rows: tuple[tuple[Cell, ...], ...] = tuple((f.title, f) for f in (unbuilt(use), whole(use)))
    title = "Places not built, and all there is to save"
    return Table(f"{use.id}.home-whole", title, ("", "Figure"), rows)


def _changed(use: Use) -> Sequence[str]:
    found = freed.of(use)
    moved = (found.held[0] != found.held[1]).any(axis=(0, 1))
    return [name for name, was in zip(found.facilities, moved, strict=True) if was]


def _told(use: Use, kind: str) -> bool:
    """Whether any facility says what an empty wing, or an empty prison, saves."""
    facilities = use.ensemble.scn.systems[use.agreement.sending].facilities.values()
    given = [f.costs for f in facilities if f.costs is not None]
    if kind == "wings":
        return any(own.wings is not None for own in given)
    return any(own.closing is not None for own in given)


def _title(use: Use, name: str) -> str:
    facility = use.ensemble.scn.systems[use.agreement.sending].facilities.get(name)
    return (facility.title if facility else None) or name


def _again(use: Use) -> str:
    return "; less the share filled again" if use.agreement.refilled is not None else ""


def _note(use: Use) -> str:
    said = [
        "Counted in the simulation. At home people are placed wherever there is room, so a "
        "few fewer "
        "seldom empty a wing."
    ]
    others = avoided.shared(use)
    if others:
        said.append(f"Shared with {', '.join(others)} by their place-days.")
    if _differs(use):
        said.append("The two runs differ by more than the agreement, and all of it counts here.")
    return " ".join(said)


def _differs(use: Use) -> bool:
    """Whether the baseline has other systems, or measures on anything but agreements."""
    scn, base = use.ensemble.scn, use.ensemble.base
    if scn.systems != base.systems:
        return True
    mine, theirs = (
        {name: m for name, m in s.measures.items() if not _of_agreements(m.set)}
        for s in (scn, base)
    )
    return mine != theirs


def _of_agreements(paths: Iterable[str]) -> bool:
    return all(path.startswith("agreements.") for path in paths)
