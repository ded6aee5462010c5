"""From a scenario, the rules and one draw of its uncertain numbers to a Plan the engine can run.

How the Plan's nouns are named stands in `names`.
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
