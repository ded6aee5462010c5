"""What is doubtful in a table: findings, which are told, and refusals, which end the reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

SHOWN = 5
"""Findings of one kind that are told one by one."""


@dataclass(frozen=True)
class Finding:
    """Something to know of the table: its kind, a sentence, the row where there is one."""

    kind: str
    text: str
    row: int | None = None


@dataclass
class Found:
    """What the checks say."""

    findings: list[Finding] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def several(self, kind: str, told: Sequence[tuple[int | None, str]], what: str) -> None:
        """Findings of one kind, of very many the first."""
        self.findings += [Finding(kind, text, row) for row, text in told[:SHOWN]]
        if len(told) > SHOWN:
            self.findings.append(Finding(kind, f"And {len(told) - SHOWN} more {what}."))


def whose(groups: tuple[str, ...]) -> str:
    """A group for a message; nothing where there are none."""
    told = ", ".join(g for g in groups if g)
    return f" of {told}" if told else ""
