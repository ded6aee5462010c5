"""What no engine could run is refused when the file is read, with its line; and what looks like it
and can be meant is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bedspace import compile as compiler
from bedspace.engine import check
from bedspace.exceptions import PlanError
from bedspace.scenario import load, with_values
from bedspace.scenario.checks import runnable
from bedspace.scenario.values import typed
from tests.scenario.files import problems, written

GOOD = """\
bedspace: 1
title: A court, a prison, a lease
start: 2025-01-01
end: 2026-01-01
systems:
  home:
    groups:
      all: {stock: 1000, admissions: 2 / day, pathway: usual}
    pathways:
      usual:
        remand: {stay: {fixed: 60 d}, queue: court, exits: {sentenced: 100 %}}
        sentenced: {stay: {fixed: 200 d}}
        released: {returns: {share: 30 %, after: {fixed: 90 d}}}
    hearings:
      court: {served: 3 / day}
    facilities:
      old: {places: 700}
  abroad:
    facilities:
      tower: {places: 90, opens: 2024-01-01, closes: 2025-12-01}
      cells: {places: 9}
agreements:
  lease:
    sending: home
    receiving: abroad
    facility: tower
    places: 40
    from: 2025-03-01
    until: 2025-09-01
    eligible: {groups: [all], stages: [sentenced]}
measures:
  m: {on: 2025-06-01, set: {home.facilities.old.places: 900}}
"""

SITTING = "{sitting: {hours: 6 h / day, hearing: 0.5 h, rooms: 2}}"
COURT = "{served: 3 / day}"
QUEUE = "the hearing 'court' serves nobody, and 'remand' waits for it; "
SERVE = QUEUE + "let it serve somebody, or take queue out of the stage"
SIT = QUEUE + "let it sit on a day before the end, 2026-01-01"
BY_STAGE = "give the stock by stage, like {remand: 100, sentenced: 900}"

BAD: dict[str, tuple[str, str, str, str]] = {
    # --- a queue that nobody serves
    "a court that serves nought": (COURT, "{served: 0 / day}", "15:23", SERVE),
    "a court that sits no hours": (COURT, SITTING.replace("6 h", "0 h"), "15:32", SERVE),
    "a court without rooms": (COURT, SITTING.replace("rooms: 2", "rooms: 0"), "15:66", SERVE),
    "a court that opens after the end": (
        COURT,
        "{served: 3 / day, from: 2026-02-01}",
        "15:38",
        SIT,
    ),
    "a court that serves more than there are": (
        COURT,
        "{sitting: {hours: 24 h / day, hearing: 0.001 h, rooms: 100000}}",
        "15:53",
        "the court serves 2.4e+09 people a day, more than 1073741824; let a hearing be longer, in "
        "fewer rooms",
    ),
    # --- a transfer to nowhere
    "a receiver that is not there": (
        "receiving: abroad",
        "receiving: abrod",
        "25:16",
        "the system 'abrod' is not defined; did you mean 'abroad'?",
    ),
    "a facility of the sender": (
        "facility: tower",
        "facility: old",
        "26:15",
        "the facility 'old' is not defined; the facilities here are tower, cells",
    ),
    "the sender itself": (
        "receiving: abroad",
        "receiving: home",
        "25:16",
        "'home' both sends and receives; name two systems",
    ),
    "a facility that is closed by then": (
        "closes: 2025-12-01",
        "closes: 2025-03-01",
        "26:15",
        "'tower' closes on 2025-03-01, before the agreement begins; name a facility that is open "
        "in the term",
    ),
    "a facility that opens too late": (
        "opens: 2024-01-01",
        "opens: 2025-09-01",
        "26:15",
        "'tower' opens on 2025-09-01, when the agreement is over; name a facility that is open in "
        "the term",
    ),
    "places where people wait": (
        "  abroad:\n",
        "  abroad:\n    when_full: {elsewhere: tower}\n",
        "27:15",
        "'tower' holds people for want of a place, and nobody else; name another facility, or take "
        "it out of when_full",
    ),
    # --- a stage without exit
    "no exits": (
        "{fixed: 200 d}}",
        "{fixed: 200 d}, exits: {}}",
        "12:9",
        "the exits of 'sentenced' are empty; name them, or take exits out",
    ),
    "exits that are not written": (
        "{fixed: 200 d}}",
        "{fixed: 200 d}, exits: }",
        "12:50",
        "'exits' must be a map; give name: value",
    ),
    # --- capacity below nought
    "places below nought": ("places: 700", "places: -7", "17:21", "-7 is too small; "),
    "places below nought by a measure": (
        "old.places: 900",
        "old.places: -9",
        "32:57",
        "-9 is too small; ",
    ),
    "places that may be drawn below nought": (
        "places: 700",
        "places: {value: 7, low: -1, high: 9}",
        "17:37",
        "-1 is too small; ",
    ),
    "a margin above all": (
        "places: 700",
        "places: 700, margin: 101 %",
        "17:34",
        "101 % is too large; it cannot be above 100 %",
    ),
    "a margin above all by a measure": (
        "old.places: 900",
        "old.margin: 150 %",
        "32:57",
        "150 % is too large; it cannot be above 100 %",
    ),
    # --- more than the engine takes
    "a stock above the most": (
        "stock: 1000",
        "stock: 50000001",
        "8:20",
        "50000001 is too large; it cannot be above 50000000",
    ),
    "a stock by stage above the most": (
        "stock: 1000",
        "stock: {remand: {people: 9, served: {fixed: 3 d}}, sentenced: 60000000}",
        "8:75",
        "60000000 is too large; it cannot be above 50000000",
    ),
    "a stock that may be drawn above the most": (
        "stock: 1000",
        "stock: {value: 1000, low: 1, high: 60000000}",
        "8:48",
        "60000000 is too large; it cannot be above 50000000",
    ),
    "places above the most": (
        "places: 700",
        "places: 1073741825",
        "17:21",
        "1073741825 is too large; it cannot be above 1073741824",
    ),
    "places above the most by a measure": (
        "old.places: 900",
        "old.places: 2000000000",
        "32:57",
        "2000000000 is too large; it cannot be above 1073741824",
    ),
    "places rented above the most": (
        "places: 40",
        "places: 2000000000",
        "27:13",
        "2000000000 is too large; it cannot be above 1073741824",
    ),
    "admissions above the most": (
        "2 / day",
        "2000000000 / day",
        "8:38",
        "2000000000 / day is too large; it cannot be above 1073741824",
    ),
    # --- a steady state that there is not
    "everybody returns for ever": (
        "share: 30 %",
        "share: 100 %",
        "8:20",
        "the stock of 'all' has no steady state: everybody returns for ever; " + BY_STAGE,
    ),
    "some never leave": (
        "{fixed: 200 d}}",
        "{mixture: [{share: 99 %, stay: {fixed: 2 d}}, {share: 1 %, stay: {indefinite: true}}]}}",
        "8:20",
        "a stock cannot be spread over 'sentenced', which some never leave; give the time served, "
        "like sentenced: {people: 100, served: {fixed: 150 d}}, or make a group of those who",
    ),
    "nobody leaves at all": (
        "{fixed: 200 d}}",
        "{indefinite: true}}",
        "8:20",
        "a stock cannot be spread over 'sentenced', which nobody leaves; " + BY_STAGE,
    ),
    # --- measures on one stage
    "two reaches": (
        "measures:\n",
        "measures:\n  k: {on: 2025-05-01, set: {home.pathways.usual.remand.share: 30 %}}\n"
        "  l: {on: 2025-07-01, set: {home.pathways.usual.remand.share: 20 %}, reach: inside}\n",
        "33:77",
        "'k' changes 'home.pathways.usual.remand' too, with reach: new; give both the same reach",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_one_mistake_one_message(case: str, tmp_path: Path) -> None:
    old, new, where, says = BAD[case]
    assert GOOD.count(old) == 1
    (found,) = problems(tmp_path, GOOD.replace(old, new))
    assert f"{found.line}:{found.column}" == where
    assert f"{found.what}; {found.mend}".startswith(says)


LATER = "measures:\n  k: {{on: 2025-05-01, set: {{{}}}}}\n"
INDEFINITE = "{indefinite: true}"
CAN_BE_MEANT = {
    "as it is": ("", ""),
    "a court that a measure opens": (
        COURT,
        "{served: 0 / day}",
        "home.hearings.court.served: 1 / day",
    ),
    "rooms that a measure opens": (
        COURT,
        SITTING.replace("rooms: 2", "rooms: 0"),
        "home.hearings.court.sitting.rooms: 1",
    ),
    "a court that a measure closes": (COURT, COURT, "home.hearings.court.served: 0 / day"),
    "a court that nobody waits for": (", queue: court", "", ""),
    "everybody returns, but for the dead": (
        "{returns: {share: 30 %,",
        "{returns: {share: 100 %,",
        "",
    ),
    "nobody leaves but by death": (
        "{fixed: 200 d}}",
        INDEFINITE + ", risks: {died: 1 % / year}}",
        "",
    ),
    "nobody takes the way to it": (
        "{sentenced: 100 %}}",
        "{sentenced: 100 %, kept: 0 %}}\n"
        "        kept: {stay: {indefinite: true}, status: indefinite}",
        "",
    ),
    "no places at all": ("places: 700", "places: 0", ""),
    "the most": ("places: 700", "places: 1073741824", ""),
}


@pytest.mark.parametrize("case", CAN_BE_MEANT)
def test_what_can_be_meant_is_read_and_run(case: str, tmp_path: Path) -> None:
    old, new, *measure = CAN_BE_MEANT[case]
    text = GOOD.replace(old, new, 1)
    if case == "everybody returns, but for the dead":
        text = text.replace("{fixed: 200 d}}", "{fixed: 200 d}, risks: {died: 1 % / year}}")
    if measure and measure[0]:
        text = text.replace("measures:\n", LATER.format(measure[0]))
    assert problems(tmp_path, text) == []
    assert compiler.plan(load(written(tmp_path, text)))


def test_everybody_may_return_for_ever_from_a_stock_by_stage(tmp_path: Path) -> None:
    text = GOOD.replace("share: 30 %", "share: 100 %")
    text = text.replace("stock: 1000", "stock: {remand: 100, sentenced: 900}")
    assert compiler.plan(load(written(tmp_path, text)))


SHORT = """\
bedspace: 1
title: Four days from Wednesday to Saturday
start: 2025-01-01
end: 2025-01-05
systems:
  home:
    groups:
      all: {admissions: 2 / day, pathway: usual}
    pathways:
      usual: {remand: {stay: {fixed: 2 d}, queue: court}}
    hearings:
      court: {sitting: {days: [sun, mon], hours: 6 h / day, hearing: 1 h}}
    facilities:
      old: {places: 7}
"""


def test_a_court_whose_days_do_not_come(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, SHORT)
    assert str(found).endswith(
        ":12:7: the hearing 'court' serves nobody, and 'remand' waits for it; let it sit on a day "
        "before the end, 2025-01-05"
    )
    assert problems(tmp_path, SHORT.replace("mon]", "sat]")) == []
    assert problems(tmp_path, SHORT.replace("01-05", "01-06")) == []


def test_a_scenario_without_people(tmp_path: Path) -> None:
    text = SHORT.replace("    groups:\n      all: {admissions: 2 / day, pathway: usual}\n", "")
    (found,) = problems(tmp_path, text)
    assert str(found).endswith(":6:3: there is nobody in any system; add groups to one of them")


def test_more_than_a_plan_has_room_for(tmp_path: Path) -> None:
    many = "".join(f"      f{i}: {{places: 1}}\n" for i in range(30_000))
    (found,) = problems(tmp_path, SHORT.replace("mon]", "sat]") + many)
    assert found.what == "there are 30001 facilities, more than 30000"


def test_the_limits_are_the_engine_s() -> None:
    assert runnable.MOST_NOUNS == check.MOST_STAGES
    assert (typed.MOST_PEOPLE, typed.MOST_PLACES) == (check.MOST_PEOPLE, check.MOST_VALUE)


def test_what_only_a_draw_or_a_product_shows_has_its_line_too(tmp_path: Path) -> None:
    """Nothing is checked again when numbers are drawn, so the Plan is; its noun says the line."""
    scn = load(written(tmp_path, GOOD))
    for path, value, where, says in (
        ("home.facilities.old.places", 2e9, "17:7", 'place "home/old"'),
        ("home.hearings.court.served", 0.0, "15:7", 'queue "home/court" is never served'),
        ("home.groups.all.admissions.rate", 2e9, "8:7", 'cohort "home/all/admissions"'),
        ("agreements.lease.places", 2e9, "27:13", 'place "abroad/tower@lease"'),
    ):
        with pytest.raises(PlanError) as caught:
            compiler.plan(with_values(scn, {path: value}))
        assert str(caught.value).startswith(f"{scn.source}:{where}: {says}"), path
    growing = GOOD.replace(
        "admissions: 2 / day", "admissions: {rate: 900000000 / day, trend: 90 % / year}"
    )
    (found,) = problems(tmp_path, growing)
    assert "it would pass 1073741824 / day" in found.what
