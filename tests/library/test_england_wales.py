"""england-wales: its typed figures are those of the tables, and its measure does what it says."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from bedspace import ensemble, results, scenario
from bedspace.scenario import Quantity, Scenario, paths

ROOT = Path(__file__).parents[2]
TABLES = ROOT.parent / "shared" / "data" / "ew_prisoncap"
GROUPS = {
    "short": "standard-short",
    "long": "standard-long",
    "excluded-short": "excluded-short",
    "excluded-long": "excluded-long",
}
FIRST, SECOND = date(2024, 9, 10), date(2024, 10, 22)
MEMBERS = 2


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ew", ROOT / "scripts/derive_england_wales.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["ew"] = module
    spec.loader.exec_module(module)
    return module


DERIVE = _script()


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    if not TABLES.exists():
        pytest.skip("the tables of prisoncap are not beside this clone")
    return DERIVE


@pytest.fixture(scope="module")
def scn() -> Scenario:
    return scenario.load("england-wales")


def at(scn: Scenario, path: str) -> Quantity:
    return paths.get(scn, f"england-wales.{path}")


def a_year(q: Quantity) -> list[float]:
    """Value and range of a rate, in people a year."""
    return [365.25 * x for x in (q.value, q.low, q.high) if x is not None]


# --- typed figures ------------------------------------------------------------------------------


def test_stocks_are_those_of_the_last_composition(scn: Scenario, tables: ModuleType) -> None:
    held = tables.composition()
    for group, kind in (
        ("remand", "remand"),
        ("indeterminate", "indeterminate"),
        ("recalled", "recall"),
    ):
        assert at(scn, f"groups.{group}.stock").value == held[kind]
    others = at(scn, "groups.others.stock").value
    assert others == held["non_criminal"] + held["fine_default"]
    sentenced = sum(at(scn, f"groups.{name}.stock").value for name in GROUPS.values())
    assert sentenced == held["determinate"]
    assert sentenced + others + 14_733 + 8_529 + 10_779 == held["total"]


@pytest.mark.parametrize("group", list(GROUPS))
def test_determinate_groups_rederive(scn: Scenario, tables: ModuleType, group: str) -> None:
    stock, flow = tables.sentenced()[group]
    name = GROUPS[group]
    assert at(scn, f"groups.{name}.stock").value == round(stock)
    low, high = tables.spread()
    rate = at(scn, f"groups.{name}.admissions.rate")
    assert a_year(rate) == pytest.approx([flow, flow * low, flow * high], abs=0.6)
    stage = scn.systems["england-wales"].pathways[name]["sentenced"]
    assert stage.share is not None and stage.share.value == tables.SERVED[group]
    typed = [(share, q.value / (365.25 / 12)) for share, q in stage.stay.points]
    for got, want in zip(typed, tables.quantiles(group), strict=True):
        assert got == pytest.approx(want, abs=6e-5)


@pytest.mark.parametrize("group", list(GROUPS))
def test_each_stock_is_level(scn: Scenario, group: str) -> None:
    """Little's law by hand: admissions times the mean time served is the stock."""
    name = GROUPS[group]
    stage = scn.systems["england-wales"].pathways[name]["sentenced"]
    points = stage.stay.points
    mean = sum((s2 - s1) * (d1.value + d2.value) / 2 for (s1, d1), (s2, d2) in pairwise(points))
    assert stage.share is not None
    steady = at(scn, f"groups.{name}.admissions.rate").value * mean * stage.share.value
    assert steady == pytest.approx(at(scn, f"groups.{name}.stock").value, rel=1e-3)


@pytest.mark.parametrize("variant", ["fewer", "more"])
def test_other_exclusions_rederive(scn: Scenario, tables: ModuleType, variant: str) -> None:
    other = scenario.load(f"england-wales#{variant}-excluded")
    for group, (stock, _) in tables.sentenced(variant).items():
        path = f"groups.{GROUPS[group]}"
        assert at(other, f"{path}.stock").value == round(stock)
        times = stock / at(scn, f"{path}.stock").value
        rate = at(scn, f"{path}.admissions.rate").value * times
        assert at(other, f"{path}.admissions.rate").value == pytest.approx(rate, rel=1e-3)


def test_the_rest_rederives(scn: Scenario, tables: ModuleType) -> None:
    held = tables.composition()
    recalls = [int(row["recalls"]) for row in tables.table("releases_recalls_annual")]
    rate = at(scn, "groups.recalled.admissions.rate")
    assert a_year(rate) == pytest.approx([recalls[-1], min(recalls), max(recalls)])
    stay = at(scn, "pathways.recalled.recalled.stay.exponential.mean").value
    assert stay == pytest.approx(held["recall"] / recalls[-1] * 365.25, abs=0.05)

    row = tables.table("custody_by_sentence_length")[len(tables.BOUNDS)]
    assert row.pop("sentence_band") == "life"
    lives = [int(n) for n in row.values()]
    rate = at(scn, "groups.indeterminate.admissions.rate")
    assert a_year(rate) == pytest.approx([lives[-1], min(lives), max(lives)])
    stay = at(scn, "pathways.indeterminate.indefinite.stay.lognormal.mean").value
    assert stay / 365.25 == pytest.approx(held["indeterminate"] / lives[-1], abs=0.05)

    rate = at(scn, "groups.remand.admissions.rate")
    rows = {row["ref_date"]: row for row in tables.table("composition_actuals")}
    down = int(rows["2021-07-01"]["remand"]) / held["remand"]
    level = held["remand"] / 120
    assert [rate.value, rate.low, rate.high] == pytest.approx(
        [level, level * down, level / down], abs=0.06
    )
    assert at(scn, "groups.others.admissions.rate").value == pytest.approx(796 / 60, abs=0.05)


def test_places_and_history_are_those_of_the_bulletins(scn: Scenario, tables: ModuleType) -> None:
    rows = {row["date"]: row for row in tables.table("population_capacity_monthly")}
    capacity = {day: int(row["useable_operational_capacity"]) for day, row in rows.items()}
    places = at(scn, "facilities.estate.places")
    assert (places.value, places.low, places.high) == (
        capacity["2022-12-30"],
        capacity["2021-12-31"],
        capacity["2011-01-28"],
    )
    history = scn.systems["england-wales"].observed
    assert len(history) == 10 and sum(row.scored is True for row in history) == 1
    for row in history:
        assert row.population is not None
        assert row.population.value == int(rows[str(row.date)]["population"])
        assert row.scored is (row.date > scn.start)


# --- the measure --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[results.Comparison]:
    """With and without the measure, the same members, to the end of 2024."""
    folder = tmp_path_factory.mktemp("england-wales")
    file = folder / "short.yaml"
    file.write_text("bedspace: 1\nextends: england-wales\nend: 2025-01-01\n", encoding="utf-8")
    sides = (scenario.load(f"{file}#baseline"), scenario.load(str(file)))
    yield ensemble.compare(*sides, MEMBERS, 1, 1, folder / "pair")


def test_nothing_before_the_day_and_fewer_people_from_it_on(pair: results.Comparison) -> None:
    rows = pair.sql("SELECT member, day, people FROM impact_population").fetchall()
    assert {member for member, _, _ in rows} == set(range(MEMBERS))
    before = [people for _, day, people in rows if day < FIRST]
    after = [people for _, day, people in rows if day >= FIRST]
    assert before and set(before) == {0}
    assert after and max(after) < -3_000


def _differing(pair: results.Comparison, table: str) -> set[tuple[str, date]]:
    """Groups and months with a row that one side has and the other has not."""
    found = set()
    for one, two in (("baseline", "scenario"), ("scenario", "baseline")):
        found |= set(
            pair.sql(
                f"SELECT group_name, month FROM (SELECT * FROM {one}_{table} EXCEPT "
                f"SELECT * FROM {two}_{table})"
            ).fetchall()
        )
    return found


@pytest.mark.parametrize("table", ["stages", "flows"])
def test_only_the_groups_it_names_change_each_from_its_tranche(
    pair: results.Comparison, table: str
) -> None:
    differing = _differing(pair, table)
    assert {group for group, _ in differing} == {"standard-short", "standard-long"}
    for group, tranche in (("standard-short", FIRST), ("standard-long", SECOND)):
        first = min(month for name, month in differing if name == group)
        assert first == tranche.replace(day=1)


def test_each_tranche_frees_a_fifth_of_its_group_on_its_day(
    pair: results.Comparison, scn: Scenario
) -> None:
    """In a level stock the time served is even over the stay, so that a fifth of the people is in
    the last fifth of it. Drawn admissions move the stock by a few per cent."""
    rows = pair.sql(
        "SELECT day, avg(people) FROM impact_population GROUP BY day ORDER BY day"
    ).fetchall()
    impact = dict(rows)
    for day, before, group in (
        (FIRST, date(2024, 9, 9), "standard-short"),
        (SECOND, date(2024, 10, 21), "standard-long"),
    ):
        freed = impact[before] - impact[day]
        fifth = at(scn, f"groups.{group}.stock").value / 5
        assert freed == pytest.approx(fifth, rel=0.15)
