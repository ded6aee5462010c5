"""Which numbers and flags of a scenario a run reads: what counts rest on, found and not listed."""

from __future__ import annotations

from bedspace import compile as compiler
from bedspace.ensemble.members import renewals
from bedspace.exceptions import PlanError
from bedspace.scenario import Scenario
from bedspace.scenario.views import paths
from bedspace.scenario.views.watching import watched


def reads(scn: Scenario) -> frozenset[str]:
    """Paths of all numbers and flags that a member's draw and Plan depend on.

    Chances of entry into force and of renewal, and whatever is read while the Plan is made of the
    scenario as written. Where that Plan is impossible (a draw's may not be) every number counts.
    """
    own, seen = watched(scn)
    for _, renewal, _ in renewals(own):
        renewal.first_failure(0.5)
    seen |= {f"agreements.{name}.in_force" for name, a in own.agreements.items() if a.in_force}
    try:
        compiler.plan(own)
    except PlanError:
        return frozenset(path for path, _ in paths.leaves(scn))
    return frozenset(seen)
