"""Stamps follow from inputs, however deep, and nothing takes them off."""

import copy
import dataclasses
import json
import pickle
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedspace.appraisal import Figure, Gate, Input, Number, Rule, Simulated, Table, Taken, walk
from bedspace.appraisal.figures.figure import STAMPS, stamps_of
from bedspace.exceptions import BedspaceError

CITED = Number("a.cited", 1.0, "people", "A report", "reported")
ASSUMED = Number("a.assumed", 1.0, "people", None, "assumption", note="nobody knows")
BARE = Number("a.bare", 1.0, "people", None, "assumption")
GATE = Gate("us-removal/release", "as if")
MET = Taken("us-removal/withholding", "needs", "Needs a finding")
RULE = Rule("r", "words", "Some Act, s. 1", "assumption")
READ = Rule("r2", "words", "Some Act, s. 2", "official")

leaf = st.sampled_from([CITED, ASSUMED, BARE, GATE, MET, RULE, READ])
counted = st.builds(
    lambda parts: Simulated("run", "a count", tuple(parts)),
    st.lists(st.sampled_from([CITED, ASSUMED, BARE, GATE, MET]), min_size=1, max_size=4),
)


def made(inputs: list[Input]) -> Figure:
    return Figure("f", "A figure", 1.0, "people", "as it is", tuple(inputs))


trees = st.recursive(
    leaf | counted, lambda below: st.lists(below, min_size=1, max_size=4).map(made), max_leaves=20
)


def leaves(item: Input) -> Iterator[Input]:
    below = item.inputs if isinstance(item, Figure) else ()
    below = item.rests_on if isinstance(item, Simulated) else below
    if not below:
        yield item
    for lower in below:
        yield from leaves(lower)


@given(st.lists(trees, min_size=1, max_size=4))
def test_a_figure_has_the_stamps_of_every_leaf_below_it(inputs: list[Input]) -> None:
    figure = made(inputs)
    wanted = {stamp for leaf in leaves(figure) for stamp in leaf.stamps}
    assert set(figure.stamps) == wanted
    assert len(figure.stamps) == len(wanted)
    assert set(Table("t", "T", ("", "x"), (("label", figure),)).stamps) == wanted
    kinds = [STAMPS.index(s.split(":")[0]) for s in figure.stamps]
    assert kinds == sorted(kinds)


def test_each_kind_of_leaf_is_stamped_by_what_it_is() -> None:
    assert stamps_of([CITED, READ]) == ()
    assert stamps_of([RULE, BARE, ASSUMED, MET, GATE]) == (
        "assumed power: us-removal/release",
        "taken as met: us-removal/withholding (needs)",
        "rests on assumption: a.assumed",
        "unsourced: a.bare",
        "to be verified: Some Act, s. 1",
    )


def test_a_stamp_knows_its_kind_and_what_it_is_about() -> None:
    """Not from its words: a citation may have a colon of its own."""
    old = dataclasses.replace(CITED, old=2013)
    rule = dataclasses.replace(RULE, citation="R (on appeal): Some Court")
    for item, kind, about, more in (
        (MET, "taken as met", "us-removal/withholding", " (needs)"),
        (old, "old prices", CITED.path, ", 2013"),
        (rule, "to be verified", "R (on appeal): Some Court", ""),
    ):
        (stamp,) = item.stamps
        for one in (stamp, copy.deepcopy(stamp), pickle.loads(pickle.dumps(stamp))):
            assert (one.kind, one.about, one.more) == (kind, about, more)
            assert one == f"{kind}: {about}{more}" and one.what == f"{about}{more}"
        assert json.loads(json.dumps([stamp])) == [str(stamp)]


def test_stamps_cannot_be_given_set_or_replaced_away() -> None:
    figure = made([ASSUMED])
    with pytest.raises(TypeError):
        Figure("f", "F", 1.0, "", "x", (ASSUMED,), stamps=())
    with pytest.raises(dataclasses.FrozenInstanceError):
        figure.stamps = ()
    with pytest.raises(TypeError):
        dataclasses.replace(figure, stamps=())
    assert dataclasses.replace(figure, title="other").stamps == figure.stamps
    assert dataclasses.replace(figure, inputs=(GATE,)).stamps == GATE.stamps


def test_what_rests_on_nothing_is_refused() -> None:
    with pytest.raises(BedspaceError, match="rests on nothing"):
        made([])
    with pytest.raises(BedspaceError, match="rests on nothing"):
        Simulated("run", "a count", ())


def test_half_an_interval_and_a_missing_value_without_a_reason_are_refused() -> None:
    with pytest.raises(BedspaceError, match="half an interval"):
        Figure("f", "F", 1.0, "", "x", (CITED,), low=0.5)
    with pytest.raises(BedspaceError, match="neither a value nor a reason"):
        Figure("f", "F", None, "", "x", (CITED,))


def test_walk_tells_everything_below_and_opens_each_thing_once() -> None:
    inner = Figure("inner", "I", 1.0, "", "x", (CITED, GATE))
    outer = Figure("outer", "O", 1.0, "", "x", (inner, inner))
    told = [(depth, item.id) for depth, item in walk(outer)]
    assert told == [
        (0, "outer"),
        (1, "inner"),
        (2, "a.cited"),
        (2, "us-removal/release"),
        (1, "inner"),
    ]
