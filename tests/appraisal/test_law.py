"""Who could lawfully be sent, how many that is, and the real law beside what is assumed."""

from datetime import date
from pathlib import Path

import pytest

from bedspace import compile as compiler
from bedspace import results, scenario
from bedspace.appraisal import Appraisal, Figure, Rule, appraise
from tests.appraisal.conftest import compare
from tests.cli.bad_files import GOOD
from tests.scenario.test_laws import LAW

GROUPS = ("salvadoran-nationals", "other-non-citizens", "legal-residents", "citizens")


def number(appraisal: Appraisal, id_: str) -> float:
    found = appraisal.figure(id_).value
    assert isinstance(found, int | float)
    return found


def sentenced_share() -> float:
    """The share of citizens' stock that is sentenced to more than a year, by the mean stays."""
    return 1189.3 / (1189.3 + 107.5)


def test_treaty_transfer_is_for_nationals_of_the_receiver(everyone: Appraisal) -> None:
    for group in GROUPS[1:]:
        assert number(everyone, f"offer.law.{group}.us-treaty-transfer.at-most") == 0
        told = everyone.figure(f"offer.law.{group}.sentenced.violent.us-treaty-transfer")
        assert told.value == "barred"
        cited = [i.citation for i in told.inputs if isinstance(i, Rule)]
        assert any(c.startswith("18 U.S.C. 4100") for c in cited)
    most = number(everyone, "offer.law.salvadoran-nationals.us-treaty-transfer.at-most")
    assert most == 2399  # the high end, not the middle; all are counted as sentenced


def test_removal_waits_for_release(everyone: Appraisal) -> None:
    """Barred for violent and unknown offences and for what the exception leaves out, drugs, weapons
    and smuggling. 23.1 % illegal entry, 4 % fraud and 2.3 % money laundering need a decision,
    and whether those removed may be imprisoned abroad is unsettled."""
    told = everyone.figure("offer.law.other-non-citizens.sentenced.violent.us-removal")
    assert told.value == "barred"
    assert any(isinstance(i, Rule) and i.citation == "8 U.S.C. 1231(a)(4)" for i in told.inputs)
    by = "offer.law.other-non-citizens"
    removed = number(everyone, f"{by}.us-removal.at-most")
    named = number(everyone, f"{by}.us-bop-designation.at-most")
    assert removed / named == pytest.approx(0.294)
    for offence in ("drug", "weapons", "smuggling", "unspecified"):
        assert everyone.figure(f"{by}.sentenced.{offence}.us-removal").value == "barred"
    assert everyone.figure(f"{by}.sentenced.illegal-entry.us-removal").value == "unsettled"


def test_the_law_asked_and_the_day_people_are_sent_are_both_shown(everyone: Appraisal) -> None:
    for table in everyone.section("law").tables[:2]:
        assert table.title.count("2025-02-04") == 1
        assert "The law asked is that of 2025-02-04; people are sent from 2026-01-01." in table.note
        assert "the law changes at us-removal/expedited, us-removal/third-country." in table.note
    assert "as if each person had what is still needed" in everyone.section("law").tables[0].note
    rows = everyone.section("law").tables[1].rows
    since = [str(row[8]) for row in rows if "Wong Wing" in str(row[7])]
    assert since and all("decided 2025-12-22" in days for days in since)  # after the day asked


def test_bounds_are_the_real_law_and_what_is_assumed_stands_beside(everyone: Appraisal) -> None:
    most = everyone.figure("offer.law.citizens.any-route.at-most")
    assert most.value == 0
    assert not [s for s in most.stamps if s.startswith("assumed power")]
    assumed = everyone.figure("offer.law.citizens.any-route.assumed")
    assert number(everyone, assumed.id) > 100_000
    assert "assumed power: us-bop-designation/citizens" in assumed.stamps
    real = everyone.figure("offer.law.citizens.sentenced.violent.us-bop-designation")
    shown = everyone.figure(f"{real.id}.assumed")
    assert (real.value, shown.value) == ("barred", "needs")
    assert real in shown.inputs


def test_an_end_says_whether_it_is_a_stated_range_or_a_percentile(everyone: Appraisal) -> None:
    """Salvadorans' stock has a wide range stated; citizens' none, so members decide."""
    by = "offer.law.salvadoran-nationals.us-treaty-transfer"
    stated = everyone.figure(f"{by}.at-most")
    assert "2,399 people (the high end of the stock stated" in stated.formula
    assert stated.note == ""
    assumed = everyone.figure("offer.law.citizens.any-route.assumed")
    drawn = everyone.figure("offer.law.citizens.people")
    assert isinstance(drawn.high, float) and drawn.high > 133_481 * sentenced_share()
    assert f"{drawn.high:,.0f} people (the 97.5th percentile" in assumed.formula
    assert "no bound: one future in forty has more" in assumed.note
    # Nobody is in this end, so there is nothing to note.
    assert everyone.figure("offer.law.citizens.any-route.at-most").note == ""


def test_the_note_of_an_end_goes_into_the_sum(everyone: Appraisal) -> None:
    parts = [everyone.figure(f"offer.law.{g}.any-route.at-most").note for g in GROUPS]
    told = everyone.figure("offer.law.at-most").note
    assert any(parts) == bool(told) and all(part in told for part in parts)


def test_the_total_is_the_sum_of_the_groups(everyone: Appraisal) -> None:
    for end in ("least", "most"):
        parts = [number(everyone, f"offer.law.{g}.any-route.at-{end}") for g in GROUPS]
        assert number(everyone, f"offer.law.at-{end}") == pytest.approx(sum(parts))
    assert number(everyone, "offer.law.at-least") == 0


def test_the_date_of_the_law_is_said(everyone: Appraisal) -> None:
    agreement = scenario.load("cecot-offer").agreements["offer"]
    assert agreement.law_on == date(2025, 2, 4)
    table = everyone.section("law").tables[1]
    assert "2025-02-04" in table.title
    assert {"Citation", "Since", "Binds"} <= set(table.columns)


def test_people_are_those_of_the_eligible_stages_on_the_date(everyone: Appraisal) -> None:
    """Sentenced citizens: near the stock's sentenced share, since admissions keep it level."""
    people = number(everyone, "offer.law.citizens.people")
    assert people == pytest.approx(133_481 * sentenced_share(), rel=0.05)


def test_every_verdict_of_the_compiler_is_shown_once(everyone: Appraisal) -> None:
    scn = scenario.load("cecot-offer#full-everyone")
    wanted = {
        (group.group, v.real.route, v.real.status)
        for group in compiler.sendable(scn, "offer")
        for part in group.parts
        for v in part.routes
    }
    rows = everyone.section("law").tables[1].rows
    shown = [row[3] for row in rows]
    assert all(isinstance(cell, Figure) for cell in shown)
    found = {
        (cell.id.split(".")[2], cell.id.rpartition(".")[2], cell.value)
        for cell in shown
        if isinstance(cell, Figure)
    }
    assert found == wanted


def test_an_agreement_that_names_no_route_says_that_the_law_was_not_asked(
    tiny: results.Comparison, everyone: Appraisal
) -> None:
    (note,) = appraise(tiny).section("law").notes
    assert "the law was not asked" in note
    assert everyone.section("law").notes == ()


def test_how_long_it_takes_stands_beside_each_verdict(everyone: Appraisal) -> None:
    by = "offer.law.salvadoran-nationals.sentenced.violent.us-treaty-transfer"
    told = everyone.figure(f"{by}.takes")
    assert told.value == "not known"
    needed = {i.id for i in told.inputs if isinstance(i, Rule)}
    assert "us-treaty-transfer/consent" in needed and "us-treaty-transfer/power" not in needed
    other = "offer.law.other-non-citizens.sentenced"
    assert f"{other}.violent.us-removal.takes" not in everyone.figures  # barred: no day
    undecided = everyone.figure(f"{other}.violent.us-bop-designation.takes").value
    assert undecided == "not known; what is unsettled has no day"
    assert f"{by}.takes" in {row[5].id for row in rows(everyone) if isinstance(row[5], Figure)}


def rows(found: Appraisal) -> tuple[tuple[Figure | str | None, ...], ...]:
    return found.section("law").tables[1].rows


def test_law_of_ones_own_is_appraised_with_its_delay_and_its_days(tmp_path: Path) -> None:
    later = """\
      - since: 2025-03-01
        citation: Homeland Lease Act 2025, s. 9
        binds: [homeland]
        grade: official
        otherwise: {then: barred, because: It lapsed.}
"""
    law = LAW.replace("2025-07-01", "2025-01-01").replace("  - use: n", f"{later}  - use: n")
    (tmp_path / "mine.yaml").write_text(law, encoding="utf-8")
    asking = GOOD.replace("    fee:\n", "    routes: [homeland-act]\n    fee:\n")
    text = asking.replace("agreements:\n", "law: [mine.yaml]\nagreements:\n", 1)
    file = tmp_path / "tiny.yaml"
    file.write_text(text, encoding="utf-8")
    found = appraise(compare(str(file), 2, tmp_path / "out"))
    by = "lease.law.ordinary.sentenced.all.homeland-act"
    assert found.figure(by).value == "needs"
    assert found.figure(f"{by}.takes").value == "5 to 9 d, and not known for 1 more"
    assert found.figure(f"{by}.takes").note == "homeland-act/who: 5 to 9 d (s. 3)"
    (row,) = rows(found)
    assert row[8] == "2025-01-01 to 2025-03-01; 1987-06-26*"
    assert str(row[2]) == "The Homeland Lease Act"
