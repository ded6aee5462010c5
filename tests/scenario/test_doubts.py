"""What is read and run as written, and is probably wrong: each doubt at its place, and none where
there is no reason."""

from pathlib import Path

import pytest

from bedspace.scenario import load, names, warnings
from tests.scenario.files import written

PLAIN = """bedspace: 1
title: doubts
start: 2024-01-01
end: 2026-01-01
systems:
  home:
    groups:
      all: {stock: {sentenced: 100}, pathway: p}
    pathways:
      p:
        remand: {stay: {fixed: 30 d}, exits: {sentenced: 100 %}}
        sentenced: {stay: {fixed: 100 d}, credit: 100 %}
    facilities: {here: {places: 2000}}
  away:
    facilities: {there: {places: 300}}
agreements:
  lease:
    sending: home
    receiving: away
    facility: there
    places: 300
    from: 2024-03-01
    until: 2025-03-01
    eligible: {groups: [all], stages: [sentenced]}
"""
LIFERS = "{mixture: [{share: 98 %, stay: {fixed: 100 d}}, {share: 2 %, stay: {indefinite: true}}]}"
STOCK = "stock: {sentenced: 100}"


def told(folder: Path, *changes: tuple[str, str]) -> list[str]:
    """The doubts about the plain file with some changes: line and what."""
    text = PLAIN
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [f"{p.line}:{p.column} {p.what}" for p in warnings(load(written(folder, text)))]


def test_the_plain_file_gives_no_reason(tmp_path: Path) -> None:
    assert told(tmp_path) == []


@pytest.mark.parametrize("name", names())
def test_a_shipped_scenario_gives_no_reason(name: str) -> None:
    assert warnings(load(name)) == []


def test_a_country_that_the_law_does_not_know_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, ("  home:\n", "  home:\n    country: ruritania\n")) == [
        "7:14 the rules of law do not know the country 'ruritania' and take it for one of its own"
    ]
    assert told(tmp_path, ("  home:\n", "  home:\n    country: Home\n")) == []
    assert told(tmp_path, (STOCK, f"attributes: {{citizenship: away}}, {STOCK}")) == []
    assert told(tmp_path, (STOCK, f"shares: {{citizenship: {{zemblan: 1}}}}, {STOCK}")) == [
        "8:36 the rules of law do not know the citizenship 'zemblan' and take it for one of its own"
    ]


def test_credit_where_a_spell_begins_is_told(tmp_path: Path) -> None:
    remand = "remand: {stay: {fixed: 30 d}, exits"
    assert told(tmp_path, (remand, "remand: {stay: {fixed: 30 d}, credit: 50 %, exits")) == [
        "11:47 credit does nothing in 'remand': no stage of the pathway comes before it, so that "
        "no day has been spent inside"
    ]
    assert told(tmp_path, (remand, "remand: {stay: {fixed: 30 d}, credit: 0 %, exits")) == []


def test_a_recall_longer_than_any_sentence_is_told(tmp_path: Path) -> None:
    stage = "sentenced: {stay: {fixed: 100 d}, credit: 100 %}\n"
    for days, reasons in ((101, 1), (100, 0)):
        recall = (
            f"        recalled: {{stay: {{fixed: {days} d}}, ends_with: sentenced}}\n"
            "        released: {returns: {share: 9 %, after: {fixed: 9 d}, to: recalled}}\n"
        )
        said = [
            "13:20 nobody stays in 'recalled' for 101 d: it ends with the sentence of 'sentenced', "
            "which is 100 d at most"
        ]
        assert told(tmp_path, (stage, stage + recall)) == said[:reasons]
        half = recall.replace(" d}, ends_with", " d}, share: 50 %, ends_with")
        assert told(tmp_path, (stage, stage + half)) == [], "50 d are served"


def test_a_planned_release_of_more_than_there_are_is_told(tmp_path: Path) -> None:
    place = "    facilities: {here: {places: 2000}}\n"
    for number, reasons in ((101, 1), (100, 0)):
        planned = f"{{on: 2024-03-01, stages: [sentenced], people: {number}}}"
        assert (
            told(tmp_path, (place, f"{place}    planned_releases: {{march: {planned}}}\n"))
            == [
                "14:77 101 people are to be let out by 'march', and only 100 are held before or "
                "admitted until then"
            ][:reasons]
        )


def test_a_stock_by_stage_of_a_law_with_lifers_is_told(tmp_path: Path) -> None:
    """Some of every 100 who arrive never leave, so in the long run nobody else is left inside."""
    lifers = ("sentenced: {stay: {fixed: 100 d}", f"sentenced: {{stay: {LIFERS}")
    assert told(tmp_path, lifers) == [
        "8:21 all of the stock of 'all' in 'sentenced' stay for ever: the stay has an indefinite "
        "part, and in the long run only those people are left to be found"
    ]
    # Where the time served is given, or a risk ends every stay, the census is not of them alone.
    known = (STOCK, "stock: {sentenced: {people: 100, served: {fixed: 150 d}}}")
    assert told(tmp_path, lifers, known) == []
    dying = (lifers[0], f"sentenced: {{stay: {LIFERS}, risks: {{died: 1 % / year}}")
    assert told(tmp_path, dying) == []


@pytest.mark.parametrize(
    ("served", "stay", "who"),
    [
        ("{fixed: 100 d}", "{stay: {fixed: 100 d}", None),
        ("{fixed: 101 d}", "{stay: {fixed: 100 d}", "all"),
        ("{fixed: 60 d}", "{stay: {fixed: 100 d}, share: 50 %", "all"),
        ("{fixed: 60 d}", "{stay: {fixed: 100 d}, share: 50 %, minimum: 70 d", None),
        ("{exponential: {mean: 30 d}}", "{stay: {fixed: 100 d}", "some"),
        ("{exponential: {mean: 30 d}}", "{stay: {exponential: {mean: 3 d}}", None),
        ("{quantiles: {0 %: 0 d, 100 %: 120 d}}", "{stay: {fixed: 100 d}", "some"),
        ("{fixed: 150 d}", f"{{stay: {LIFERS}", None),
    ],
)
def test_served_longer_than_the_stay(
    served: str, stay: str, who: str | None, tmp_path: Path
) -> None:
    found = told(
        tmp_path,
        (STOCK, f"stock: {{sentenced: {{people: 100, served: {served}}}}}"),
        ("sentenced: {stay: {fixed: 100 d}", f"sentenced: {stay}"),
    )
    longest = 50 if "50 %" in stay else 100
    assert (
        found == []
        if who is None
        else [
            f"8:49 {who} of the stock of 'all' have served longer than anybody stays in "
            f"'sentenced' ({longest} d): they leave on the first day"
        ]
    )


def test_places_of_several_agreements_in_one_facility_are_added_up(tmp_path: Path) -> None:
    """300 places: one agreement rents all of them to the end of February 2025, another one more
    from July 2024 or, when the first is over, from March 2025 on."""
    lease = PLAIN[PLAIN.index("  lease:\n") :]
    second = lease.replace("  lease:", "  second:").replace("places: 300", "places: 1")
    second = second.replace("until: 2025-03-01", "until: 2025-09-01")
    together = (
        "21:13 301 places are rented on 2024-07-01 in 'there', which has 300: by 'second' and "
        "'lease' together"
    )
    for first, doubts in (("2024-07-01", [together]), ("2025-03-01", [])):
        other = second.replace("from: 2024-03-01", f"from: {first}")
        assert told(tmp_path, ("agreements:\n", f"agreements:\n{other}")) == doubts


def test_more_places_rented_than_there_are(tmp_path: Path) -> None:
    more = ("places: 300\n", "places: 301\n")
    assert told(tmp_path, more) == [
        "21:13 301 places are rented on 2024-03-01 in 'there', which has 300"
    ]
    # By date: a measure adds places before the ramp reaches them, or too late.
    ramp = ("    from:", "    ramp: {2024-03-01: 100, 2024-09-01: 100 %}\n    from:")
    for on, late in (("2024-09-01", []), ("2024-09-02", ["2024-09-01"])):
        measure = f"measures: {{m: {{on: {on}, set: {{away.facilities.there.places: 400}}}}}}\n"
        found = told(tmp_path, more, ramp, ("agreements:\n", f"{measure}agreements:\n"))
        assert [line.split()[6] for line in found] == late
    closing = ("there: {places: 300}", "there: {places: 300, closes: 2024-12-01}")
    assert told(tmp_path, closing) == [
        "21:13 300 places are rented on 2024-12-01 in 'there', which has 0"
    ]


def test_an_agreement_wholly_outside_the_run(tmp_path: Path) -> None:
    gone = (("from: 2024-03-01", "from: 2022-01-01"), ("until: 2025-03-01", "until: 2024-01-01"))
    assert told(tmp_path, *gone) == [
        "17:3 the agreement 'lease' runs from 2022-01-01 to 2024-01-01, wholly outside the run "
        "from 2024-01-01 to 2026-01-01"
    ]
    assert told(tmp_path, gone[0], ("until: 2025-03-01", "until: 2024-01-02")) == []
