"""The names of a Plan's nouns: made here, and read here.

A stage is "system/group/stage"; its people at liberty who will return are in a stage such as
"released, to return". A cohort is "system/group/admissions", "system/group/admissions-observed" or
"system/group/stock/stage", a place "system/facility", rented places "system/facility@agreement", a
queue "system/hearing", a transfer the id of its agreement, a change "date system/group/stage". No
id of a scenario holds one of these marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TO_RETURN = ", to return"
"""What the name of a stage at liberty ends with."""


@dataclass(frozen=True)
class GroupName:
    """A group of a system, whose stages and cohorts it names."""

    system: str
    group: str

    def stage(self, stage: str) -> str:
        """The name of one of its stages."""
        return f"{self.system}/{self.group}/{stage}"

    def stock(self, stage: str) -> str:
        """The cohort of those who are in a stage on the first day."""
        return f"{self.system}/{self.group}/stock/{stage}"

    @property
    def admissions(self) -> str:
        """The cohort of those who are admitted at an expected rate."""
        return f"{self.system}/{self.group}/admissions"

    @property
    def observed(self) -> str:
        """The cohort of those who were counted when they were admitted."""
        return f"{self.system}/{self.group}/admissions-observed"


@dataclass(frozen=True)
class StageName:
    """What the name of a stage says."""

    system: str
    group: str
    stage: str


@dataclass(frozen=True)
class PlaceName:
    """What the name of a place says; without an agreement the place is a facility's own."""

    system: str
    facility: str
    agreement: str | None = None


@dataclass(frozen=True)
class QueueName:
    """What the name of a queue says."""

    system: str
    hearing: str


def place(system: str, facility: str, agreement: str | None = None) -> str:
    """The name of a facility's places, or of those that an agreement rents within it."""
    own = f"{system}/{facility}"
    return own if agreement is None else f"{own}@{agreement}"


def queue(system: str, hearing: str) -> str:
    """The name of the queue for a hearing."""
    return f"{system}/{hearing}"


def release(system: str, planned: str) -> str:
    """The name of a planned release."""
    return f"{system}/{planned}"


def change(on: date, stage: str) -> str:
    """The name of a change of a stage (by its name) on a day."""
    return f"{on.isoformat()} {stage}"


def at_liberty(way: str) -> str:
    """The stage of those who took a way out and will return. Not the way's own name, or nobody
    could tell them from those who left for good; and none that a file can give to a stage."""
    return f"{way}{TO_RETURN}"


def way_out(stage: str) -> str:
    """The way out that a stage at liberty is named after; of a stage in custody its own name."""
    return stage.removesuffix(TO_RETURN)


def read_stage(name: str) -> StageName:
    """What the name of a stage says."""
    return StageName(*name.split("/", 2))


def read_place(name: str) -> PlaceName:
    """What the name of a place says."""
    system, rest = name.split("/", 1)
    facility, _, agreement = rest.partition("@")
    return PlaceName(system, facility, agreement or None)


def read_queue(name: str) -> QueueName:
    """What the name of a queue says."""
    return QueueName(*name.split("/", 1))


def read_group(name: str) -> GroupName:
    """The group that a stage or a cohort is of."""
    system, group, _ = name.split("/", 2)
    return GroupName(system, group)


def changed(name: str) -> str:
    """The name of the stage that a change is of."""
    return name.partition(" ")[2]
