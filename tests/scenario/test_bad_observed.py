"""What was observed, written so that no run could be compared with it: refused, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bedspace.scenario import load
from tests.scenario.files import problems, written

HISTORY = """\
bedspace: 1
title: history
start: 2020-03-01
end: 2021-01-01
systems:
  home:
    groups: {g: {stock: {sentenced: 10}, pathway: p}}
    pathways: {p: {sentenced: {stay: {indefinite: true}}}}
    facilities: {a: {places: 100}}
    observed:
"""
DEAL = """\
  away: {facilities: {b: {places: 5}}}
agreements:
  lease:
    sending: home
    receiving: away
    facility: b
    places: 5
    from: 2020-04-01
    until: 2020-12-01
    eligible: {groups: [g], stages: [sentenced]}
    observed:
"""

BAD = [
    ("{date: 2021-11-30, population: 10}", "2021-11-30 is outside the run"),
    # The run's end is exclusive: its last day is 2020-12-31.
    ("{date: 2021-01-01, population: 10, scored: true}", "2021-01-01 is outside the run"),
    ("{date: 2020-11-30, year: 2020, population: 10}", "needs its time"),
    ("{date: 2020-11-30, facility: x, population: 10}", "facility 'x' is not defined"),
    ("{date: 2020-11-30, group: x, population: 10}", "group 'x' is not defined"),
]


@pytest.mark.parametrize(("line", "said"), BAD, ids=[said for _, said in BAD])
def test_refused_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    (found,) = problems(tmp_path, HISTORY + f"      - {line}\n")
    assert said in found.what and found.line == 11 and found.mend


def test_two_values_for_one_day_and_subject_are_said_with_both(tmp_path: Path) -> None:
    rows = "".join(f"      - {{date: 2020-11-30, population: {n}}}\n" for n in (10, 12))
    (found,) = problems(tmp_path, HISTORY + rows)
    assert "given twice" in found.what and "10 in line 11 and 12 here" in found.what
    assert found.line == 12 and "disputed_by" in found.mend


def test_one_day_may_have_several_subjects(tmp_path: Path) -> None:
    rows = (
        "      - {date: 2020-11-30, population: 10, releases: 2}\n"
        "      - {date: 2020-11-30, facility: a, population: 9}\n"
        "      - {date: 2020-11-30, group: g, population: 9}\n"
        "      - {date: 2020-10-31, population: 10}\n"
    )
    assert not problems(tmp_path, HISTORY + rows)


def test_history_before_the_run_stands_unscored(tmp_path: Path) -> None:
    assert not problems(
        tmp_path, HISTORY + "      - {date: 2019-01-01, population: 9, scored: false}\n"
    )


def test_a_published_average_keeps_its_fraction(tmp_path: Path) -> None:
    text = HISTORY + "      - {date: 2020-11-30, population: 4487.25}\n"
    scn = load(written(tmp_path, text))
    count = scn.systems["home"].observed[0].population
    assert count is not None and count.value == 4487.25


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{held: 5}", "needs one time"),
        ("{date: 2020-05-01, year: 2020, held: 5}", "needs one time"),
        ("{from: 2020-05-01, held: 5}", "needs one time"),
        ("{from: 2020-05-01, until: 2020-05-01, held: 5}", "not after 2020-05-01"),
    ],
)
def test_of_an_agreement(tmp_path: Path, line: str, said: str) -> None:
    text = HISTORY.replace("    observed:\n", "") + DEAL + f"      - {line}\n"
    (found,) = problems(tmp_path, text)
    assert said in found.what and found.line == 21


def test_of_an_agreement_twice(tmp_path: Path) -> None:
    rows = "".join(f"      - {{year: 2020, paid: {n} EUR}}\n" for n in (10, 12))
    (found,) = problems(tmp_path, HISTORY.replace("    observed:\n", "") + DEAL + rows)
    assert "paid is given twice" in found.what and found.line == 22
