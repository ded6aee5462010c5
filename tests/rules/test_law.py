"""The law room beyond its cases: unknown facts, rules without a source, assumptions."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedspace.exceptions import BedspaceError
from bedspace.rules import countries, law, standards
from bedspace.rules.law import treaties
from bedspace.rules.law.questions import question
from bedspace.rules.reading import TO_VERIFY

DAY = date(2025, 7, 1)
DATA = Path(law.__file__).parent / "data"
CITIZENSHIPS = ["salvadoran", "venezuelan", "us-citizen", "us-citizen+salvadoran", "foreign", None]
CUSTODY_STATUSES = ["remand", "sentenced", "recalled", "indefinite", "immigration", None]
YES_NO = [f.name for f in fields(law.Facts) if f.type == "bool | None"]


@st.composite
def facts(draw: st.DrawFn) -> law.Facts:
    return law.Facts(
        sending_country=draw(st.sampled_from(["united-states", "norway"])),
        receiving_country=draw(st.sampled_from(["el-salvador", "united-states", "rwanda"])),
        citizenship=draw(st.sampled_from(CITIZENSHIPS)),
        custody_status=draw(st.sampled_from(CUSTODY_STATUSES)),
        days_left=draw(st.sampled_from([None, 10.0, 1000.0])),
        **{name: draw(st.sampled_from([True, False, None])) for name in YES_NO},
    )


def worlds(known: law.Facts, field: str) -> list[law.Facts]:
    """The facts with a field that is not known told in every way."""
    values: list[Any] = {
        "citizenship": [c for c in CITIZENSHIPS if c not in (None, "foreign")],
        "custody_status": CUSTODY_STATUSES[:-1],
        "days_left": [10.0, 1000.0],
    }.get(field, [True, False])
    told = [replace(known, **{field: value}) for value in values]
    # A lawful resident is an alien by the word's meaning: the two facts cannot contradict.
    return [f for f in told if not (f.lawful_resident and f.sending in (f.countries or ()))]


@settings(max_examples=300, deadline=None)
@given(facts(), st.sampled_from(["citizenship", "custody_status", "days_left", *YES_NO]))
def test_what_is_not_known_never_opens_a_gate(known: law.Facts, field: str) -> None:
    unknown = replace(known, **{field: None})
    told = worlds(unknown, field)
    for verdict in law.verdicts(unknown, law.routes(), DAY):
        for finding in verdict.findings:
            if finding.status == "permitted":
                for world in told:
                    (there,) = law.verdicts(world, [verdict.route], DAY)
                    same = next(f for f in there.findings if f.gate_id == finding.gate_id)
                    assert same.status == "permitted", (finding.gate_id, field, world)


@settings(max_examples=100, deadline=None)
@given(facts(), st.dates(date(1960, 1, 1), date(2035, 1, 1)))
def test_a_verdict_is_its_worst_finding_under_the_law_of_the_day(
    known: law.Facts, on: date
) -> None:
    for verdict in law.verdicts(known, law.routes(), on):
        order = [law.VERDICT_STATUSES.index(f.status) for f in verdict.findings]
        assert law.VERDICT_STATUSES.index(verdict.status) == max(order)
        for finding in verdict.findings:
            assert finding.as_of is None or finding.as_of <= on or finding.status == "barred"
            assert finding.citation and finding.binds and finding.words
            assert "{" not in finding.words


def test_a_custody_status_that_the_law_does_not_know_is_refused() -> None:
    with pytest.raises(BedspaceError, match="'sentencd' is none of remand"):
        law.Facts("united-states", "el-salvador", custody_status="sentencd")


def test_nothing_known_permits_no_route() -> None:
    nothing = law.Facts("united-states", "el-salvador")
    found = {v.route: v.status for v in law.verdicts(nothing, law.routes(), DAY)}
    assert "permitted" not in found.values()
    # What the two countries alone decide is decided: a lease of others' is not theirs to use.
    assert {found[r] for r in ("us-treaty-transfer", "coe-1983")} == {"needs"}
    assert found["us-removal"] == "unsettled"  # may who is removed be imprisoned abroad?
    assert found["norway-netherlands-2015"] == found["us-hawaii-contract"] == "barred"


def test_everybody_but_salvadorans_is_barred_from_treaty_transfer() -> None:
    for who in ["venezuelan", "us-citizen", "mexican", "other", "venezuelan+us-citizen"]:
        people = law.Facts("united-states", "el-salvador", who, "sentenced")
        (verdict,) = law.verdicts(people, ["us-treaty-transfer"], DAY)
        assert verdict.status == "barred"
        assert [f.gate_id for f in verdict.deciding] == ["us-treaty-transfer/nationality"]


def test_words_for_citizenship() -> None:
    for word in ["salvadoran", "El Salvador", "SV", "el_salvador"]:
        assert countries.citizenships(word) == frozenset({"el-salvador"})
    assert countries.citizenships(None) is None
    assert countries.citizenships("unknown") is None
    both = countries.citizenships(frozenset({"usa", "venezuelan"}))
    assert both == countries.citizenships("us-citizen + venezuelan")
    assert law.Facts("homeland", "neighbour", "citizen").countries == frozenset({"homeland"})


def test_findings_say_what_was_not_re_read() -> None:
    people = law.Facts("united-states", "el-salvador", "us-citizen", "sentenced")
    (verdict,) = law.verdicts(people, ["us-bop-designation"], DAY)
    notes = {f.gate_id.split("/")[1]: f.note for f in verdict.findings}
    assert notes["citizens"].startswith(f"{TO_VERIFY}; both texts read; that no Act of Congress")
    assert notes["duty-of-care"] == ""
    assert notes["habitability"] == f"its date {TO_VERIFY}"


def test_an_unknown_route_is_refused_with_the_nearest() -> None:
    with pytest.raises(BedspaceError, match="did you mean 'us-removal'"):
        law.verdicts(law.Facts("a", "b"), ["us-removl"], DAY)


def test_routes_are_ranked_from_best_to_worst() -> None:
    people = law.Facts("united-states", "el-salvador", "venezuelan", "sentenced")
    found = law.verdicts(people, ["us-treaty-transfer", "us-removal", "us-bop-designation"], DAY)
    assert [v.status for v in law.ranked(found)] == ["unsettled", "barred", "barred"]


def venezuelan() -> law.Verdict:
    people = law.Facts(
        "united-states",
        "el-salvador",
        "venezuelan",
        "sentenced",
        consent=True,
        final_judgment=True,
        appeal_pending=False,
        double_criminality=True,
        torture_risk=False,
        states_agree=True,
        days_left=700,
        attributes={"death_sentence": "no"},
    )
    return law.verdicts(people, ["us-treaty-transfer"], DAY)[0]


def test_an_assumption_leaves_the_real_verdict_beside_it() -> None:
    real = venezuelan()
    what_if = law.apply_assumptions(
        real, {"us-treaty-transfer/nationality": "as if it did not ask"}
    )
    assert what_if.real == real and real.status == "barred"
    assert what_if.effective.status == "permitted"
    assert what_if.assumed == ("us-treaty-transfer/nationality",)
    assert "as if it did not ask" in next(
        f.words for f in what_if.effective.findings if f.gate_id.endswith("/nationality")
    )


def test_an_assumption_that_changes_nothing_is_not_listed() -> None:
    real = venezuelan()
    for gate in ["us-treaty-transfer/consent", "us-removal/release"]:
        same = law.apply_assumptions(real, {gate: "for the sake of argument"})
        assert same.effective == real and same.assumed == () and same.reasons == {}


@pytest.mark.parametrize("route", sorted(law.routes()))
def test_no_absolute_bar_can_be_assumed_on_any_route(route: str) -> None:
    absolute = [g.id for g in law.routes()[route].gates if g.absolute]
    assert f"{route}/non-refoulement" in absolute
    for gate in absolute:
        with pytest.raises(BedspaceError, match="absolute bar"):
            law.apply_assumptions(venezuelan(), {gate: "a reason"})


@pytest.mark.parametrize(
    ("gate", "reason", "message"),
    [
        ("us-treaty-transfer/nationalty", "a reason", "did you mean 'us-treaty-transfer/national"),
        ("us-treaty-transfer/nationality", "  ", "without a reason"),
    ],
)
def test_a_bad_assumption_is_refused(gate: str, reason: str, message: str) -> None:
    with pytest.raises(BedspaceError, match=message):
        law.apply_assumptions(venezuelan(), {gate: reason})


GOOD = """
id: r
title: A route
summary: Two gates.
gates:
  - id: g
    title: A gate
    law:
      - since: 2000-01-01
        citation: An act, s. 1
        binds: [homeland]
        grade: official
        cases:
          - when: {consent: yes}
            then: permitted
            because: It is given.
        otherwise:
          then: needs
          because: Needs consent.
          delay: {low: 10, high: 20, source: The act, grade: official}
  - use: non-refoulement
"""


def test_the_good_route_is_read() -> None:
    route = law.read(GOOD, "here.yaml")
    assert [g.id for g in route.gates] == ["r/g", "r/non-refoulement"]
    assert route.citations[0] == "An act, s. 1" and route.binds[0] == "homeland"
    (text,) = route.gates[0].texts
    assert text.since == date(2000, 1, 1) and text.cases[0].when == {"consent": True}
    assert text.otherwise.delay == law.Delay(10, 20, "The act", "official")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("An act, s. 1", "' '", "here.yaml:10:19: the gate cites no law; write citation:"),
        ("        citation: An act, s. 1\n", "", "here.yaml:9:9: the gate cites no law"),
        ("[homeland]", "[]", "here.yaml:11:16: the gate does not say whom it binds"),
        ("then: needs", "then: permitted", ":18:17: 'permitted' cannot be the status here"),
        ("then: permitted", "then: allowed", ":15:19: 'allowed' cannot be the status here"),
        ("{consent: yes}", "{}", ":14:19: a case asks at least one question"),
        ("{consent: yes}", "{consnt: yes}", "no question 'consnt'; did you mean 'consent'?"),
        ("{consent: yes}", "{parties.eu: yes}", "no question 'parties.eu'; did you mean"),
        ("{consent: yes}", "{meets.mursic: yes}", "no question 'meets.mursic'; did you mean"),
        ("{consent: yes}", "{consent: perhaps}", "consent cannot be answered 'perhaps'"),
        ("{consent: yes}", "{consent: }", "consent has no answer; write yes, no or a word"),
        ("grade: official\n        cases", "grade: V\n        cases", "'V' is not a grade"),
        ("2000-01-01", "2000", "here.yaml:9:16: '2000' is not a date"),
        ("    title: A gate", "    title: A gate\n    absolut: yes", "did you mean 'absolute'?"),
        ("    title: A gate", "    title: A gate\n    absolute: 1", "absolute is yes or no"),
        ("  - use: n", "  - use: non-refoulement\n  - use: n", "'non-refoulement' is here twice"),
        ("  - use: n", "  - use: nothing\n  - use: n", "there is no shared gate 'nothing'"),
        ("  - use: non-refoulement\n", "", "does not ask about torture or persecution; add - use"),
        ("citation: An", "decided: soon\n        citation: An", "10:18: 'soon' is not a date"),
        ("low: 10", "low: 30", ":20:18: a delay is days, low to high"),
        ("low: 10", "low: soon", ":20:18: a delay is days, low to high"),
        ("source: The act, ", "", "here.yaml:20:18: 'source' is missing"),
        ("then: needs", "then: barred", "here.yaml:20:18: only what is needed has a delay"),
        ("because: It is given.", "because: ''", "'because' says nothing"),
        ("id: r\n", "id: r\nid: s\n", "here.yaml:3:1: 'id' is here twice"),
        ("title: A route", "title: A route\ntitel: x", "'titel' is not a key here"),
        ("gates:\n", "gates: none\nrest:\n", "'gates' must be a list"),
        ("id: r\n", "id: [\n", "this is not YAML"),
        ("[homeland]", "{homeland: yes}", "here.yaml:11:16: the gate does not say whom it binds"),
        ("[homeland]", "[[homeland]]", "here.yaml:11:16: the gate does not say whom it binds"),
        ("2000-01-01", "[2000-01-01]", "here.yaml:9:16: ['2000-01-01'] is not a date"),
        ("    title: A gate", "    title: A gate\n    absolute: [yes]", "absolute is yes or no"),
        ("low: 10", "low: " + "1" * 5000, ":20:18: a delay is days, low to high"),
        ("low: 10", "low: \u0661", ":20:18: a delay is days, low to high"),
        ("        citation", "        note: [a]\n        citation", "'note' must be a text"),
    ],
)
def test_a_rule_that_nobody_could_stand_by_is_refused_with_its_line(
    old: str, new: str, message: str
) -> None:
    assert old in GOOD
    with pytest.raises(BedspaceError) as caught:
        law.read(GOOD.replace(old, new, 1), "here.yaml")
    assert message in str(caught.value)
    assert all(line.startswith("here.yaml:") for line in str(caught.value).splitlines())


def test_texts_stand_oldest_first_one_a_date() -> None:
    text = GOOD.partition("      - since")[2].partition("  - use")[0]
    with pytest.raises(BedspaceError, match=r"here\.yaml:9:7: the texts are not in order"):
        law.read(GOOD.replace("  - use: n", f"      - since{text}  - use: n"), "here.yaml")


def test_everything_wrong_is_said_at_once() -> None:
    spoilt = (
        GOOD.replace("An act, s. 1", "' '").replace("[homeland]", "[]").replace("id: r", "id: ")
    )
    with pytest.raises(BedspaceError) as caught:
        law.read(spoilt, "here.yaml")
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize("file", sorted((DATA / "routes").glob("*.yaml")), ids=lambda f: f.stem)
def test_a_shipped_gate_without_its_citation_would_be_refused_with_its_line(file: Path) -> None:
    """The loader of the shipped files is the same that refuses a lawyer's."""
    text = file.read_text("utf-8")
    cited = re.compile(r"citation: (>-\n(?:.*\n)*?|.*\n)(?= +binds)")
    found = cited.search(text)
    if found is None:
        pytest.fail(f"{file.name} has no gate of its own")
    line = text[: found.start()].count("\n") + 1
    with pytest.raises(BedspaceError, match=rf"^{file.name}:{line}:\d+: the gate cites no law;"):
        law.read(cited.sub("citation: ' '\n", text, count=1), file.name)


def test_delays_of_what_is_needed_add_up_and_what_is_not_known_is_counted() -> None:
    second = GOOD.partition("gates:\n")[2].partition("  - use")[0]
    other = second.replace("id: g", "id: h").replace("low: 10, high: 20", "low: 5, high: 5")
    third = second.replace("id: g", "id: i")
    third = third.replace(
        "          delay: {low: 10, high: 20, source: The act, grade: official}\n", ""
    )
    route = law.read(GOOD.replace("  - use: n", f"{other}{third}  - use: n"), "here.yaml")
    found = law.verdict(route, law.Facts("a", "b"), DAY)
    told = law.timeline(found)
    assert (told.low, told.high) == (15, 25)
    assert [f.gate_id for f in told.unknown] == ["r/i", "r/non-refoulement"]
    assert told.words == "15 to 25 d, and not known for 2 more"
    assert law.timeline(f for f in found.findings if f.gate_id == "r/h").words == "5 d"
    assert law.timeline(f for f in found.findings if f.gate_id == "r/i").words == "not known"
    given = law.verdict(route, law.Facts("a", "a", consent=True), DAY)
    assert given.status == "permitted" and law.timeline(given).words == ""


def test_a_law_ends_where_the_next_begins() -> None:
    facts = law.Facts("norway", "netherlands")
    ends = {}
    for day in (date(2015, 6, 1), date(2016, 1, 1), date(2019, 1, 1), date(2010, 1, 1)):
        (verdict,) = law.verdicts(facts, ["norway-netherlands-2015"], day)
        first = verdict.findings[0]
        ends[day.year] = (first.as_of, first.until)
    assert ends == {
        2010: (date(2015, 3, 2), date(2015, 9, 1)),
        2015: (date(2015, 3, 2), date(2015, 9, 1)),
        2016: (date(2015, 9, 1), date(2018, 9, 1)),
        2019: (date(2018, 9, 1), None),
    }


def test_the_register_says_yes_no_or_that_it_cannot_tell() -> None:
    def bound(treaty: str, one: str, other: str, on: date) -> bool | None:
        return treaties.in_force(treaty, one, other, on)

    brexit = date(2021, 1, 1)
    assert bound("eu-2008-909", "denmark", "united-kingdom", brexit - timedelta(1)) is True
    assert bound("eu-2008-909", "denmark", "united-kingdom", brexit) is False
    assert bound("eu-2008-909", "norway", "sweden", DAY) is False  # that register is complete
    assert bound("coe-1983", "norway", "rwanda", DAY) is None  # and that one is not
    assert bound("coe-1983", "norway", "estonia", date(1997, 7, 31)) is False
    assert bound("coe-1983", "norway", "estonia", date(1997, 8, 1)) is True
    assert bound("interstate-corrections-compact", "hawaii", "arizona", date(1990, 1, 1)) is True
    assert treaties.any_in_force("transfer", "united-states", "netherlands", DAY) is True
    assert treaties.any_in_force("transfer", "united-states", "rwanda", DAY) is None
    first = date(2008, 1, 17)  # thirty days after El Salvador deposited, on 2007-12-18
    both = ("transfer", "united-states", "el-salvador")
    assert treaties.any_in_force(*both, first - timedelta(1)) is False
    assert treaties.any_in_force(*both, first) is True


def test_each_party_is_bound_from_its_own_day() -> None:
    """The Convention against Torture: thirty days after 1994-10-21, and after 1996-06-17."""
    for party, day in (("united-states", date(1994, 11, 20)), ("el-salvador", date(1996, 7, 17))):
        assert treaties.binds("cat-1984", party, day - timedelta(1)) is False
        assert treaties.binds("cat-1984", party, day) is True
    assert treaties.binds("cat-1984", "hawaii", DAY) is True  # bound as a part of its country
    assert treaties.binds("cat-1984", "kosovo", DAY) is None


def test_a_judgment_declares_law_already_in_force() -> None:
    """A reader who asks about a day before the judgment gets what it says, and is told so."""
    dated = GOOD.replace("        citation", "        decided: 2020-05-04\n        citation", 1)
    route, facts = law.read(dated, "here.yaml"), law.Facts("a", "b", consent=True)
    for day, declared in ((date(2020, 5, 3), date(2020, 5, 4)), (date(2020, 5, 4), None)):
        found = law.verdict(route, facts, day).findings[0]
        assert found.status == "permitted" and found.as_of == date(2000, 1, 1)
        assert found.declared == declared
        assert ("decided on 2020-05-04, after the day asked" in found.note) is bool(declared)
    assert not law.verdict(route, facts, date(1999, 12, 31)).findings[0].gate_id.startswith("r/g")
    # On the day of the flights notice was owed, which the Supreme Court said three weeks later.
    sent = law.Facts("united-states", "el-salvador", "venezuelan", "immigration")
    (found,) = law.verdicts(sent, ["us-alien-enemies"], date(2025, 3, 15))
    notice = next(f for f in found.findings if f.gate_id.endswith("/notice"))
    assert (notice.status, notice.declared) == ("needs", date(2025, 4, 7))


def test_the_gates_whose_law_changes_between_two_days() -> None:
    """Between the offer and its first day: third countries (2025-03-28 and later) and expedited
    removal (2025-08-29), and nothing in the treaty."""
    facts = law.Facts("united-states", "el-salvador", "venezuelan", "sentenced")
    days = date(2025, 2, 4), date(2026, 1, 1)
    assert law.changed(law.routes()["us-treaty-transfer"], facts, *days) == ()
    assert law.changed(law.routes()["us-removal"], facts, *days) == (
        "us-removal/third-country",
        "us-removal/expedited",
    )
    assert law.changed(law.routes()["us-removal"], facts, days[0], days[0]) == ()


def test_a_nationality_that_a_rule_names() -> None:
    def asked(word: str | None) -> object:
        national = question("national_of.venezuela")
        assert national is not None
        return national(law.Facts("united-states", "el-salvador", word), DAY)

    assert asked("venezuelan") is asked("us-citizen+venezuelan") is True
    assert asked("salvadoran") is asked("us-citizen") is False
    assert asked("other") is asked("foreign") is asked(None) is None


def test_states_of_one_country_have_its_nationals_and_no_border() -> None:
    facts = law.Facts("hawaii", "arizona", "us-citizen")
    asked = {q: law.QUESTIONS[q](facts, DAY) for q in ("citizen_of_sender", "crosses_border")}
    assert asked == {"citizen_of_sender": True, "crosses_border": False}
    assert law.QUESTIONS["national_of_receiver"](law.Facts("norway", "hawaii", "usa"), DAY) is True
    assert countries.nation("norway") == "norway"


def test_the_paper_names_every_standard() -> None:
    paper = (Path(__file__).parents[2] / "docs" / "law.md").read_text("utf-8")
    for standard in standards.standards():
        assert f"`{standard.id}`" in paper, standard.id
