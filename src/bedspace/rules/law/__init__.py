"""May these people be sent there: by which route, by the law of which day, what is missing."""

from bedspace.rules.law.model import (
    CUSTODY,
    STATUSES,
    AssumedVerdict,
    Case,
    Facts,
    Finding,
    Gate,
    Route,
    Text,
    Verdict,
)
from bedspace.rules.law.questions import QUESTIONS
from bedspace.rules.law.table import routes
from bedspace.rules.law.verdicts import (
    apply_assumptions,
    check_assumptions,
    next_best,
    ranked,
    verdict,
    verdicts,
)

__all__ = [
    "CUSTODY",
    "QUESTIONS",
    "STATUSES",
    "AssumedVerdict",
    "Case",
    "Facts",
    "Finding",
    "Gate",
    "Route",
    "Text",
    "Verdict",
    "apply_assumptions",
    "check_assumptions",
    "next_best",
    "ranked",
    "routes",
    "verdict",
    "verdicts",
]
