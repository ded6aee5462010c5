"""Courts as queues: how many people they serve, or when and how long they sit."""

from __future__ import annotations

from pydantic import Field, model_validator

from bedspace.scenario.model.custody import Note
from bedspace.scenario.values.typed import (
    Day,
    Hours,
    HoursADay,
    Number,
    Part,
    Positive,
    Rate,
    Text,
    refuse,
)
from bedspace.scenario.values.weekdays import Weekday


class Sitting(Part):
    """When a court sits and how fast it hears people. On a sitting day it serves hours / hearing x
    rooms x people; on other days it serves nobody."""

    days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    """Days of the week it sits; default: Monday to Friday."""
    hours: HoursADay
    """Hours of hearings on a sitting day."""
    hearing: Hours
    """Length of one hearing."""
    rooms: Number | None = None
    """Court rooms or video booths in use at the same time; default 1."""
    people: Positive | None = None
    """People in one hearing; default 1, more in mass hearings."""

    @model_validator(mode="after")
    def _each_day_once(self) -> Sitting:
        if not self.days:
            raise refuse("the court never sits", "name at least one day", "days")
        for i, day in enumerate(self.days):
            if day in self.days[:i]:
                raise refuse(f"{day} is listed twice", "take one of them out", "days", str(i))
        return self


class Hearing(Part):
    """A court as a queue: people wait for a hearing before they leave a stage. Give either `served`
    or `sitting`."""

    title: Text | None = None
    """A name to show."""
    served: Rate | None = None
    """People served a day, on every day of the week."""
    sitting: Sitting | None = None
    """When the court sits and how fast it hears people."""
    from_: Day | None = Field(default=None, alias="from")
    """Nobody is served before this day; default: the scenario's start."""
    notes: tuple[Note, ...] = ()
    """Statements with their sources; not used in calculations."""

    @model_validator(mode="after")
    def _one_kind(self) -> Hearing:
        if (self.served is None) == (self.sitting is None):
            given = "no number" if self.served is None else "served and sitting"
            raise refuse(f"the hearing gives {given}", "give served or sitting, one of them")
        return self
