"""An appraisal made by hand, small, with one of everything that a report has to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bedspace.appraisal import (
    Appraisal,
    Chart,
    Figure,
    Gate,
    Number,
    Rule,
    Section,
    Simulated,
    Table,
    Taken,
)
from bedspace.appraisal.figures.answer import Answer, Sentence

PLACES = Number("agreements.lease.places", 200, "people", "A treaty", "official")
GUESS = Number("agreements.lease.consent", 0.5, "share", None, "assumption", note="not known")
BARE = Number("homeland.facilities.north.places", 6000, "people", None, "assumption")
POWER = Gate("us-removal/release", "as if people could be removed before release")
MET = Taken("us-removal/withholding", "needs", "Needs a finding, person by person.")
RULE = Rule("ccpr-10", "people are held humanely", "ICCPR art. 10", "assumption")

BAND = tuple(
    {"x": f"{2025 + i // 2}-0{1 + 6 * (i % 2)}-01", "low": 9000.0 + 40 * i - 20 * i,
     "mid": 9000.0 + 40 * i, "high": 9000.0 + 40 * i + 30 * i, "group": group}
    for group in ("No agreement", "Scenario")
    for i in range(20)
)  # fmt: skip


def appraisal(*, assumed: bool = True) -> Appraisal:
    """The appraisal; with `assumed` its people are sent under an assumed power and by a gate
    taken as met."""
    rests = (PLACES, GUESS, POWER, MET) if assumed else (PLACES, GUESS)
    sent = Simulated("sent", "people sent under the lease", rests)
    people = Figure("people-sent", "People sent at most", 180, "people", "counted", (sent,),
                    170.0, 190.0)  # fmt: skip
    fee = Figure("fee", "Fee paid", Decimal("4760000.00"), "USD", "fee x place-days",
                 (people, PLACES))  # fmt: skip
    area = Figure("area", "Floor area <b>per</b> person", 1.54, "m2", "100 m2 / 65", (PLACES,),
                  note="an upper bound: toilets & basins are in it")  # fmt: skip
    unknown = Figure("why", "Value to the public", None, "", "none", (BARE, RULE),
                     note="nobody has measured it")  # fmt: skip
    population = Table(
        "people-table", "People sent and held", ("who", "people"),
        (("sent", people), ("of them known", "a bound")), "At the end of each year.",
    )  # fmt: skip
    money = Table("money-table", "Money", ("item", "value"), (("fee", fee), ("gain", unknown)))
    room = Table("room-table", "Room", ("in a cell", "floor area"), (("65", area),))
    band = Chart(
        "held", "People held in Homeland", "band", "", "people", BAND, (sent,), "people-table",
        ({"x": "2026-03-01", "y": 9300.0, "label": "observed", "group": "observed"},),
        "Median and 95 % interval.",
    )  # fmt: skip
    line = Chart(
        "fees", "What each side gains by the fee", "line", "fee, USD a place-day", "USD million",
        tuple({"x": float(x), "y": float(sign * (x - 40)), "group": who}
              for who, sign in (("Homeland", -1), ("Neighbour", 1)) for x in range(0, 101, 10)),
        (fee,), "money-table", ({"value": 0.0, "label": "covers its cost"},
                                {"x": 54.79, "label": "the fee asked"}),
    )  # fmt: skip
    bounds = Chart(
        "bounds", "Who could be sent", "range", "people", "",
        ({"label": "Nationals", "low": 0.0, "high": 637.0, "group": ""},
         {"label": "Others & more", "low": 0.0, "high": 22315.0, "group": ""}),
        (people,), "people-table", ({"value": 10000.0, "label": "places offered"},),
    )  # fmt: skip
    bars = Chart(
        "floor", "Floor area a person", "bars", "people in a cell", "m2",
        tuple({"label": f"{n} in a cell", "value": 100 / n, "group": ""} for n in (65, 80, 156)),
        (PLACES,), "room-table",
        ({"value": 3.0, "label": "Mursic"}, {"value": 4.0, "label": "CPT"}),
    )  # fmt: skip
    return Appraisal(
        "Two hundred places abroad", "lease", "lease#baseline", 100, 1,
        date(2025, 1, 1), date(2036, 1, 1),
        (
            Section("population", "People", (population,), (band, bounds), ("A sentence.",)),
            Section("corridor", "Fees", (money,), (line,)),
            Section("conditions", "Conditions", (room,), (bars,)),
            Section("cannot-know", "What it cannot know", (), (), ("Who would consent.",)),
        ),
        Answer("Does it pay?", Sentence("Homeland would lose money.", (fee,))),
        ("people-sent", "fee", "why"),
    )  # fmt: skip


def without_charts() -> Appraisal:
    """The same with no chart in it, which is quicker."""
    whole = appraisal()
    return replace(whole, sections=tuple(replace(s, charts=()) for s in whole.sections))
