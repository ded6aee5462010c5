"""From a scenario, the rules and one draw of its uncertain numbers to a Plan the engine can run.

Names in the Plan: a stage is "system/group/stage" (people at liberty who will return are in a
stage such as "released, to return"), a cohort "system/group/admissions" or
"system/group/stock/stage", a place "system/facility", rented places "system/facility@agreement", a
queue "system/hearing", a transfer and a change carry the ids of the agreement and the measure.
"""

from bedspace.compile.assemble import least_left, plan
from bedspace.compile.conditions import REGIME_WORDS, cell_kind, regime_readings
from bedspace.compile.custody import share_with_left
from bedspace.compile.sendable import GroupLaw, StageLaw, alike, sendable

__all__ = [
    "REGIME_WORDS",
    "GroupLaw",
    "StageLaw",
    "alike",
    "cell_kind",
    "least_left",
    "plan",
    "regime_readings",
    "sendable",
    "share_with_left",
]
