"""What was observed stands beside both sides of the run."""

import pytest

from bedspace.appraisal import Appraisal, appraise
from tests.appraisal.conftest import compare

# Nobody leaves: 60 men and 40 women at home until 30 men go abroad on 1 February; from then on
# 70 are held at home and 30 men abroad, for whom 10 a day is paid.
HISTORY = """\
bedspace: 1
title: A lease that happened
start: 2025-01-01
end: 2025-07-01
systems:
  home:
    groups:
      men: {stock: {sentenced: 60}, pathway: p}
      women: {stock: {sentenced: 40}, pathway: p}
    pathways: {p: {sentenced: {stay: {indefinite: true}}}}
    facilities: {old: {places: 200}}
    observed:
      - {date: 2025-03-31, population: 70}
      - {date: 2025-03-31, group: women, population: 50}
      - {date: 2025-04-10, group: women, population: 40}
      - {date: 2025-04-10, group: women, facility: old, population: 20}
      - {year: 2025, population: 99}
  away: {facilities: {new: {places: 30}}}
agreements:
  lease:
    sending: home
    receiving: away
    facility: new
    places: 30
    from: 2025-02-01
    until: 2025-06-01
    eligible: {groups: [men], stages: [sentenced]}
    fee: [{per_use: 10 EUR / day}]
    observed:
      - {date: 2025-02-28, held: 24, price: 12 EUR / day}
      - {from: 2025-03-01, until: 2025-05-01, paid: 20000 EUR, held: 30, person_days: 1525}
      - {date: 2025-02-01, sent: 25}
      - {year: 2031, paid: 1 EUR}
      - {from: 2025-02-01, until: 2025-03-01, assessed: 90, passed: 45}
variants:
  baseline: {without: [agreements.lease]}
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    folder = tmp_path_factory.mktemp("history")
    (folder / "h.yaml").write_text(HISTORY)
    return appraise(compare(str(folder / "h.yaml"), 2, folder / "out"))


def test_both_sides_are_scored(told: Appraisal) -> None:
    """70 counted: 100 without the lease are 43 % too many, 70 with it are right."""
    assert told.figure("population.home.observed.0.baseline.error").value == pytest.approx(3 / 7)
    assert told.figure("population.home.observed.0.baseline.inside").value == "no"
    assert told.figure("population.home.observed.0.scenario.error").value == 0
    assert told.figure("population.home.observed.0.scenario.inside").value == "yes"


def test_a_group_is_scored_on_a_months_end_and_by_its_mean(told: Appraisal) -> None:
    """40 women all the time: 20 % fewer than the 50 counted, and twice the 20 in the old prison."""
    for side in ("baseline", "scenario"):
        errors = [
            told.figure(f"population.home.observed.{i}.{side}.error").value for i in (1, 2, 3)
        ]
        assert errors == pytest.approx([-0.2, 0, 1])


def test_every_row_is_shown(told: Appraisal) -> None:
    table = next(t for t in told.section("population").tables if t.id == "population.home.observed")
    assert [row[0] for row in table.rows] == [
        "whole system, 2025-03-31",
        "women, 2025-03-31",
        "women, 2025-04-10",
        "old, women, 2025-04-10",
        "whole system, 2025",
    ]
    assert [row[-1] for row in table.rows] == ["yes", "yes", "yes", "yes", "no"]


def test_an_agreement_beside_its_run(told: Appraisal) -> None:
    """30 held where 24 were seen: 6 too many, a quarter; 10 a day where 12 was published. In
    the 61 days of March and April 30 people have 1,830 person-days at 10: 18,300, not 20,000."""
    gaps = {
        "0.held": 6,
        "0.price": -2,
        "1.held": 0,
        "1.person_days": 305,
        "1.paid": -1700,
        "2.sent": 5,
    }
    for key, gap in gaps.items():
        assert told.figure(f"lease.observed.{key}.gap").value == gap, key
    assert told.figure("lease.observed.0.held.gap.share").value == 0.25
    assert told.figure("lease.observed.1.person_days.gap.share").value == pytest.approx(0.2)


def test_what_the_run_does_not_say_is_told_apart(told: Appraisal) -> None:
    tables = (t for section in told.sections for t in section.tables)
    table = next(t for t in tables if t.id == "lease.observed")
    why = {str(row[0]): row[2] for row in table.rows if isinstance(row[2], str)}
    assert why["Money paid, 2031"] == "outside the simulated years"
    told_apart = why["People found fit to be sent, 2025-02-01 to 2025-02-28"]
    assert "selection is an input" in told_apart
