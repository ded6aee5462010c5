"""May these people be sent there: by which route, by the law of which day, what is missing."""

from bedspace.rules.law.cases import LegalCase, cases, differences
from bedspace.rules.law.model import (
    CUSTODY_STATUSES,
    VERDICT_STATUSES,
    AssumedVerdict,
    Case,
    CustodyStatus,
    Delay,
    Facts,
    Finding,
    Gate,
    Route,
    Text,
    Verdict,
)
from bedspace.rules.law.questions import FAMILIES, QUESTIONS
from bedspace.rules.law.records import Fault
from bedspace.rules.law.table import (
    Routes,
    asked_about,
    faults,
    gates,
    made,
    offence_attributes,
    read,
    routes,
)
from bedspace.rules.law.timeline import Timeline, timeline
from bedspace.rules.law.verdicts import (
    apply_assumptions,
    changed,
    check_assumptions,
    ranked,
    verdict,
    verdicts,
)

__all__ = [
    "CUSTODY_STATUSES",
    "FAMILIES",
    "QUESTIONS",
    "VERDICT_STATUSES",
    "AssumedVerdict",
    "Case",
    "CustodyStatus",
    "Delay",
    "Facts",
    "Fault",
    "Finding",
    "Gate",
    "LegalCase",
    "Route",
    "Routes",
    "Text",
    "Timeline",
    "Verdict",
    "apply_assumptions",
    "asked_about",
    "cases",
    "changed",
    "check_assumptions",
    "differences",
    "faults",
    "gates",
    "made",
    "offence_attributes",
    "ranked",
    "read",
    "routes",
    "timeline",
    "verdict",
    "verdicts",
]
