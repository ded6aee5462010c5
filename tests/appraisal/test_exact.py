"""What the numbers of the file alone decide is computed from them, not sampled, unless it stands in
a sum."""

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


def mean(figure: Figure) -> float:
    return sum(map(float, figure.by_member)) / len(figure.by_member)


def test_the_value_is_that_of_the_stated_numbers(lopsided: Appraisal) -> None:
    """20 a day for each place, whatever three members drew."""
    found = lopsided.figure("lease.fee.headline")
    assert found.value == Decimal(20) and found.low is not None
    assert f"as stated; the mean of what is drawn is {words.number(mean(found))}" in found.note


@pytest.mark.parametrize(
    ("id_", "stated"),
    [
        # 120.80 x 25 % x (1 - 20 %), and half of 6.
        ("avoided.marginal.place-day", "24.16"),
        ("corridor.highest.marginal", "24.16"),
        ("receiver.holding", "3.00"),
        ("corridor.lowest.marginal", "3.00"),
    ],
)
def test_what_stands_in_a_sum_is_a_mean_and_tells_the_stated(
    lopsided: Appraisal, id_: str, stated: str
) -> None:
    """As many place-days in every member, so the mean of a day is that of the draws."""
    found = lopsided.figure(f"lease.{id_}")
    assert found.value == round(Decimal(mean(found)), 2) != Decimal(stated)
    assert found.note == f"the stated numbers alone give {stated}" and not found.exact


def test_a_fee_is_held_against_the_same_day_everywhere(lopsided: Appraisal) -> None:
    """What a day avoids less the price is what it saves, and the most that may be paid for it."""
    gained, price, saved, highest = (
        lopsided.figure(f"lease.{id_}").value
        for id_ in (
            "avoided.marginal.place-day",
            "fee.price-used",
            "saving.marginal.place-day",
            "corridor.highest.marginal",
        )
    )
    assert gained == highest
    assert isinstance(gained, Decimal) and isinstance(price, Decimal)
    assert abs(gained - price - Decimal(str(saved))) <= Decimal("0.01")


def test_so_is_the_width_of_a_corridor(compared: Comparison, lopsided: Appraisal) -> None:
    """What the sender avoids less what a day costs the receiver, each a mean."""
    widths = {f.id: f.value for f in corridor.widths(Use(Ensemble(compared), "lease"))}
    high, low = (
        lopsided.figure(f"lease.corridor.{id_}").value
        for id_ in ("highest.marginal", "lowest.marginal")
    )
    width = widths["lease.corridor.width.marginal-marginal"]
    assert isinstance(high, Decimal) and isinstance(low, Decimal) and isinstance(width, Decimal)
    assert abs(high - low - width) <= Decimal("0.02")


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
