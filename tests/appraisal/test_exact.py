"""What the numbers of the file alone decide is computed from them, not sampled."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bedspace.appraisal import Appraisal, Figure, appraise
from bedspace.appraisal.figures import making, words
from bedspace.appraisal.figures.figure import Number
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import corridor
from bedspace.results import Comparison
from tests.appraisal.conftest import compare


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """A day at home costs 120.80, of which 25 % (10 to 60 %) is avoided, and 20 % of the places are
    filled again; abroad a day costs 6, half of it (25 to 100 %) at the margin."""
    folder = tmp_path_factory.mktemp("exact")
    (folder / "e.yaml").write_text("""\
bedspace: 1
title: Central numbers
start: 2025-01-01
end: 2025-07-01
systems:
  home:
    groups: {g: {stock: {sentenced: 50}, pathway: p}}
    pathways: {p: {sentenced: {stay: {indefinite: true}}}}
    facilities: {a: {places: 100}}
    costs: {average: 120.80 EUR / day, marginal: {value: 25 %, low: 10 %, high: 60 %}}
  away:
    facilities: {b: {places: 20}}
    costs:
      average: 6 EUR / day
      marginal: {value: 50 %, low: 25 %, high: 100 %}
agreements:
  lease:
    sending: home
    receiving: away
    facility: b
    places: 10
    refilled: 20 %
    from: 2025-02-01
    until: 2025-06-01
    eligible: {groups: [g], stages: [sentenced]}
    fee: [{per_use: {value: 20 EUR / day, low: 18 EUR / day, high: 40 EUR / day}}]
variants:
  baseline: {without: [agreements.lease]}
""")
    return compare(str(folder / "e.yaml"), 3, folder / "out")


@pytest.fixture(scope="module")
def lopsided(compared: Comparison) -> Appraisal:
    return appraise(compared)


@pytest.mark.parametrize(
    ("id_", "right"),
    [
        # 120.80 x 25 % x (1 - 20 %); three members would give another mean.
        ("corridor.highest.marginal", "24.16"),
        ("receiver.holding", "3"),
        ("corridor.lowest.marginal", "3"),
        ("fee.headline", "20"),
    ],
)
def test_the_value_is_that_of_the_stated_numbers(lopsided: Appraisal, id_: str, right: str) -> None:
    found = lopsided.figure(f"lease.{id_}")
    assert found.value == Decimal(right) and found.low is not None
    assert f"as stated; the mean of what is drawn is {words.number(mean(found))}" in found.note


def mean(figure: Figure) -> float:
    return sum(map(float, figure.by_member)) / len(figure.by_member)


def test_what_stands_in_a_sum_is_a_mean_and_tells_the_stated(lopsided: Appraisal) -> None:
    """As many place-days in every member, so the mean of what a day avoids is that of the draws:
    what is saved is that less the price, and 24.16 is told beside it."""
    gained, price, saved = (
        lopsided.figure(f"lease.{id_}")
        for id_ in ("avoided.marginal.place-day", "fee.price-used", "saving.marginal.place-day")
    )
    assert gained.value == round(Decimal(mean(gained)), 2) != Decimal("24.16")
    assert gained.note == "the stated numbers alone give 24.16"
    assert isinstance(gained.value, Decimal) and isinstance(price.value, Decimal)
    assert abs(gained.value - price.value - Decimal(str(saved.value))) <= Decimal("0.01")


def test_so_is_the_width_of_a_corridor(compared: Comparison) -> None:
    """24.16 that the sender avoids less the 3 that a day costs the receiver."""
    widths = {f.id: f.value for f in corridor.widths(Use(Ensemble(compared), "lease"))}
    assert widths["lease.corridor.width.marginal-marginal"] == Decimal("21.16")


def test_what_hangs_on_the_run_stays_a_mean(lopsided: Appraisal) -> None:
    paid = lopsided.figure("lease.fee.paid")
    assert paid.value == round(Decimal(mean(paid)), 2)


def test_an_exact_figure_is_not_told_in_humps() -> None:
    """Half of the draws are the value itself where it is an end of its range."""
    found = Number("a.b", 1.0, "", None, "assumption")
    values = [0.0, 0.0, 0.0, 1.2, 1.5, 1.7]
    sampled = making.figure("x", "x", "share", values, "as drawn", [found])
    exact = making.figure("x", "x", "share", values, "as drawn", [found], stated=1.0)
    assert sampled.humps is not None and exact.humps is None
    assert exact.value == 1.0 and replace(exact, exact=False).humps is not None
