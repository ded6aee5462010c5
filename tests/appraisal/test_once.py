"""Each figure of an appraisal is made once, and what was made goes with what it was made of."""

import gc
import weakref
from collections import Counter

import pytest

from bedspace import results
from bedspace.appraisal import Figure, Table, appraise
from bedspace.appraisal.fee import invoices, payments
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.exceptions import BedspaceError


def built(
    comparison: results.Comparison, monkeypatch: pytest.MonkeyPatch
) -> tuple[Counter[str], set[str]]:
    """How often the figure of each id was made for an appraisal, and the ids that are in it."""
    made: Counter[str] = Counter()
    whole = Figure.__post_init__

    def counted(figure: Figure) -> None:
        made[figure.id] += 1
        whole(figure)

    monkeypatch.setattr(Figure, "__post_init__", counted)
    return made, set(appraise(comparison).figures)


@pytest.mark.parametrize("which", ["lease", "grant", "tiny"])
def test_each_figure_is_made_once_and_none_that_is_not_shown(
    which: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, ids = built(request.getfixturevalue(which), monkeypatch)
    assert {id_: times for id_, times in made.items() if times > 1} == {}
    assert set(made) == ids


def test_what_was_made_is_handed_out_again_and_goes_with_its_use(
    lease: results.Comparison,
) -> None:
    use = Use(Ensemble(lease), "lease")
    figure, paid = payments.paid(use), invoices.totals(use)
    assert payments.paid(use) is figure and invoices.totals(use) is paid
    assert payments.paid(Use(use.ensemble, "lease")) is not figure
    gone = weakref.ref(use.ensemble)
    del use
    gc.collect()
    assert gone() is None


def test_a_table_with_keys_has_one_for_each_row() -> None:
    rows = (("a",), ("b",))
    assert Table("t", "T", ("",), rows, keys=("x", "y")).keys == ("x", "y")
    with pytest.raises(BedspaceError, match="2 rows, 1 keys"):
        Table("t", "T", ("",), rows, keys=("x",))
