"""People held: as bands, as the difference of the two sides, and against what was observed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bedspace.appraisal.charts import wording
from bedspace.appraisal.charts.wording import SIDES
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.tables import Chart, Datum
from bedspace.appraisal.members.members import Ensemble, day_in_short, year_ends
from bedspace.appraisal.people import held

_BANDS = (0.025, 0.1, 0.25, 0.75, 0.9, 0.975)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ENDS = ("low", "low80", "low50", "high50", "high80", "high")


def months(ensemble: Ensemble, system: str, sides: Sequence[str] = SIDES) -> Chart:
    """People at the end of every month, of the run and of the day that the title tells of: the last
    side with bands of 50, 80 and 95 % of its futures, the other as its mean; what was observed."""
    name, day = wording.system(ensemble.scn, system), day_in_short(ensemble.scn)
    found = held.held(ensemble, system, day, sides[-1])
    rows: list[Datum] = []
    for side in sides:
        every = _monthly(ensemble, system, f"SELECT * FROM ({_people(side)})")
        rows += [
            {"x": x, "mid": mid, "group": side, **(bands if side == sides[-1] else {})}
            for x, mid, bands in every
        ]
    # Where no agreement or change reaches a system, one line says all that two would.
    if len(sides) == 2 and len({(r["x"], r["mid"]) for r in rows}) * 2 == len(rows):
        rows = [row for row in rows if row["group"] == sides[-1]]
    seen = _marks(ensemble, system)
    count = wording.of(found)
    who = f"{name}: {'nobody' if count == '0' else f'{count} people'} held {_when(day)}"
    low, high = (wording.told(end, "people") for end in wording.ends(found))
    between = f" ({low} to {high})" if low != high else ""
    names = wording.sides(ensemble) if len(sides) == 2 else {sides[0]: "Simulated"}
    return Chart(
        f"population.{system}.months",
        wording.shortest(f"{who}{between}", who),
        "band",
        "end of the month",
        "people",
        tuple(rows),
        _counted(ensemble, system, sides),
        f"population.{system}",
        (*seen, *_title_told(found, day, rows)),
        _note(ensemble, bool(seen)),
        f"People held in {_title(ensemble, system)} at the end of each month",
        (found,),
        names,
    )


def difference(ensemble: Ensemble, system: str) -> Chart | None:
    """People more or fewer than in the baseline, on a scale of their own; None where the baseline
    holds nobody, so that the scenario is the difference."""
    name, day = wording.system(ensemble.scn, system), day_in_short(ensemble.scn)
    found = held.impact(ensemble, system, day)
    value, when = wording.amount(found), _when(day)
    with_it = wording.sides(ensemble)["scenario"].lower()
    less = "fewer" if value < 0 else "more"
    low, high = wording.ends(found)
    between = ""
    if low != high and (low < 0) == (high < 0):
        texts = sorted((abs(low), abs(high)))
        between = f" ({wording.count(texts[0])} to {wording.count(texts[1])})"
    title = f"{name}: {wording.of(found)} {less} people held {with_it}, {when}"
    if wording.of(found) == "0":
        title = f"{name}: as many people held {with_it} as without, {when}"
    before = _monthly(ensemble, system, f"SELECT * FROM ({_people('baseline')})")
    if not any(mean for _, mean, _ in before):
        return None
    query = (
        "SELECT b.member, b.day, s.people - b.people AS people FROM "
        f"({_people('baseline')}) b JOIN ({_people('scenario')}) s USING (member, day)"
    )
    rows: list[Datum] = [
        {"x": x, "mid": mid, "group": "difference", **bands}
        for x, mid, bands in _monthly(ensemble, system, query)
    ]
    return Chart(
        f"population.{system}.difference",
        wording.shortest(title + between, title, title.replace(", at the end of", ", end of")),
        "band",
        "end of the month",
        "people",
        tuple(rows),
        _counted(ensemble, system, SIDES),
        f"population.{system}",
        _title_told(found, day, rows),
        _note(ensemble, False),
        f"People held in {_title(ensemble, system)}: {with_it} less without it",
        (found,),
        {"difference": ""},
    )


def _note(ensemble: Ensemble, observed: bool) -> str:
    seen = " Diamonds: observed, hollow where no day is given." if observed else ""
    return (
        f"Line: mean of {wording.futures(ensemble.members)}. Bands hold 50, 80 and 95 % of them."
        f"{seen}"
    )


def _people(side: str) -> str:
    return (
        f"SELECT member, day, sum(people)::BIGINT AS people FROM {side}_population "
        "WHERE system = $system AND (day = last_day(day) OR day IN ($last, $told)) GROUP BY ALL"
    )


def _monthly(
    ensemble: Ensemble, system: str, query: str
) -> Iterator[tuple[str, float, dict[str, float]]]:
    """The day, the mean of the futures, and the ends of the bands by their names."""
    last, told = year_ends(ensemble.scn.start, ensemble.scn.end)[-1], day_in_short(ensemble.scn)
    cuts = ", ".join(map(str, _BANDS))
    asked = f"SELECT day, avg(people), quantile_cont(people, [{cuts}]) FROM ({query}) GROUP BY day"
    where = {"system": system, "last": last, "told": told}
    found = ensemble.comparison.sql(f"{asked} ORDER BY day", where)
    for day, mean, bands in found.fetchall():
        yield (
            day.isoformat(),
            round(float(mean), 2),
            {end: round(float(cut), 2) for end, cut in zip(_ENDS, bands, strict=True)},
        )


def _counted(ensemble: Ensemble, system: str, sides: Sequence[str]) -> tuple[Input, ...]:
    return tuple(
        ensemble.bases[side].simulated(
            f"population.{system}.{side}.run",
            f"people in the facilities of {system}, {side}",
            [system],
        )
        for side in sides
    )


def _title_told(found: Figure, day: date, rows: Sequence[Datum]) -> tuple[Datum, ...]:
    """The point that the title tells of, where it is not the end of the line."""
    if day.isoformat() >= str(rows[-1]["x"]):
        return ()
    value = wording.amount(found)
    label = f"{'−' if value < 0 else ''}{wording.of(found)}"
    return ({"x": day.isoformat(), "y": value, "label": label, "group": "told"},)


def _marks(ensemble: Ensemble, system: str) -> list[Datum]:
    """Counts of the whole system that lie in the run or within a month of it."""
    found: list[Datum] = []
    scn, month = ensemble.scn, timedelta(days=31)
    for seen in scn.systems[system].observed:
        if seen.population is None or seen.facility or seen.group:
            continue
        day = seen.date or date(seen.year or 1, 7, 1)
        if not scn.start - month <= day <= scn.end + month:
            continue
        word = "observed" if seen.date else "observed, no day given"
        found.append({
            "x": day.isoformat(),
            "y": seen.population.value,
            "label": f"{seen.population.value:,.0f} ({seen.date or seen.year})",
            "group": word,
        })  # fmt: skip
    return found


def _when(day: date) -> str:
    """The end of a day as it is said: that of a year or of a month by their names."""
    month, after = _MONTHS[day.month - 1], day + timedelta(days=1)
    if after.day != 1:
        return f"on {day.day} {month} {day.year}"
    return f"at the end of {day.year if after.month == 1 else f'{month} {day.year}'}"


def _title(ensemble: Ensemble, system: str) -> str:
    return ensemble.scn.systems[system].title or system
