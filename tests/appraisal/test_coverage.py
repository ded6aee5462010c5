"""What share of the receiving system's cost the fee pays, year by year."""

import pytest

from bedspace.appraisal import Appraisal, appraise
from tests.appraisal.conftest import compare

# Nobody leaves abroad, and 100 of its own come on the first day of 2026: 90 at first, then 190. Ten
# are sent from the first day of the run on, at 20 a day; a day of anybody abroad costs 2.
GROWING = """\
bedspace: 1
title: A receiver that grows
start: 2025-01-01
end: 2027-01-01
systems:
  home:
    groups: {g: {stock: {sentenced: 10}, pathway: p}}
    pathways: {p: {sentenced: {stay: {indefinite: true}}}}
    facilities: {a: {places: 100}}
  away:
    groups:
      h: {stock: {sentenced: 90}, admissions: {cumulative: {2026-01-01: 100}}, pathway: p}
    pathways: {p: {sentenced: {stay: {indefinite: true}}}}
    facilities: {b: {places: 500}}
    costs: {average: 2 EUR / day, system: 73000 EUR / year}
agreements:
  lease:
    sending: home
    receiving: away
    facility: b
    places: {value: 10, grade: derived, note: 73000 a year over 7300 a place}
    from: 2025-01-01
    until: 2027-01-01
    eligible: {groups: [g], stages: [sentenced]}
    fee: [{per_use: 20 EUR / day}]
variants:
  baseline: {without: [agreements.lease]}
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    folder = tmp_path_factory.mktemp("growing")
    (folder / "g.yaml").write_text(GROWING)
    return appraise(compare(str(folder / "g.yaml"), 2, folder / "out"))


def test_the_cost_follows_the_people_held(told: Appraisal) -> None:
    """10 x 20 = 200 a day is paid each year, 73,000. In 2026 there are 190 of its own and the ten:
    200 x 2 = 400 a day, so half. In 2025, 90 or more and ten: from 36.5 % up to all."""
    assert told.figure("lease.receiver.income.2026").value == 73_000
    assert told.figure("lease.receiver.system-cost.2026").value == 146_000
    assert told.figure("lease.receiver.coverage.2026").value == 0.5
    assert told.figure("lease.receiver.coverage.last-year").value == 0.5
    first = told.figure("lease.receiver.coverage.2025").value
    assert isinstance(first, float) and 0.5 < first <= 1


def test_it_says_that_a_share_of_ones_own_making_is_circular(told: Appraisal) -> None:
    tables = (t for section in told.sections for t in section.tables)
    table = next(t for t in tables if t.id == "lease.coverage")
    assert "says no more than how many of the places are used" in table.note
    assert "73000 a year over 7300 a place" in table.note
    assert "as stated" in told.figure("lease.receiver.coverage").title
