"""Tables and figures as frames: numbers stay numbers, intervals stand beside them, stamps too."""

from __future__ import annotations

import builtins
import gc
from decimal import Decimal
from typing import Any

import pytest

from bedspace.appraisal import Appraisal, Figure, Number, Rule, Table
from bedspace.appraisal.figures import frames, making
from bedspace.exceptions import BedspaceError

RULE = Rule("r", "words", "Some Act, s. 1", "official")
BARE = Number("a.bare", 1.0, "people", None, "assumption")


def money(id_: str, *values: str) -> Figure:
    return making.figure(id_, id_, "EUR", [Decimal(v) for v in values], "made", [BARE])


@pytest.fixture
def table() -> Table:
    """Two rows: of 1 and 3 the mean is 2, of 4 there is one; no fee is known."""
    unknown = making.unknown("u", "U", "", "no fee is stated", [RULE])
    rows = (("first", money("a", "1", "3"), "yes"), ("second", money("b", "4"), unknown))
    return Table("t", "A table", ("", "Paid", "Known"), rows)


COLUMNS = ["what", "Paid", "Paid, low", "Paid, high", "Paid, unit", "Known", "stamps"]


def test_figures_are_numbers_with_their_ends_beside_them(table: Table) -> None:
    made = table.relation()
    assert made.columns == COLUMNS
    first, second = made.fetchall()
    # Percentiles 2.5 and 97.5 of two values lie a fortieth of the way in from each.
    assert first == ("first", 2.0, 1.05, 2.95, "EUR", "yes", "unsourced: a.bare")
    assert second == ("second", 4.0, None, None, "EUR", "not known", "unsourced: a.bare")
    assert [str(kind) for kind in made.types[:3]] == ["VARCHAR", "DOUBLE", "DOUBLE"]


def test_words_among_figures_have_a_column_of_their_own() -> None:
    never = making.say("n", "N", "never", "made", [RULE])
    made = Table("t", "T", ("Case", "Day"), (("a", money("x", "5")), ("b", never), ("c", None)))
    assert made.relation().columns == ["Case", "Day", "Day, unit", "Day, words", "stamps"]
    assert [row[1:4] for row in made.relation().fetchall()] == [
        (5.0, "EUR", None),
        (None, None, "never"),
        (None, None, None),
    ]


def test_two_headings_of_one_name_are_told_apart() -> None:
    made = Table("t", "T", ("Case", "Error", "Error"), (("a", "1", "2"),))
    assert made.relation().fetchall() == [("a", "1", "2", "")]
    assert made.relation().columns == ["Case", "Error", "Error (2)", "stamps"]


def test_a_table_without_rows_has_its_columns() -> None:
    made = Table("t", "T", ("Case",), ()).relation()
    assert (made.columns, made.fetchall()) == (["Case", "stamps"], [])


def test_a_relation_outlives_what_it_was_made_of(table: Table) -> None:
    made = table.relation()
    del table
    gc.collect()
    assert made.filter("Paid > 3").fetchall()[0][0] == "second"


def test_pandas_polars_and_arrow_hold_the_same(table: Table) -> None:
    for module in ("pandas", "polars", "pyarrow"):
        pytest.importorskip(module)
    assert list(table.df().columns) == table.pl().columns == COLUMNS
    assert table.arrow().column_names == COLUMNS
    assert table.df()["Paid"].tolist() == table.pl()["Paid"].to_list() == [2.0, 4.0]
    assert str(table.df()["Paid, low"].dtype) == "float64"
    assert table.pl()["Paid, low"].to_list() == [1.05, None]
    assert table.arrow().column("Paid").to_pylist() == [2.0, 4.0]


@pytest.mark.parametrize(
    ("way", "missing"),
    [("df", "pandas"), ("pl", "polars"), ("pl", "pyarrow"), ("arrow", "pyarrow")],
)
def test_what_is_not_installed_is_said_in_a_line(
    table: Table, way: str, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(name: str) -> Any:
        if name == missing:
            raise ImportError(name)
        return builtins.__import__("math")

    monkeypatch.setattr(frames, "import_module", find)
    with pytest.raises(BedspaceError, match=rf"need {missing}.*bedspace\[frames\]") as refused:
        getattr(table, way)()
    assert "\n" not in str(refused.value)


def test_every_table_of_an_appraisal_is_a_frame(granted: Appraisal, leased: Appraisal) -> None:
    for found in (granted, leased):
        assert len(found.tables) > 20
        for one in found.tables.values():
            made = one.relation()
            assert len(made.fetchall()) == len(one.rows), one.id
            assert len(set(made.columns)) == len(made.columns), one.id
            numbers = [f for f in one.figures if isinstance(f.value, int | float | Decimal)]
            if numbers:
                assert "DOUBLE" in map(str, made.types), one.id


def test_the_corridor_has_its_ends_as_numbers(leased: Appraisal) -> None:
    table = leased.table("lease.corridor")
    kept = '"Pays at most", "Pays at most, low", "Pays at most, high"'
    for row, (value, low, high) in zip(
        table.rows, table.relation().select(kept).fetchall(), strict=True
    ):
        figure = row[1]
        assert isinstance(figure, Figure) and isinstance(figure.value, Decimal)
        assert value == float(figure.value)
        ends = [None if end is None else float(end) for end in (figure.low, figure.high)]
        assert [low, high] == ends


def test_an_appraisal_is_a_frame_of_its_figures(leased: Appraisal) -> None:
    made = leased.relation()
    assert len(made.fetchall()) == len(leased.figures)
    ((value, unit, stamps),) = (
        made.filter("figure = 'lease.fee.paid'").select("value, unit, stamps").fetchall()
    )
    paid = leased.figure("lease.fee.paid")
    assert (value, unit, stamps) == (float(str(paid.value)), "EUR", "; ".join(paid.stamps))


@pytest.mark.parametrize(("kind", "asked"), [("table", "lease.corider"), ("chart", "lease.dey")])
def test_an_id_that_is_not_there_names_the_nearest(
    leased: Appraisal, kind: str, asked: str
) -> None:
    with pytest.raises(BedspaceError, match=f"no {kind} '{asked}'; did you mean 'lease.") as said:
        getattr(leased, kind)(asked)
    assert "\n" not in str(said.value)
