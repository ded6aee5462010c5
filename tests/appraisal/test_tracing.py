"""Every figure can be traced to numbers with evidence, rules with citations, gates and counts."""

from typing import Any

import pytest

from bedspace.appraisal import Appraisal, Figure, Gate, Number, Rule, Simulated, Taken
from bedspace.appraisal.figures import making, tracing
from bedspace.appraisal.figures.figure import below
from bedspace.exceptions import BedspaceError


@pytest.mark.parametrize("which", ["granted", "everyone", "leased"])
def test_every_figure_ends_in_evidence(which: str, request: pytest.FixtureRequest) -> None:
    found: Appraisal = request.getfixturevalue(which)
    assert len(found.figures) > 100
    kinds = set()
    for id_, figure in found.figures.items():
        assert figure.formula, id_
        for _, item in found.walk(id_):
            kinds.add(type(item))
            if not below(item):
                assert not isinstance(item, Figure | Simulated), f"{id_} ends in {item.id}"
                check(item, found)
    assert {Figure, Number, Simulated, Rule} <= kinds


def check(item: Any, found: Appraisal) -> None:
    match item:
        case Number(grade="as written"):
            assert isinstance(item.value, str | int), "a date, a word or a whole number"
        case Number():
            said = item.source or item.note or item.grade in ("assumption", "derived")
            assert said, f"{item.path} has neither source nor reason and is no assumption"
        case Rule():
            assert item.citation and item.words
        case Gate():
            assert item.reason and f"assumed power: {item.gate}" in found.stamps
        case Taken():
            assert item.words and item.status in ("needs", "unsettled")
        case _:
            raise AssertionError(f"{item} is no leaf")


def test_the_tree_holds_what_the_walk_does_once_in_full(leased: Appraisal) -> None:
    figure = leased.figure("lease.saving.marginal.total")
    made = tracing.tree(figure)
    nodes = list(flat(made))
    assert len(nodes) == len(list(leased.walk(figure.id)))
    assert made["formula"] == figure.formula and made["stamps"] == list(figure.stamps)
    places = [n for n in nodes if n["id"] == "agreements.lease.places"]
    assert len(places) == 2 and [n.get("told") for n in places] == [None, "above"]
    assert places[0]["value"] == 200 and places[0]["kind"] == "number"
    used = [n for n in nodes if n["id"] == "lease.use.place-days"]
    assert "rests_on" in used[0] and "rests_on" not in used[1]


def test_a_path_with_another_value_in_the_baseline_is_told_twice() -> None:
    before, after = (Number("a.b", value, "people", "A list", "official") for value in (1, 2))
    made = Figure("f", "F", 1, "people", "after less before", (before, after, after))
    assert [n.get("value") for n in tracing.tree(made)["rests_on"]] == [1, 2, None]


def flat(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(n for lower in node.get("rests_on", []) for n in flat(lower))]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("saving.marginal.total", "lease.saving.marginal.total"),
        ("saving.margnal.total", "lease.saving.marginal.total"),
        ("lease.fee.payd", "lease.fee.paid"),
        ("FEE.PAID", "lease.fee.paid"),
    ],
)
def test_a_wrong_id_names_the_nearest(leased: Appraisal, asked: str, meant: str) -> None:
    with pytest.raises(BedspaceError, match="did you mean") as refused:
        tracing.traced(leased, asked)
    assert meant in str(refused.value) and "\n" not in str(refused.value)


def test_an_id_like_none_is_told_where_all_are(leased: Appraisal) -> None:
    with pytest.raises(BedspaceError, match="bedspace explain RUN") as refused:
        tracing.traced(leased, "zzzzzz")
    assert "did you mean" not in str(refused.value) and ". All of them" in str(refused.value)


def test_an_id_is_found_whatever_its_case() -> None:
    assert tracing.near("in.nok", ["lease.fee.paid.in.NOK"]) == ["lease.fee.paid.in.NOK"]


RULE = Rule("r", "words", "citation", "official")


def over(id_: str, *values: float, of: tuple[Figure, ...] = ()) -> Figure:
    return making.figure(id_, id_, "EUR", list(values), "made", of or (RULE,))


def test_a_sum_is_told_as_one() -> None:
    """Saved less paid in three members: -1, 5, 2, the mean of which is 2 = 22/3 - 16/3."""
    saved, paid = over("s", 3, 9, 10), over("p", 4, 4, 8)
    net = over("n", -1, 5, 2, of=(saved, paid))
    assert tracing.summands(net) == ((1, saved), (-1, paid))
    assert tracing.tree(net)["sum_of"] == {"s": 1, "p": -1}
    assert tracing.in_one_member(net) is None
    assert tracing.summands(over("t", 7, 13, 18, of=(saved, paid))) == ((1, saved), (1, paid))
    # Scenario less baseline rests on the baseline first.
    assert tracing.summands(over("i", 1, -5, -2, of=(saved, paid))) == ((-1, saved), (1, paid))
    assert tracing.summands(saved) == ()


def test_what_is_no_sum_is_shown_in_one_member() -> None:
    """6 = 2 x 3 and 20 = 4 x 5: the mean, 13, is not 3 x 4, but in member 0 as in 1 it holds."""
    times, each = over("t", 2, 4), over("e", 3, 5)
    made = over("m", 6, 20, of=(times, each))
    assert tracing.summands(made) == ()
    one = tracing.in_one_member(made)
    assert one is not None
    assert (one.member, one.value, [v for _, v in one.parts]) == (0, 6, [2, 3])
    told = tracing.tree(made)["in_one_member"]
    assert told == {"member": 0, "value": 6, "of": {"t": 2, "e": 3}}
    assert tracing.in_one_member(times) is None


def test_other_units_are_no_sum() -> None:
    """Three days at 0 a day are not 3."""
    days = making.figure("d", "d", "place-days", [3.0, 4.0], "made", [RULE])
    assert tracing.summands(over("m", 3, 4, of=(days, over("e", 0, 0.0)))) == ()
