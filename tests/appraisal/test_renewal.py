"""An agreement that lapses is invoiced for the days it lasted, member by member."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from bedspace import ensemble, scenario
from bedspace.appraisal.fee import invoices
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use

TEXT = """
bedspace: 1
extends: two-hundred-places
title: A lease renewed each year, or not
variants:
  renewed:
    set:
      agreements.lease.renewal: {every: 1 year, chance: 50 %}
      agreements.lease.fee:
        - per_place: 100 EUR / day
"""


def test_a_lapsed_agreement_is_invoiced_to_its_lapse(tmp_path: Path) -> None:
    file = tmp_path / "renewed.yaml"
    file.write_text(TEXT, encoding="utf-8")
    sides = [scenario.load(f"{file}#{variant}") for variant in ("baseline", "renewed")]
    found = Ensemble(ensemble.compare(*sides, 8, 1, 2, tmp_path / "pair"))
    use = Use(found, "lease")
    ends = [scn.agreements["lease"].ended[0] for scn in found.drawn]
    term = use.agreement
    assert len(set(ends)) > 1, "with even chances eight members do not all end on one day"
    for member, end in enumerate(ends):
        days = (end - term.from_).days
        assert use.place_days_available(found.drawn[member]) == 200 * days
        assert invoices.totals(use)[member] == Decimal(100 * 200 * days)
    assert min(ends) > term.from_ + timedelta(days=300)
