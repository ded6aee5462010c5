"""Person-days above capacity in the facilities of both systems, with and without an agreement."""

from __future__ import annotations

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.members import counts
from bedspace.appraisal.members.use import Use


def table(use: Use) -> Table:
    """Person-days above capacity in both systems' facilities, with and without the agreement."""
    rows: list[tuple[Cell, ...]] = []
    for name in (use.agreement.sending, use.agreement.receiving):
        system = use.ensemble.scn.systems[name]
        for id_, facility in system.facilities.items():
            sides = [_over(use, name, id_, side) for side in ("baseline", "scenario")]
            rows.append((f"{system.title or name}: {facility.title or id_}", *sides))
    return Table(
        f"{use.id}.crowding",
        "Person-days above capacity, over all years",
        ("Facility", "Without the agreement", "With it"),
        tuple(rows),
        "Each person above the number of places counts once a day.",
    )


@once
def _over(use: Use, system: str, facility: str, side: str) -> Figure:
    query = (
        f"SELECT member, sum(person_days_over)::BIGINT FROM {side}_places "
        "WHERE system = $system AND facility = $facility AND agreement IS NULL GROUP BY ALL"
    )
    where = {"system": system, "facility": facility}
    found = counts(use.ensemble.comparison, query, use.ensemble.members, where)
    own = use.ensemble.bases[side]
    id_ = f"over.{system}.{facility}.{side}"
    counted = own.simulated(
        f"{id_}.run", f"people above the places of {facility}, {side}", [system]
    )
    return making.figure(
        id_,
        f"Person-days above capacity in {facility}, {side}",
        "person-days",
        found.get((), [0] * use.ensemble.members),
        "people above the places, day by day, summed",
        [counted],
    )
