"""Paths, draws, measures, variants, extends."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bedspace.exceptions import ScenarioError
from bedspace.scenario import Scenario, load, paths, uncertain, with_values
from tests.scenario.files import GOOD, HERE, changed, problems, written

MEAN = "homeland.pathways.usual.remand.stay.lognormal.mean"


@pytest.fixture(scope="module")
def good() -> Scenario:
    return load(str(HERE / "good.yaml"))


def test_every_path_leads_to_its_number(good: Scenario) -> None:
    numbers = paths.numbers(good)
    assert {MEAN, "homeland.stock"} & numbers.keys() == {MEAN}
    assert {
        "homeland.groups.ordinary.stock.remand",
        "homeland.groups.ordinary.admissions.rate",
        "homeland.groups.surge.admissions.cumulative.2025-04-20",
        "homeland.pathways.usual.sentenced.stay.mixture.0.stay.fixed",
        "agreements.lease.fee.1.per_place",
        "measures.early.set.homeland.pathways.usual.remand.share",
        "homeland.observed.0.population",
        "context.0.sample",
    } <= numbers.keys()
    for path, number in numbers.items():
        assert paths.get(good, path) is number
        assert paths.canonical(good, path) == path


def test_short_path_of_a_rate(good: Scenario) -> None:
    assert paths.get(good, "homeland.groups.ordinary.admissions").value == 40
    short, full = "homeland.groups.ordinary.admissions", "homeland.groups.ordinary.admissions.rate"
    assert paths.canonical(good, short) == full
    assert with_values(good, {short: 41.0}) == with_values(good, {full: 41.0})


def test_paths_name_other_things_too(good: Scenario) -> None:
    assert paths.get(good, "agreements.lease.until").year == 2028
    assert paths.get(good, "homeland.facilities.north.regime.visits").value is False
    assert paths.get(good, "homeland.groups.ordinary.facilities") == ("north", "south")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("homeland.facilities.nort.places", "did you mean 'north'?"),
        ("homelnd.facilities", "did you mean 'homeland'?"),
        ("agreements.lease.fee.7.fixed", "the names here are 0, 1"),
        ("agreements.lease.consent", "there is no 'consent'"),
        ("title.x", "there is no 'x'"),
    ],
)
def test_a_path_that_names_nothing(good: Scenario, path: str, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        paths.get(good, path)
    assert words in str(caught.value)


def test_where(good: Scenario) -> None:
    assert good.where("homeland.facilities.south.places").endswith("good.yaml:38:23")
    assert good.where("agreements.lease.places").endswith("good.yaml:50:13")
    assert good.where("measures.early.set.homeland.pathways.usual.remand.share").endswith(":62:71")
    assert good.where("homeland.facilities.nowhere").endswith(":27:5")


def test_order_of_definitions_changes_no_number(tmp_path: Path) -> None:
    backwards = yaml.dump(_reversed(yaml.load(GOOD, Loader=yaml.BaseLoader)), sort_keys=False)
    other = load(written(tmp_path, backwards))
    one, two = paths.numbers(load(str(HERE / "good.yaml"))), paths.numbers(other)
    assert one == two
    assert list(one) != list(two)
    assert uncertain(other) == uncertain(load(str(HERE / "good.yaml")))


def _reversed(node: object) -> object:
    if isinstance(node, dict):
        return {key: _reversed(node[key]) for key in reversed(node)}
    return [_reversed(item) for item in node] if isinstance(node, list) else node


def test_uncertain_are_the_inputs_with_a_range(good: Scenario) -> None:
    assert set(uncertain(good)) == {"homeland.facilities.north.places", "homeland.costs.marginal"}


def test_groups_named_like_records_are_inputs(tmp_path: Path) -> None:
    new = "observed: {stock: {remand: {value: 5, low: 1, high: 9}}, pathway: usual}"
    scn = changed(tmp_path, "surge:", f"{new}\n      surge:")
    assert "homeland.groups.observed.stock.remand" in uncertain(scn)


def test_with_values_changes_these_and_nothing_else(good: Scenario) -> None:
    price = "agreements.lease.fee.1.per_place"
    new = with_values(
        good,
        {
            MEAN: 61.5,
            price: Decimal("300.05"),
            "measures.early.set.homeland.pathways.usual.remand.share": 0.4,
            "homeland.groups.surge.admissions.cumulative.2025-04-20": 5.0,
        },
    )
    before, after = paths.numbers(good), paths.numbers(new)
    assert list(before) == list(after)
    assert {p for p in before if before[p] != after[p]} == {
        MEAN,
        price,
        "measures.early.set.homeland.pathways.usual.remand.share",
        "homeland.groups.surge.admissions.cumulative.2025-04-20",
    }
    assert after[MEAN].value == 61.5
    assert after[price].amount == Decimal("300.05")
    assert paths.get(good, MEAN).value == 60
    assert (new.name, new.where(MEAN)) == (good.name, good.where(MEAN))
    with pytest.raises(ScenarioError, match="is not a number"):
        with_values(good, {"agreements.lease.until": 3.0})


def test_measures_hold_quantities_by_full_path(tmp_path: Path) -> None:
    scn = changed(
        tmp_path,
        "set: {homeland.pathways.usual.remand.share: 30 %}",
        "set: {homeland.groups.ordinary.admissions: {value: 30 / day, low: 20 / day, "
        "high: 40 / day}}",
    )
    ((path, number),) = scn.measures["early"].set.items()
    assert (path, number.value) == ("homeland.groups.ordinary.admissions.rate", 30)
    assert f"measures.early.set.{path}" in uncertain(scn)


def test_a_measure_may_set_all_exits_of_a_stage(tmp_path: Path) -> None:
    scn = changed(
        tmp_path,
        "homeland.pathways.usual.remand.share: 30 %",
        "homeland.pathways.usual.remand.exits.sentenced: 50 %, "
        "homeland.pathways.usual.remand.exits.released: 50 %",
    )
    assert [q.value for q in scn.measures["early"].set.values()] == [0.5, 0.5]


def test_variants(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    plain, baseline, more = load(file), load(f"{file}#baseline"), load(f"{file}#more")
    assert list(plain.agreements) == ["lease"] and not baseline.agreements
    assert baseline.variant == "baseline" and list(baseline.variants) == ["baseline", "more"]
    lease = more.agreements["lease"]
    assert (lease.places.value, lease.until.year) == (500, 2029)
    assert more.where("agreements.lease.places").endswith("x.yaml:65:41")


def test_a_variant_replaces_a_number_with_its_evidence(tmp_path: Path) -> None:
    places = "homeland.facilities.north.places"
    bare = changed(tmp_path, "agreements.lease.places: 500", f"{places}: 500", "#more")
    number = paths.get(bare, places)
    assert (number.value, number.low, number.source) == (500, None, None)
    cited = "{value: 500, source: gazette, grade: derived}"
    full = changed(tmp_path, "agreements.lease.places: 500", f"{places}: {cited}", "#more")
    assert paths.get(full, places).grade == "derived"


@pytest.mark.parametrize(
    ("setting", "path", "value"),
    [
        (
            "homeland.groups.ordinary.admissions: 45 / day",
            "homeland.groups.ordinary.admissions.rate",
            45,
        ),
        (
            "homeland.groups.ordinary.admissions.rate: 45 / day",
            "homeland.groups.ordinary.admissions.rate",
            45,
        ),
        ("agreements.lease.consent: 50 %", "agreements.lease.consent", 0.5),
        ("agreements.lease.fee.1.per_place: 3 EUR / day", "agreements.lease.fee.1.per_place", 3),
        (
            "measures.early.set.homeland.pathways.usual.remand.share: 20 %",
            "measures.early.set.homeland.pathways.usual.remand.share",
            0.2,
        ),
        (
            "homeland.pathways.usual.remand.stay: {fixed: 9 d}",
            "homeland.pathways.usual.remand.stay.fixed",
            9,
        ),
    ],
)
def test_what_a_variant_can_set(setting: str, path: str, value: float, tmp_path: Path) -> None:
    scn = changed(tmp_path, "agreements.lease.places: 500", setting, "#more")
    assert paths.get(scn, path).value == value


def test_extends_merges_deep_and_marks_stay(tmp_path: Path) -> None:
    base = written(tmp_path, GOOD, "base.yaml")
    child = written(
        tmp_path,
        "bedspace: 1\nextends: base.yaml\ntitle: child\nsystems:\n"
        "  homeland:\n    facilities:\n      south: {places: 7}\n",
        "child.yaml",
    )
    scn = load(child)
    assert (scn.name, scn.title) == ("child", "child")
    assert paths.get(scn, "homeland.facilities.south.places").value == 7
    assert paths.get(scn, "homeland.facilities.south.cells.count").value == 256
    assert scn.where("homeland.facilities.south.places") == f"{child}:7:23"
    assert scn.where("homeland.facilities.north.costs.fixed") == f"{base}:37:24"
    assert not load(f"{child}#baseline").agreements
    assert "extends" not in scn.raw


def test_extends_names_the_file_that_is_wrong(tmp_path: Path) -> None:
    base = written(tmp_path, GOOD.replace("places: 20480", "places: -1"), "base.yaml")
    found = problems(tmp_path, "bedspace: 1\nextends: base.yaml\nsumary: x\n")
    assert [(p.file, p.line) for p in found] == [(str(tmp_path / "x.yaml"), 3), (base, 44)]


def test_extends_in_a_circle(tmp_path: Path) -> None:
    written(tmp_path, "bedspace: 1\nextends: x.yaml\n", "y.yaml")
    (found,) = problems(tmp_path, "bedspace: 1\nextends: y.yaml\n")
    assert "extend each other" in found.what
    (self,) = problems(tmp_path, "bedspace: 1\nextends: x.yaml\n")
    assert "extend each other" in self.what


def test_a_shipped_scenario_can_be_extended(tmp_path: Path) -> None:
    text = "bedspace: 1\nextends: two-hundred-places\ntitle: mine\n"
    assert load(written(tmp_path, text)).title == "mine"
