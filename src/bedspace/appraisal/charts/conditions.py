"""Floor area a person where people would be held, against the standards' lines."""

from __future__ import annotations

from bedspace.appraisal.charts import wording
from bedspace.appraisal.conditions import against_standards
from bedspace.appraisal.conditions.against_standards import rule_of_standard
from bedspace.appraisal.figures.tables import Chart, Datum
from bedspace.appraisal.members.use import Use
from bedspace.rules.standards import Standard


def areas(use: Use) -> Chart | None:
    """Floor area a person by how many share a cell, and in the run; standards as lines across."""
    found = against_standards.floor_area(use)
    if not found:
        return None
    rows: list[Datum] = [
        {
            "label": f"{one.people:.4g} in a cell",
            "text": wording.of(figure),
            "value": wording.amount(figure),
            "group": "",
        }
        for one, figure, _ in found
    ]
    figures = [figure for _, figure, _ in found]
    run = against_standards.simulated_area(use)
    if run is not None and wording.known(run[1]):
        low, high = wording.ends(run[1])
        rows.append({
            "label": "As simulated, mean over the term",
            "text": wording.of(run[1]),
            "value": wording.amount(run[1]),
            "low": low,
            "high": high,
            "group": "",
        })  # fmt: skip
        figures.append(run[1])
    lines: dict[float, list[Standard]] = {}
    for check in against_standards.checks(use, found[0][2]):
        standard = check.standard
        if standard.measure == "floor_area_per_person" and standard.threshold:
            lines.setdefault(float(standard.threshold), []).append(standard)
    limits = sorted(lines)
    marks: tuple[Datum, ...] = tuple({"value": limit, "label": f"{limit:g} m²"} for limit in limits)
    most = found[0][2].is_upper_bound
    fewest, area = found[0][0], found[0][1]
    has = f"{'at most ' if most else ''}{wording.of(area)}"
    title = f"{fewest.people:.4g} in a cell have {has} each"
    if fewest.people == 1:
        title = f"Alone in a cell each has {has}"
    if limits:
        asked = f"{limits[0]:g}" + (f" to {limits[-1]:g}" if len(limits) > 1 else "")
        title += f"; standards ask {asked}"
    told = "; ".join(
        f"{limit:g} m²: {', '.join(s.citation for s in lines[limit])}" for limit in limits
    )
    bound = "At most: the floor of a cell includes its sanitary area. " if most else ""
    return Chart(
        f"{use.id}.area-bars",
        title,
        "bars",
        "",
        "m²",
        tuple(rows),
        (*figures, *(rule_of_standard(s) for limit in limits for s in lines[limit])),
        f"{use.id}.areas",
        marks,
        f"{bound}Standards: {told}." if limits else bound.strip(),
        f"Floor area a person in {_name(use)}, m²",
        (area,),
    )


def _name(use: Use) -> str:
    facility = against_standards.facility_of(use)
    return (facility.title or use.agreement.facility).partition(" (")[0]
