"""An appraisal that is kept comes back equal, to the last member's value."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from bedspace import plain_json
from bedspace.appraisal import Appraisal, Number, appraise, of_run
from bedspace.appraisal.figures import stored as storing
from bedspace.appraisal.figures import tracing
from bedspace.appraisal.figures.stored import restored, stored
from bedspace.results import Comparison


def _again(found: Appraisal) -> Appraisal:
    """Through the text that is kept, which must be the same when it is kept again."""
    text = plain_json.line(stored(found))
    back = restored(json.loads(text))
    assert plain_json.line(stored(back)) == text
    return back


@pytest.mark.parametrize("which", ["lease", "run", "tiny"])
def test_it_comes_back_equal(leased: Appraisal, tiny: Comparison, which: str) -> None:
    made = {"lease": lambda: leased, "run": lambda: of_run(tiny.scenario)}
    found = made.get(which, lambda: appraise(tiny))()
    back = _again(found)
    assert back == found
    assert back.to_json() == found.to_json()
    assert list(back.figures) == list(found.figures)
    for id_, figure in found.figures.items():
        other = back.figures[id_]
        # Neither takes part in the comparison of figures, and `explain` needs both.
        assert (other.by_member, other.exact) == (figure.by_member, figure.exact), id_
        assert type(other.value) is type(figure.value), id_
        assert tracing.tree(other) == tracing.tree(figure), id_
    assert [t.keys for s in back.sections for t in s.tables] == [
        t.keys for s in found.sections for t in s.tables
    ]


def test_what_is_shared_stays_shared(leased: Appraisal) -> None:
    """Otherwise an appraisal of a few megabytes would come back as one of many more."""
    back = _again(leased)
    figures = back.figures.values()
    mine = {id(item) for figure in leased.figures.values() for item in figure.inputs}
    assert len({id(item) for figure in figures for item in figure.inputs}) == len(mine)


def test_every_kind_of_part_can_be_kept() -> None:
    """Every field of a kind that is known here holds what JSON has a word for, or kinds known."""
    for kind in storing._KINDS.values():
        assert is_dataclass(kind)
        assert storing._FIELDS[kind] == tuple(f.name for f in fields(kind))


@pytest.mark.parametrize(
    "value", [Decimal("1.10"), Decimal("-0"), 0.1 + 0.2, 1e-300, 2**70, "1.10", None, True]
)
def test_values_keep_their_kind(leased: Appraisal, value: object) -> None:
    number = Number("a.b", value, "USD", None, "official")  # type: ignore[arg-type]
    section, *rest = leased.sections
    chart = replace(section.charts[0], inputs=(number,))
    changed = replace(leased, sections=(replace(section, charts=(chart,)), *rest))
    back = _again(changed).sections[0].charts[0].inputs[0]
    assert isinstance(back, Number)
    assert type(back.value) is type(value) and str(back.value) == str(value)


def test_what_has_no_word_is_refused(leased: Appraisal) -> None:
    with pytest.raises(TypeError, match="cannot be kept with a set in it"):
        stored(replace(leased, title={"a"}))  # type: ignore[arg-type]
    assert _again(replace(leased, start=date(1999, 12, 31))).start == date(1999, 12, 31)
