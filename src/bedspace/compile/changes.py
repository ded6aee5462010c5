"""Measures that touch stages, as dated changes of their laws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bedspace.compile.names import GroupName, change
from bedspace.compile.stays import Values, exits_of, stage_law
from bedspace.compile.times import day_of
from bedspace.engine import Change, Stage
from bedspace.scenario import Scenario, pathways
from bedspace.scenario.model.scenario import Measure


def changes_of(scn: Scenario, stages: dict[str, Stage]) -> Iterator[Change]:
    """Every change of every stage, with the numbers that all measures in force then set."""
    for system_id, system in scn.systems.items():
        for group_id, group in system.groups.items():
            pathway = system.pathways[group.pathway]
            for name, stage in pathways.stages(pathway).items():
                path = f"{system_id}.pathways.{group.pathway}.{name}"
                touching = {
                    key: measure
                    for key, measure in scn.measures.items()
                    if any(target.startswith(f"{path}.") for target in measure.set)
                }
                if not touching:
                    continue
                named = GroupName(system_id, group_id)
                before = stages[named.stage(name)]
                for date in _dates(scn, path, touching):
                    values = _in_force(touching, date)
                    yield Change(
                        change(date, named.stage(name)),
                        max(day_of(scn, date), 0),
                        named.stage(name),
                        stay=stage_law(stage, path, values),
                        exits=(
                            exits_of(pathway, name, path, named, values)
                            if len(before.exits) > 1
                            else None
                        ),
                        reach=next(iter(touching.values())).reach,
                    )


def _dates(scn: Scenario, path: str, measures: dict[str, Measure]) -> list[dt.date]:
    """Every day on which one of the measures begins or ends for a stage, within the run."""
    days = {m.ends for m in measures.values() if m.ends}
    for measure in measures.values():
        days |= {measure.begins(target) for target in measure.set if target.startswith(f"{path}.")}
    return sorted({max(day, scn.start) for day in days if day < scn.end})


def _in_force(measures: dict[str, Measure], date: dt.date) -> Values:
    """What the measures in force on a date set; of two for one number the later one holds."""
    found = sorted(
        (measure.begins(path), key, path)
        for key, measure in measures.items()
        for path in measure.set
        if measure.begins(path) <= date and (measure.ends is None or date < measure.ends)
    )
    return {path: measures[key].set[path] for _, key, path in found}
