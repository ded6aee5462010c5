"""Every kind of number has its least and its most: what is beyond is refused, what is within runs
into no error of arithmetic, and the page of the language says the same."""

import re
from typing import Any, get_args

import pytest

from bedspace.engine import check
from bedspace.exceptions import ScenarioError
from bedspace.scenario import load
from bedspace.scenario.model import stays
from bedspace.scenario.values import bounds, typed
from bedspace.scenario.values.bounds import KINDS, OUTSIDE, Bounds, written
from bedspace.scenario.values.quantities import EXAMPLES, QuantityError, parse
from bedspace.scenario.views.schema import json_schema
from tests.scenario.files import GOOD, problems
from tests.scenario.files import written as file_of
from tests.scenario.test_language_page import PAGE

ROWS = {
    "count of people observed, person-days": KINDS["people"],
    "people of a stock or of observed admissions": typed.People,
    "places": typed.Places,
    "share": KINDS["share"],
    "length of time": KINDS["d"],
    "length of a stay, a ramp, a building's life": typed.PositiveDays,
    "how long before the end people may be let out early": typed.DaysOfRun,
    "rate": KINDS["1/d"],
    "hours of a hearing": KINDS["h"],
    "hours a day": KINDS["h/d"],
    "area": KINDS["m2"],
    "distance": KINDS["km"],
    "plain number": KINDS["number"],
    "plain number where 0 makes no sense": typed.Positive,
    "shape of a Weibull or gamma law": typed.Shape,
    "sigma of a lognormal law": typed.Sigma,
    "dispersion": typed.Dispersion,
    "money, money a year": KINDS["money"],
    "money a day, money a month": KINDS["money/d"],
    "chance to leave": KINDS["share/d"],
    "share whom a risk takes": typed.AnnualRisk,
    "growth": KINDS["share/year"],
    "a number of `context`, of any kind": OUTSIDE,
}
"""Row of the page -> where the code says it."""


def of(where: Any) -> Bounds:
    """The bounds of a kind, or of the type of a key, whose own are the narrower."""
    if isinstance(where, Bounds):
        return where
    (dimension,) = get_args(where)[1:]
    kind = KINDS[dimension.dimension]
    least = kind.least if dimension.at_least is None else dimension.at_least
    most = kind.most if dimension.at_most is None else dimension.at_most
    assert kind.least <= least <= most <= kind.most
    return Bounds(least, most)


def test_the_page_says_the_bounds() -> None:
    table = PAGE.split("| kind | least | most |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| (.+) \| (.+) \| (.+) \|$", table, re.MULTILINE)
    told = {name: (parse(least), parse(most)) for name, least, most in rows if "---" not in name}
    assert {name: (a.value, b.value) for name, (a, b) in told.items()} == {
        name: (pytest.approx(of(where).least), pytest.approx(of(where).most))
        for name, where in ROWS.items()
    }


def test_they_are_the_engine_s_where_it_has_limits() -> None:
    assert (bounds.MOST_PEOPLE, bounds.MOST_PLACES) == (check.MOST_PEOPLE, check.MOST_VALUE)
    assert bounds.DISPERSION.most == check.MOST_DISPERSION
    assert check.MOST_DAYS == bounds.MOST_DAYS


@pytest.mark.parametrize("kind", [kind for kind in EXAMPLES if kind in KINDS])
def test_both_ends_are_within_and_what_is_beyond_is_not(kind: str) -> None:
    least, most = (written(end, kind, "EUR") for end in (KINDS[kind].least, KINDS[kind].most))
    assert parse(least, kind).value == pytest.approx(KINDS[kind].least)
    assert parse(most, kind).value == pytest.approx(KINDS[kind].most)
    more = re.sub("^[0-9]+", lambda digits: f"{int(digits[0]) + 1}", most)
    with pytest.raises(QuantityError, match=f"it cannot be above {re.escape(most)}"):
        parse(more, kind)
    less = f"-{least}" if not least.startswith("-") else f"-1{least[1:]}"
    with pytest.raises(QuantityError, match=f"it cannot be below {re.escape(least)}"):
        parse(less if KINDS[kind].least else less.replace("-0", "-1"), kind)


def test_every_number_of_the_schema_has_both() -> None:
    def numbers(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [found for below in node for found in numbers(below)]
        if not isinstance(node, dict):
            return []
        own = [node] if "x-dimension" in node else []
        return own + [found for below in node.values() for found in numbers(below)]

    found = numbers(json_schema())
    assert len(found) > 100
    assert all(one["x-least"] < one["x-most"] for one in found)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("places: 20480", "places: " + "9" * 5000, "the number has 5000 digits"),
        ("places: 20480", "places: 0." + "0" * 50 + "1", "the number has 53 digits"),
        ("min: 180 d", "min: 9000000 years", "it cannot be above 1000 years"),
        ("2028-08-31", "9999-12-31", "9999-12-31 is too far away"),
        ("date: 2023-07", "date: 9023-07", "'9023-07' is not a date"),
        ("{lognormal: {mean: 60 d, sigma: 1.0}}", "{weibull: {mean: 9 d, shape: 0.005}}", "0.1"),
    ],
)
def test_beyond(old: str, new: str, says: str, tmp_path: Any) -> None:
    assert GOOD.count(old) == 1
    (found,) = problems(tmp_path, GOOD.replace(old, new))
    assert says in f"{found.what}; {found.mend}"


def test_what_grows_beyond(tmp_path: Any) -> None:
    """9e9 EUR x 11^10 = 2.3e20 EUR, ten years of 1,000 % later; after three it is 1.2e13."""
    text = GOOD.replace("289.10 EUR", "9000000000 EUR").replace("indexed: 2 %", "indexed: 1000 %")
    assert problems(tmp_path, text) == []
    (found,) = problems(tmp_path, text.replace("2028-08-31", "2035-09-01"))
    assert found.what == "growing like this for 10 years it would pass 1000000000000000 EUR / day"
    far = "indices: {cpi: {values: {2020-01-01: 0.001, 2021-01-01: 1000000000}}}\nvariants:"
    (found,) = problems(tmp_path, GOOD.replace("variants:", far))
    assert found.what == "the values of 'cpi' lie more than 1000000000 times apart"


def test_an_index_without_end_names_nothing(tmp_path: Any) -> None:
    path = "agreements.lease.fee." + "1" * 5000
    (found,) = problems(tmp_path, GOOD.replace("[agreements.lease]", f"[{path}]"))
    assert found.what.startswith("the path 'agreements.lease.fee.111")
    assert len(found.what) <= 240


def test_spaces_without_end_are_read_in_no_time(tmp_path: Any) -> None:
    """They were tried at every place: 8,000 of them took minutes."""
    (found,) = problems(tmp_path, GOOD.replace("places: 20480", f"places: 5{' ' * 300_000}x y"))
    assert "is not a quantity" in found.what
    assert load(file_of(tmp_path, GOOD.replace("places: 20480", f"places: 5{' ' * 300_000}people")))


def test_a_law_of_stay_within_its_bounds_has_a_table() -> None:
    from bedspace.engine import stays as laws

    for shape in (bounds.SHAPE.least, bounds.SHAPE.most):
        for mean in (bounds.ABOVE_NOUGHT["d"], KINDS["d"].most):
            for law in (laws.Weibull(mean, shape), laws.Gamma(mean, shape)):
                assert law.mean_days() == pytest.approx(mean)
                assert (laws.table(law).ticks >= 0).all()
    for sigma in (bounds.SIGMA.least, bounds.SIGMA.most):
        assert (laws.table(laws.Lognormal(KINDS["d"].most, sigma)).ticks >= 0).all()
    assert stays.Stay.model_validate({"gamma": {"mean": "9 d", "shape": "0.1"}}).gamma


def test_a_refusal_is_a_scenario_error(tmp_path: Any) -> None:
    with pytest.raises(ScenarioError, match=r"x\.yaml:44:21: 2000000000 is too large"):
        load(file_of(tmp_path, GOOD.replace("places: 20480", "places: 2000000000")))
