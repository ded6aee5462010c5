"""When places run out, as a strip; and what comes of early release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bedspace.appraisal.charts import wording
from bedspace.appraisal.charts.wording import SIDES
from bedspace.appraisal.figures.tables import Chart, Datum
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.people import full, instead
from bedspace.appraisal.people.full import Seen
from bedspace.compile.names import TO_RETURN
from bedspace.scenario import Scenario


def strip(
    every: Sequence[Seen],
    scn: Scenario,
    system: str,
    table: str,
    ends: Sequence[date],
    names: dict[str, str],
) -> Chart:
    """The share of futures in which places have run out by the end of each month, on each side."""
    whom = (system, None)
    found = {had.side: full.run_out(had, whom) for had in every}
    chances = [full.chance(had, whom) for had in every]
    rows: list[Datum] = [
        {
            "x": end.isoformat(),
            "y": 100 * sum(day <= end for day in found[had.side]) / had.members,
            "group": had.side,
        }
        for had in every
        for end in ends
    ]
    name, last = wording.system(scn, system), wording.amount(chances[-1])
    title = f"{name}: places run out in {_of_futures(last)}"
    if len(every) == 2:
        without = names["baseline"].lower()
        first = wording.amount(chances[0])
        other = "none" if not first else "all" if first == 1 else wording.percent(first)
        both = f"{title}, {without} in {other}"
        if first == last:
            both = f"{title}, {without.replace('without', 'with or without')}"
        title = wording.shortest(both, title)
    return Chart(
        f"places.{system}.by-then",
        title,
        "strip",
        "end of the month",
        "% of simulated futures",
        tuple(rows),
        tuple(full.counted(had, whom) for had in every),
        table,
        (),
        f"Shares of {wording.futures(every[-1].members)}; stronger colours are larger shares. "
        "Labels: by when places have run out in a quarter, half and three quarters of them.",
        f"Share of futures in which places in {scn.systems[system].title or system} have run out "
        "by then",
        tuple(chances),
        names or {"": "Simulated"},
    )


def _of_futures(share: float) -> str:
    if share in (0, 1):
        return "all futures" if share else "no future"
    return f"{wording.percent(share)} of futures"


def returns(ensemble: Ensemble, system: str) -> Chart | None:
    """Returns to custody a day, month by month, on both sides, where one lets people out early."""
    if not instead.lets_out_early(ensemble, system):
        return None
    months = instead.months(ensemble.scn.start, ensemble.scn.end)
    rows: list[Datum] = []
    for side in SIDES:
        found = dict(
            ensemble.comparison.sql(
                f"SELECT month, sum(people)::BIGINT FROM {side}_flows "
                "WHERE system = $system AND ends_with(stage_from, $to_return) "
                "AND cause <> 'sentence-over' GROUP BY ALL",
                {"system": system, "to_return": TO_RETURN},
            ).fetchall()
        )
        rows += [
            {
                "x": month.isoformat(),
                "y": found.get(month, 0) / ensemble.members / days,
                "group": side,
            }
            for month, days in months.items()
        ]
    impact = instead.returns_impact(ensemble, system)
    name, names = wording.system(ensemble.scn, system), wording.sides(ensemble)
    more = "fewer" if wording.amount(impact) < 0 else "more"
    title = f"{wording.of(impact)} {more} returns to custody in {name} {names['scenario'].lower()}"
    return Chart(
        f"instead.{system}.returns",
        title,
        "line",
        "month",
        "people a day, mean of the futures",
        tuple(rows),
        tuple(instead.counted_returns(ensemble, system, side) for side in SIDES),
        f"instead.{system}",
        (),
        f"Mean of {wording.futures(ensemble.members)}. Some of the returns only come earlier.",
        f"People returned to custody a day, {ensemble.scn.systems[system].title or system}",
        (impact,),
        names,
    )
