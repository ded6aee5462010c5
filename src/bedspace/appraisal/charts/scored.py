"""Forecast against observed: how far the run is from what was counted."""

from __future__ import annotations

from bedspace.appraisal.charts import wording
from bedspace.appraisal.charts.wording import SIDES
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.tables import Chart, Datum, Table
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.people import observed

_MOST = 14
"""Counts that are drawn, the last ones where there are more."""


def against_observed(ensemble: Ensemble, system: str) -> Chart | None:
    """The run over each count that it is scored on, less one, on the side that is nearer to what
    happened; None where fewer than two are scored."""
    table = observed.table(ensemble, system)
    if table is None:
        return None
    best = min(
        (found for side in SIDES if (found := _scored(table, side))),
        key=lambda found: sum(abs(_error(seen, run)) for _, seen, run, _ in found) / len(found),
        default=None,
    )
    if best is None or len(best) < 2:
        return None
    rows: list[Datum] = []
    for label, seen, run, _ in best[-_MOST:]:
        low, high = wording.ends(run)
        count = wording.amount(seen)
        error = _error(seen, run)
        rows.append({
            "label": label,
            "text": f"{'−' if error < 0 else '+'}{wording.percent(error)}",
            "low": 100 * (low / count - 1),
            "value": 100 * error,
            "high": 100 * (high / count - 1),
            "group": "",
        })  # fmt: skip
    inside = sum(figure.value == "yes" for *_, figure in best)
    side = best[0][3].id.split(".")[-2]
    name = wording.system(ensemble.scn, system)
    more = f" The last {_MOST} of {len(best)}." if len(best) > _MOST else ""
    title = f"{name}: the simulated interval holds {inside} of {len(best)} observed counts"
    return Chart(
        f"population.{system}.scored",
        title,
        "range",
        "%",
        "",
        tuple(rows),
        tuple(figure for _, seen, run, inner in best for figure in (seen, run, inner)),
        table.id,
        (),
        f"Nought: as observed. Point: mean of {wording.futures(ensemble.members)}; bar: what holds "
        f"95 % of them. {wording.sides(ensemble)[side]}.{more}",
        f"How far the simulation is above or below what was counted, {name}, %",
        tuple(figure for *_, figure in best),
    )


def _error(seen: Figure, run: Figure) -> float:
    return wording.amount(run) / wording.amount(seen) - 1


def _scored(table: Table, side: str) -> list[tuple[str, Figure, Figure, Figure]]:
    """What was counted and when, the count, the run and whether its interval holds the count: of
    the rows of the table that are scored and that the side has."""
    found = []
    for row in table.rows:
        label, seen, *cells, scored = row
        run, _, inside, _ = cells[4 * SIDES.index(side) :][:4]
        if scored != "yes" or not isinstance(run, Figure) or not isinstance(inside, Figure):
            continue
        if isinstance(seen, Figure) and isinstance(label, str) and wording.amount(seen):
            found.append((label.replace("whole system, ", ""), seen, run, inside))
    return found
