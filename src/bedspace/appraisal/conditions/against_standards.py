"""Conditions where people would be held: measured against each standard, saying whom it binds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bedspace.appraisal.conditions import crowding
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input, Number, Rule
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.members import counts
from bedspace.appraisal.members.use import Use
from bedspace.compile import REGIME_WORDS, cell_kind, regime_readings
from bedspace.rules import standards
from bedspace.rules.countries import binds_words
from bedspace.rules.standards import Check, Reading, Standard
from bedspace.scenario.model.estate import Cells, Facility, Regime
from bedspace.scenario.values.quantities import Quantity

ALIKE = 0.005
"""Two numbers of people in a cell nearer than this are one: 156 and 40000 / 256."""


@dataclass(frozen=True)
class Occupancy:
    """A number of people in one cell, who says so, and what it rests on."""

    people: float
    said: tuple[str, ...]
    inputs: tuple[Input, ...]

    @property
    def words(self) -> str:
        """Who says so, all together."""
        return "; ".join(self.said)


def facility_of(use: Use) -> Facility:
    """The facility of the agreement."""
    agreement = use.agreement
    return use.ensemble.scn.systems[agreement.receiving].facilities[agreement.facility]


def _prefix(use: Use) -> str:
    return f"{use.agreement.receiving}.facilities.{use.agreement.facility}"


def _name(use: Use) -> str:
    return facility_of(use).title or use.agreement.facility


@once
def occupancies(use: Use) -> list[Occupancy]:
    """Every number of people in a cell that is stated or follows from a claimed capacity, fewest
    first; those that say nearly the same number stand together."""
    cells = facility_of(use).cells
    if cells is None:
        return []
    found = [one for one in _stated(use, cells) if one.people > 0]
    kept: list[Occupancy] = []
    for one in sorted(found, key=lambda o: o.people):
        last = kept[-1] if kept else None
        if last is None or one.people > last.people * (1 + ALIKE):
            kept.append(one)
        else:
            said = tuple(dict.fromkeys((*last.said, *one.said)))
            inputs = tuple({i.id: i for i in (*last.inputs, *one.inputs)}.values())
            kept[-1] = Occupancy(last.people, said, inputs)
    return kept


def _stated(use: Use, cells: Cells) -> Iterator[Occupancy]:
    path = f"{_prefix(use)}.cells"
    if cells.occupants is not None:
        number = use.basis.number(f"{path}.occupants")
        yield Occupancy(cells.occupants.value, ("as seen or stated",), (number,))
        for dispute in cells.occupants.disputed_by:
            yield Occupancy(dispute.value, (dispute.note or "as others state",), (number,))
        for end, word in ((cells.occupants.low, "lowest"), (cells.occupants.high, "highest")):
            if end is not None:
                yield Occupancy(end, (f"{word} plausible",), (number,))
    if cells.bunks is not None:
        yield Occupancy(cells.bunks.value, ("one to a bunk",), use.basis.numbers([f"{path}.bunks"]))
    stated, count = facility_of(use).places, cells.count.value
    inputs = use.basis.numbers([f"{_prefix(use)}.places", f"{path}.count"])
    for places in (stated.value, *(d.value for d in stated.disputed_by)):
        yield Occupancy(places / count, (f"{places:,.0f} in {count:,.0f} cells",), inputs)


@once
def floor_area(use: Use) -> list[tuple[Occupancy, Figure, Reading]]:
    """Floor area a person at every stated occupancy."""
    cells = facility_of(use).cells
    if cells is None or cells.floor is None:
        return []
    floor, inputs, sanitary = _floor(use, cells)
    found = []
    for one in occupancies(use):
        reading = standards.floor_area_per_person(floor.value, one.people, sanitary)
        assert isinstance(reading.value, float)
        figure = Figure(
            f"{use.id}.area.{one.people:.4g}",
            f"Floor area a person, {one.people:.4g} in a cell",
            reading.value,
            "m2",
            "floor area of a cell / people in it",
            (*inputs, *one.inputs),
            note=reading.note,
        )
        found.append((one, figure, reading))
    return found


def _floor(use: Use, cells: Cells) -> tuple[Quantity, tuple[Number, ...], bool]:
    path = f"{_prefix(use)}.cells"
    assert cells.floor is not None
    names = [f"{path}.floor"]
    flag = cells.floor_includes_sanitary
    if flag is not None:
        names.append(f"{path}.floor_includes_sanitary")
    # Where nobody says whether the sanitary area is in it, the area is still no more than this.
    return cells.floor, use.basis.numbers(names), flag is None or flag.value


@once
def simulated_area(use: Use) -> tuple[Figure, Figure] | None:
    """People in a cell and floor area a person in the run, on average over the term; None without
    cells or outside the run. Everybody in the facility counts, spread evenly over its cells."""
    cells = facility_of(use).cells
    held = _held(use)
    if cells is None or cells.floor is None or not held:
        return None
    counted = use.basis.simulated(
        f"{use.id}.run.held",
        f"people in {use.agreement.facility} on the days of the term",
        [use.agreement.receiving],
        [use.id],
    )
    count = [
        s.systems[use.agreement.receiving].facilities[use.agreement.facility].cells
        for s in use.ensemble.drawn
    ]
    pairs = [(n, c) for n, c in zip(held, count, strict=True) if c is not None and n > 0]
    floor, inputs, sanitary = _floor(use, cells)
    people = making.figure(
        f"{use.id}.area.people",
        "People in a cell in the simulation",
        "people",
        [n / c.count.value for n, c in pairs],
        "mean people in the facility over the term / cells",
        (counted, use.basis.number(f"{_prefix(use)}.cells.count")),
        "" if pairs else "nobody is held there",
    )
    note = "an upper bound: the floor includes the sanitary area" if sanitary else ""
    area = making.ratio(
        f"{use.id}.area.simulated",
        "Floor area a person in the simulation",
        "m2",
        [((c.floor or floor).value * c.count.value, n) for n, c in pairs],
        "floor area of a cell / people in it",
        (people, *inputs),
        note or people.note,
    )
    return people, area


def _held(use: Use) -> list[float]:
    if not use.spans:
        return []
    first, end = use.spans[0].first, use.spans[-1].end
    query = (
        f"SELECT member, sum(people) / {(end - first).days} FROM scenario_population "
        "WHERE system = $system AND facility = $facility AND day >= $first AND day < $end "
        "GROUP BY ALL"
    )
    where = {"system": use.agreement.receiving, "facility": use.agreement.facility}
    asked = where | {"first": first, "end": end}
    return counts(use.ensemble.comparison, query, use.ensemble.members, asked).get((), [])


def checks(use: Use, area: Reading | None) -> tuple[Check, ...]:
    """Every standard against the regime and one floor area."""
    scn, agreement = use.ensemble.scn, use.agreement
    facility = facility_of(use)
    readings = regime_readings(facility.regime)
    if area is not None:
        readings["floor_area_per_person"] = area
    return standards.check(
        readings,
        standards.standards(),
        receiving=scn.systems[agreement.receiving].country or agreement.receiving,
        sending=scn.systems[agreement.sending].country or agreement.sending,
        cell=cell_kind(facility) or "shared cell",
    )


def tables(use: Use) -> tuple[Table, ...]:
    """Floor area by occupancy, every other standard, and crowding."""
    return tuple(t for t in (_areas(use), _regime(use), crowding.table(use)) if t)


def _areas(use: Use) -> Table | None:
    areas = floor_area(use)
    if not areas:
        return None
    asked = [
        c.standard
        for c in checks(use, areas[0][2])
        if c.standard.measure == "floor_area_per_person" and c.standard.threshold
    ]
    rows: list[tuple[Cell, ...]] = []
    for one, figure, reading in areas:
        found = {c.standard.id: c for c in checks(use, reading)}
        cells = [_meets(use, figure, found[s.id]) for s in asked]
        rows.append((f"{one.people:.4g} in a cell: {one.words}", figure, *cells))
    run = simulated_area(use)
    if run is not None and isinstance(run[1].value, float):
        reading = Reading(run[1].value, "m2", areas[0][2].is_upper_bound, run[1].note)
        found = {c.standard.id: c for c in checks(use, reading)}
        cells = [_meets(use, run[1], found[s.id]) for s in asked]
        rows.append(("In the simulation, mean over the term", run[1], *cells))
        rows.append((run[0].title, run[0], *[None for _ in asked]))
    heads = tuple(f"{s.threshold:g} m2: {s.citation} ({_bound(use, s.id)})" for s in asked)
    note = "An upper bound: the floor includes the sanitary area, which the standards leave out."
    return Table(
        f"{use.id}.areas",
        f"Floor area a person in {_name(use)}",
        ("People in a cell", "Area", *heads),
        tuple(rows),
        note if areas[0][2].is_upper_bound else "",
    )


def _bound(use: Use, standard: str) -> str:
    """Whom a standard binds, of the two systems: in words."""
    check = next(c for c in checks(use, None) if c.standard.id == standard)
    who = [
        name
        for name, binds in (
            ("the receiver", check.binds_receiver),
            ("the sender", check.binds_sender),
        )
        if binds
    ]
    if who:
        return f"binds {' and '.join(who)}"
    return "binds neither" if check.standard.binding else "advisory"


def _meets(use: Use, figure: Figure, check: Check) -> Figure:
    words = {True: "met", False: "not met", None: "not decided"}[check.meets]
    return making.say(
        f"{figure.id}.{check.standard.id}",
        f"{figure.title}: {check.standard.title}",
        words,
        f"{check.standard.direction} {check.standard.threshold:g} {check.standard.unit}",
        (figure, rule_of_standard(check.standard)),
        check.note,
    )


def _regime(use: Use) -> Table | None:
    facility = facility_of(use)
    if facility.regime is None:
        return None
    given = _numbers_of(use)
    rows: list[tuple[Cell, ...]] = []
    for check in checks(use, None):
        standard = check.standard
        if standard.measure == "floor_area_per_person":
            continue
        words = {True: "met", False: "not met", None: "not decided"}[check.meets]
        rules = [rule_of_standard(standard)]
        figure = making.say(
            f"{use.id}.standard.{standard.id}",
            standard.title,
            words,
            "the regime as stated against the standard",
            (*given.get(standard.measure, ()), *rules),
            check.note,
        )
        rows.append(
            (
                standard.title,
                _measured(check),
                figure,
                check.note,
                standard.citation,
                _bound(use, standard.id),
            )
        )
    if not rows:
        return None
    return Table(
        f"{use.id}.regime",
        f"The day in {_name(use)}",
        ("Standard", "Stated", "Result", "Note", "Citation", "Binds"),
        tuple(rows),
        "Conditions as stated, not as inspected. What nobody has measured is not decided.",
    )


def _numbers_of(use: Use) -> dict[str, tuple[Number, ...]]:
    """The numbers of the regime by the measure of the standards that they are for."""
    found: dict[str, tuple[Number, ...]] = {}
    for key in Regime.model_fields:
        for measure in standards.readings_of_regime({REGIME_WORDS.get(key, key): 0.0}):
            given = use.basis.below(f"{_prefix(use)}.regime.{key}")
            found[measure] = (*found.get(measure, ()), *given)
    return found


def _measured(check: Check) -> str:
    if check.measured is None or check.measured.value is None:
        return "not stated"
    value = check.measured.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g} {check.measured.unit}"


def rule_of_standard(standard: Standard) -> Rule:
    """A standard as an input."""
    binds = binds_words(standard.binds) if standard.binding else ""
    as_of = str(standard.year) if standard.year else None
    return Rule(standard.id, standard.text, standard.citation, standard.grade, as_of, binds)
