"""Where in a scenario a noun of its Plan comes from."""

from __future__ import annotations

import re

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
    """The scenario's path of the part that a noun of the Plan is made of; see the package for how
    nouns are named."""
    if noun == "transfer":
        return f"agreements.{name}"
    system, _, rest = name.partition("/")
    if noun == "queue":
        return f"{system}.hearings.{rest}"
    if noun == "place":
        facility, _, agreement = rest.partition("@")
        return f"agreements.{agreement}.places" if agreement else f"{system}.facilities.{facility}"
    group, _, stage = rest.partition("/")
    if noun == "cohort":
        return f"{system}.groups.{group}"
    system = system.rpartition(" ")[2]  # a change begins with its date
    pathway = scn.systems[system].groups[group].pathway
    return f"{system}.pathways.{pathway}.{stage.partition(',')[0]}"
