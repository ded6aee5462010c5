"""What a file says is what the model holds, in base units, with nothing guessed."""

import datetime as dt
import json
import pickle
import re
from decimal import Decimal
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
import yaml

from bedspace.exceptions import ScenarioError
from bedspace.scenario import Scenario, evidence, from_raw, json_schema, load, names, pathways
from bedspace.scenario.values.quantities import Quantity
from tests.scenario.files import GOOD, HERE, changed, problems, written


@pytest.fixture(scope="module")
def good() -> Scenario:
    return load(str(HERE / "good.yaml"))


def test_texts_stay_what_they_are(good: Scenario) -> None:
    assert good.title == "NO"
    assert good.systems["homeland"].groups["ordinary"].attributes["affiliation"] == "12:30"
    assert (good.name, good.variant) == ("good", None)


def test_values(good: Scenario) -> None:
    home, lease = good.systems["homeland"], good.agreements["lease"]
    north = home.facilities["north"]
    assert north.places.value == 6000
    assert (north.places.low, north.places.high, north.places.grade) == (5000, 7000, "reported")
    assert north.places.disputed_by[0].value == 9000
    assert north.regime is not None and north.regime.visits is not None
    assert not north.regime.visits and north.regime.visits.grade == "official"
    assert lease.fee[1].kind == "per_place"
    assert lease.fee[1].price.amount == Decimal("289.10")
    assert lease.fee[1].price.unit == "EUR/d"
    assert lease.from_ == dt.date(2025, 9, 1)
    assert home.when_full == "crowd"


def test_a_bare_number_is_an_assumption(good: Scenario) -> None:
    assert good.systems["homeland"].facilities["south"].places.grade == "assumption"


def test_stays(good: Scenario) -> None:
    usual = good.systems["homeland"].pathways["usual"]
    remand, sentenced = usual["remand"].stay, usual["sentenced"].stay
    assert remand is not None and sentenced is not None
    assert remand.kind == "lognormal" and remand.lognormal is not None
    assert (remand.lognormal.mean.value, remand.lognormal.sigma.value) == (60, 1)
    (much, fixed), (few, never) = sentenced.parts
    assert (much.value, few.value, never.kind) == (0.9, 0.1, "indefinite")
    assert fixed.fixed is not None and fixed.fixed.value == 730.5


def test_admissions(good: Scenario) -> None:
    groups = good.systems["homeland"].groups
    plain, surge = groups["ordinary"].admissions, groups["surge"].admissions
    assert plain is not None and surge is not None
    assert plain.kind == "rate" and plain.rate is not None and plain.rate.value == 40
    assert [(day, n.value) for day, n in surge.points] == [
        (dt.date(2025, 4, 20), 13753),
        (dt.date(2025, 5, 25), 16053),
    ]
    assert surge.then is not None and surge.then.value == 10


def test_pathway_defaults(good: Scenario) -> None:
    usual = good.systems["homeland"].pathways["usual"]
    assert pathways.entry(usual) == "remand"
    assert list(pathways.stages(usual)) == ["remand", "sentenced"]
    assert list(pathways.returns(usual)) == ["released"]
    assert pathways.status("remand", usual["remand"]) == "remand"
    assert [(k, q.value) for k, q in pathways.exits(usual["sentenced"]).items()] == [
        ("released", 1.0)
    ]


def test_drawn_exits_sum_to_one() -> None:
    drawn = Quantity(0.8, "share", 0.6, 0.9)
    firm = {"a": Quantity(0.2, "share"), "b": Quantity(0.1, "share")}
    shares = pathways.exit_shares({"x": drawn, **firm})
    assert shares["x"] == 0.8
    assert shares["a"] == pytest.approx(2 * shares["b"])
    assert sum(shares.values()) == pytest.approx(1)
    both = pathways.exit_shares({"x": drawn, "y": drawn})
    assert both == {"x": 0.5, "y": 0.5}


def test_raw_makes_the_same_scenario_again() -> None:
    more = load(str(HERE / "good.yaml") + "#more")
    again = from_raw(json.loads(json.dumps(more.raw)), more.name, more.variant)
    assert again.model_dump() == more.model_dump()
    assert (again.name, again.variant) == ("good", "more")
    with pytest.raises(ScenarioError):
        from_raw(more.raw | {"start": "2099-01-01"}, "x")


def test_scenarios_travel_to_workers(good: Scenario) -> None:
    there = pickle.loads(pickle.dumps(good))
    assert there == good and there.where("homeland.facilities.south") == good.where(
        "homeland.facilities.south"
    )


def test_ledger(good: Scenario) -> None:
    entries = {entry.path: entry for entry in evidence.ledger(good)}
    north = entries["homeland.facilities.north.places"]
    assert north.source is not None and north.source.title == "The Gazette"
    assert (north.value, north.low, north.high, north.unit) == ("6000", 5000, 7000, "people")
    assert north.disputed_by[0].text == "9000"
    assert entries["homeland.facilities.north.regime.visits"].value == "false"
    # Numbers of a record have the record's source.
    assert entries["homeland.observed.0.population"].source_id == "gazette"
    assert entries["context.0.value"].grade == "reported"
    assert "homeland.facilities.south.places" in {e.path for e in evidence.unsourced(good)}
    assert "homeland.facilities.north.places" not in {e.path for e in evidence.unsourced(good)}


def test_schema_is_valid_and_accepts_what_loads() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    read = yaml.load(GOOD, Loader=_Editor)
    assert list(validator.iter_errors(read | {"title": "NO"})) == []
    for key, wrong in [("strat", 1), ("start", 5), ("systems", []), ("bedspace", 2)]:
        assert not validator.is_valid(read | {key: wrong})
    read["systems"]["homeland"]["facilities"]["south"]["places"] = "many"
    assert not validator.is_valid(read)


def test_the_schema_knows_the_short_ways_to_write_what_is_paid() -> None:
    (text,) = (text for text in _examples() if "bears:" in text)
    validator = jsonschema.Draft202012Validator(json_schema())
    read = yaml.load(text, Loader=_Editor)
    assert list(validator.iter_errors(read)) == []
    read["agreements"]["lease"]["bears"]["escape"] = "nobody"
    assert not validator.is_valid(read)


def _examples() -> list[str]:
    """The files shown in the language's page."""
    page = Path(__file__).parents[2] / "docs" / "language.md"
    return re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_the_schema_accepts_what_is_shipped_and_shown() -> None:
    """Dates that are a year, dated levels, files that extend others without repeating them."""
    validator = jsonschema.Draft202012Validator(json_schema())
    library = resources.files("bedspace.scenario") / "library"
    shipped = [(library / f"{name}.yaml").read_text(encoding="utf-8") for name in names()]
    assert len(shipped) > 15 and len(_examples()) > 10
    for text in (*shipped, *_examples()):
        found = list(validator.iter_errors(yaml.load(text, Loader=_Editor)))
        assert found == [], text[:200]


@pytest.mark.parametrize(
    ("quantiles", "holds"),
    [
        ("{values: {0 %: 0 d, 100 %: 900 d}, source: gazette, grade: official}", True),
        ("{values: {0 %: 0 d, 100 %: {value: 900 d, note: guessed}}, note: counted}", True),
        ("{0 %: 0 d, 100 %: 900 d}", True),
        ("{values: {0 %: many, 100 %: 900 d}, note: counted}", False),
        ("{source: gazette, grade: official}", False),
        ("{values: {0 %: 0 d, 100 %: 900 d}, where: gazette}", False),
    ],
)
def test_the_schema_and_the_reader_agree_on_a_table_of_quantiles(
    quantiles: str, holds: bool, tmp_path: Path
) -> None:
    old = "{lognormal: {mean: 60 d, sigma: 1.0}}"
    assert GOOD.count(old) == 1
    text = GOOD.replace(old, f"{{quantiles: {quantiles}}}")
    assert (problems(tmp_path, text) == []) == holds
    validator = jsonschema.Draft202012Validator(json_schema())
    assert validator.is_valid(yaml.load(text, Loader=_Editor)) == holds


def test_the_schema_asks_a_file_that_extends_none_for_everything() -> None:
    """It may leave out what the other file has, but no item of a list may be half."""
    validator = jsonschema.Draft202012Validator(json_schema())
    lease = {"bedspace": 1, "agreements": {"lease": {"selection": "35 %"}}}
    assert not validator.is_valid(lease)
    assert validator.is_valid(lease | {"extends": "two-hundred-places"})
    lease["agreements"]["lease"]["fee"] = [{"tiers": [{"upto": "40"}]}]  # type: ignore[index]
    assert not validator.is_valid(lease | {"extends": "two-hundred-places"})


class _Editor(yaml.SafeLoader):
    """As an editor reads YAML 1.2: only numbers, true and false are more than text."""


_Editor.yaml_implicit_resolvers = {}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])
_Editor.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[0-9]+(\.[0-9]+)?$"), list("0123456789")
)


@pytest.mark.parametrize("name", names())
def test_shipped_scenarios_load(name: str) -> None:
    scn = load(name)
    assert scn.name == name
    for variant in scn.variants:
        assert load(f"{name}#{variant}").variant == variant


def test_an_indefinite_stage_has_no_exits(tmp_path: Path) -> None:
    old = (
        "{mixture: [{share: 90 %, stay: {fixed: 2 year}}, {share: 10 %, stay: {indefinite: true}}]}"
    )
    scn = changed(tmp_path, old, "{indefinite: true}")
    assert pathways.exits(scn.systems["homeland"].pathways["usual"]["sentenced"]) == {}


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    assert load(written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())).title == "NO"
