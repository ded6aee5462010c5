"""What a count rests on is found: a number that changes a table is among them, whichever it is."""

from pathlib import Path

import pytest

from bedspace import compile as compiler
from bedspace import engine, ensemble, scenario
from bedspace.appraisal.members.basis import Basis
from bedspace.ensemble import members
from bedspace.exceptions import PlanError
from bedspace.results.frames import Frame
from bedspace.results.tables import BUILDERS, Member
from bedspace.scenario import Scenario, paths

SHIPPED = [name for name in scenario.names() if name != "us-prisons"]
FACTORS = (0.6, 1.7)
LAPSING = """\
bedspace: 1
title: Renewals, distances and a measure that may lapse
extends: two-hundred-places
systems:
  homeland:
    placement: nearest
    groups:
      ordinary: {distances: {north: 10 km, south: 40 km}}
agreements:
  lease:
    renewal: {every: 200 d, chance: 70 %}
    in_force: 80 %
measures:
  wider:
    on: 2026-01-01
    set: {homeland.facilities.south.places: 5500}
    renewed: {every: 60 d, chance: 80 %}
"""


@pytest.fixture
def lapsing(tmp_path: Path) -> Scenario:
    file = tmp_path / "lapsing.yaml"
    file.write_text(LAPSING, encoding="utf-8")
    return scenario.load(str(file))


def perturbed(scn: Scenario, path: str) -> list[Scenario]:
    """The scenario with the number at a path made smaller, and greater; shares stay shares."""
    value = paths.numbers(scn)[path].value
    top = 1.0 if paths.numbers(scn)[path].unit == "share" else float("inf")
    changed = {min(value * factor, top) for factor in FACTORS} - {value}
    return [scenario.with_values(scn, {path: v}) for v in sorted(changed)]


def plan(scn: Scenario) -> engine.Plan | None:
    try:
        return compiler.plan(scn)
    except PlanError:
        return None


def inputs(scn: Scenario) -> list[str]:
    return [path for path in paths.numbers(scn) if not paths.NO_INPUT.match(path)]


def rests_on(scn: Scenario, *systems: str) -> set[str]:
    return {item.id for item in Basis(scn).simulated("count", "counted", systems).rests_on}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_number_that_changes_the_plan_is_found(name: str) -> None:
    scn = scenario.load(name)
    before, found = compiler.plan(scn), rests_on(scn, *scn.systems)
    changing = [p for p in inputs(scn) if any(plan(own) != before for own in perturbed(scn, p))]
    assert changing
    assert not set(changing) - found


def test_chances_and_distances_are_found(lapsing: Scenario) -> None:
    """The three that a list kept by hand had missed, and the chance of entry into force."""
    assert {
        "agreements.lease.renewal.every",
        "agreements.lease.renewal.chance",
        "agreements.lease.in_force",
        "measures.wider.renewed.every",
        "measures.wider.renewed.chance",
        "homeland.groups.ordinary.distances.north",
        "homeland.groups.ordinary.distances.south",
    } <= rests_on(lapsing, "homeland")


def test_a_draw_that_changes_a_lapse_is_found(lapsing: Scenario) -> None:
    """What the draws of ten members say of the renewals, with each number changed in turn."""

    def lapses(scn: Scenario) -> list[dict[str, float]]:
        drawn = [members.draw(scn, 1, m)[1] for m in range(10)]
        return [{p: v for p, v in one.items() if p not in paths.numbers(scn)} for one in drawn]

    before, found = lapses(lapsing), rests_on(lapsing, "homeland")
    changing = [
        p for p in inputs(lapsing) if any(lapses(own) != before for own in perturbed(lapsing, p))
    ]
    assert "agreements.lease.renewal.chance" in changing
    assert not set(changing) - found


def rows(frame: Frame, system: str) -> list[tuple[object, ...]]:
    """The rows of a table in which some word is a system's name."""
    numbers = [column.tolist() for column in frame.numbers.values()]
    words = [[w[c] for c in key.codes] for key in frame.keys for w in key.words.values()]
    made = zip(*numbers, *words, strict=True)
    return [row for row in made if any(str(cell).split("/")[0] == system for cell in row)]


def tables(scn: Scenario, system: str) -> list[object] | None:
    """Every row of a run that names a system, of one member without its draws."""
    try:
        made = compiler.plan(scn)
    except PlanError:
        return None
    member = Member(0, scn.start, made, engine.simulate(made, 1, 0), {})
    return [rows(BUILDERS[name](member), system) for name in BUILDERS if name != "draws"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["two-hundred-places", "cecot-offer#grant", "sweden-estonia"])
def test_what_changes_a_system_s_tables_is_found_for_that_system(name: str) -> None:
    scn = scenario.load(name)
    before = {system: tables(scn, system) for system in scn.systems}
    found = {system: rests_on(scn, system) for system in scn.systems}
    read = ensemble.reads(scn)
    for path in inputs(scn):
        if path not in read:
            continue  # the plan does not change: tested above
        for own in perturbed(scn, path)[:1]:
            for system in scn.systems:
                if path not in found[system]:
                    assert tables(own, system) == before[system], (path, system)
