"""Planned releases of people."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from bedspace.compile import names
from bedspace.compile.times import day_of
from bedspace.engine import Release, Stage
from bedspace.scenario import Scenario


def releases_of(scn: Scenario, stages: Mapping[str, Stage]) -> Iterator[Release]:
    """Every planned release of every system."""
    for system_id, system in scn.systems.items():
        for key, planned in system.planned_releases.items():
            groups = planned.groups if planned.groups is not None else tuple(system.groups)
            found = (names.GroupName(system_id, g).stage(s) for g in groups for s in planned.stages)
            people, within = planned.people, planned.within
            yield Release(
                names.release(system_id, key),
                day_of(scn, planned.on),
                tuple(sorted(name for name in found if name in stages)),
                people=round(people.value) if people else Release.people,
                within=math.ceil(within.value) if within else Release.within,
                first=planned.first,
                final=planned.final,
            )
