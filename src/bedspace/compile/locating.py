"""Where in a scenario a noun of its Plan comes from."""

from __future__ import annotations

import re

from bedspace.compile import names
from bedspace.engine.check import check
from bedspace.engine.plan import Plan
from bedspace.exceptions import PlanError
from bedspace.scenario import Scenario

_NOUN = re.compile(r'(cohort|stage|place|queue|transfer|change)s? "([^"]+)"')


def checked(scn: Scenario, plan: Plan) -> Plan:
    """The Plan, if an engine can run it. Raises PlanError with the scenario's line where the Plan's
    own message names a noun: what checking the file could not see, such as a draw or a product."""
    try:
        check(plan)
    except PlanError as error:
        found = _NOUN.search(str(error))
        if found is None:
            raise
        raise PlanError(f"{scn.where(path_of(scn, *found.groups()))}: {error}") from None
    return plan


def path_of(scn: Scenario, noun: str, name: str) -> str:
    """The scenario's path of the part that a noun of the Plan is made of, by its name (see
    `names`)."""
    if noun == "transfer":
        return f"agreements.{name}"
    if noun == "queue":
        queue = names.read_queue(name)
        return f"{queue.system}.hearings.{queue.hearing}"
    if noun == "place":
        place = names.read_place(name)
        if place.agreement is not None:
            return f"agreements.{place.agreement}.places"
        return f"{place.system}.facilities.{place.facility}"
    if noun == "cohort":
        group = names.read_group(name)
        return f"{group.system}.groups.{group.group}"
    of = names.read_stage(names.changed(name) if noun == "change" else name)
    pathway = scn.systems[of.system].groups[of.group].pathway
    return f"{of.system}.pathways.{pathway}.{names.way_out(of.stage)}"
