"""What a ramp does to the invoice and to the share of the places used, worked out by hand; and
measures on places that come in tranches or lapse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from bedspace import ensemble, scenario
from bedspace.appraisal import Appraisal, appraise
from bedspace.appraisal.fee import invoices
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.receiver import exposure
from bedspace.results import Comparison

TEXT = """
bedspace: 1
extends: two-hundred-places
title: A lease that fills up
end: 2026-04-01
variants:
  ramped:
    set:
      agreements.lease.until: 2026-03-01
      agreements.lease.ramp: {2025-09-16: 50, 2025-12-01: 60 %, 2026-02-01: 100 %}
      agreements.lease.fee: [{per_place: 100 EUR / day}, {per_use: 1 EUR / day}]
"""


@pytest.fixture(scope="module")
def ramped(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder = tmp_path_factory.mktemp("ramp")
    file = folder / "ramped.yaml"
    file.write_text(TEXT, encoding="utf-8")
    sides = [scenario.load(f"{file}#{variant}") for variant in ("baseline", "ramped")]
    return ensemble.compare(*sides, 2, 1, 1, folder / "pair")


@pytest.fixture(scope="module")
def found(ramped: Comparison) -> Appraisal:
    return appraise(ramped)


BY_HAND = {  # month: the days and places of each of its lines
    dt.date(2025, 9, 1): [(15, 50)],  # none on the first fifteen days
    dt.date(2025, 10, 1): [(31, 50)],
    dt.date(2025, 11, 1): [(30, 50)],
    dt.date(2025, 12, 1): [(31, 120)],
    dt.date(2026, 1, 1): [(31, 120)],
    dt.date(2026, 2, 1): [(28, 200)],
}
AVAILABLE = 76 * 50 + 62 * 120 + 28 * 200


def test_places_are_invoiced_as_they_become_available(ramped: Comparison) -> None:
    for invoice in invoices.of(Use(Ensemble(ramped), "lease")):
        assert invoice is not None
        lines = [line for line in invoice.lines if line.part == "per_place"]
        assert [(line.month, int(line.quantity), line.amount) for line in lines] == [
            (month, days * places, Decimal(100 * days * places))
            for month, parts in BY_HAND.items()
            for days, places in parts
        ]
        assert invoice.of("per_place") == 100 * AVAILABLE == Decimal("1684000")


def test_the_share_used_is_of_the_places_available(ramped: Comparison, found: Appraisal) -> None:
    use = Use(Ensemble(ramped), "lease")
    assert {use.place_days_available(scn) for scn in use.ensemble.drawn} == {AVAILABLE}
    figure = found.figure("lease.use.occupancy")
    assert figure.value == pytest.approx(sum(use.place_days) / 2 / AVAILABLE)
    assert 0.9 < figure.value <= 1
    rests = {getattr(made, "path", "") for made in figure.inputs}
    assert {f"agreements.lease.ramp.{day}" for day in ("2025-09-16", "2026-02-01")} <= rests


def test_half_way_is_by_months_though_a_ramp_parts_one(ramped: Comparison) -> None:
    assert exposure.halfway(Use(Ensemble(ramped), "lease")) == dt.date(2025, 12, 1)


def test_headline_and_take_up_are_of_the_places_declared(
    ramped: Comparison, found: Appraisal
) -> None:
    # 100 for a place available, 1 for each used, all on 181 days.
    assert found.figure("lease.fee.headline").value == 101
    used = sum(Use(Ensemble(ramped), "lease").place_days) / 2
    assert found.figure("lease.use.taken-up").value == pytest.approx(used / (181 * 200))


LAPSING = """
bedspace: 1
extends: two-hundred-places
title: More places for a while
end: 2026-04-01
variants:
  paid:
    set:
      agreements.lease.fee: [{per_place: 100 EUR / day}]
      measures.more:
        on: 2025-09-10
        tranches: {2025-10-20: [agreements.lease.places]}
        renewed: {every: 30 d, chance: 50 %}
        set: {agreements.lease.places: 230}
"""


def test_a_measure_on_places_is_invoiced_from_its_tranche_to_its_lapse(tmp_path: Path) -> None:
    file = tmp_path / "lapsing.yaml"
    file.write_text(LAPSING, encoding="utf-8")
    sides = [scenario.load(f"{file}#{variant}") for variant in ("baseline", "paid")]
    use = Use(Ensemble(ensemble.compare(*sides, 8, 1, 1, tmp_path / "pair")), "lease")
    start, first, end = dt.date(2025, 9, 1), dt.date(2025, 10, 20), dt.date(2026, 4, 1)
    seen = set()
    for m, (scn, total) in enumerate(zip(use.ensemble.drawn, invoices.totals(use), strict=True)):
        # No month is parted on the day on which another member's measure lapses.
        parts = [(month.month, month.places) for month in invoices.usage(use, m)]
        assert len(parts) == len(set(parts))
        lapse = min(scn.measures["more"].ends or end, end)
        seen.add(lapse)
        days = 200 * (end - start).days + 30 * max((lapse - first).days, 0)
        assert total == 100 * days
    assert len(seen) > 2, "with even chances eight members do not all lapse on one day"
