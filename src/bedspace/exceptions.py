"""Every error that bedspace raises on purpose. Each carries a message fit to show a user."""

from __future__ import annotations

from dataclasses import dataclass


class BedspaceError(Exception):
    """Base of all of them: the command line prints its text and exits with status 2."""


class PlanError(BedspaceError):
    """A Plan that no engine can run; names the noun and what is wrong with it."""


class RunError(BedspaceError):
    """A run that cannot start, finish or be read."""


class HistoryError(BedspaceError):
    """A table of counts that cannot be read as it stands; one line for each thing to mend."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a scenario file: where (1-based line and column), what, how to mend it."""

    file: str
    line: int
    column: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}; {self.mend}"


class ScenarioError(BedspaceError):
    """A scenario that cannot be used; `problems` lists everything found wrong, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))
