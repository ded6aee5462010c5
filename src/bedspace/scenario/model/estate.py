"""Systems and their facilities: places, cells, regime, costs, and what was observed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from bedspace.scenario.model.costs import FacilityCosts, SystemCosts
from bedspace.scenario.model.custody import EarlyRelease, Group, Note, Pathway, PlannedRelease
from bedspace.scenario.model.hearings import Hearing
from bedspace.scenario.values.quantities import Grade, Quantity
from bedspace.scenario.values.typed import (
    Area,
    Count,
    Day,
    Days,
    HoursADay,
    Money,
    MoneyADay,
    Name,
    Number,
    Part,
    Places,
    Positive,
    Share,
    Text,
    WholeCells,
    Year,
    YesNo,
    YesNoCited,
    refuse,
)


class Cells(Part):
    """The cells of a facility. Cells are not places."""

    count: WholeCells
    """How many cells."""
    floor: Area | None = None
    """Floor area of one cell."""
    floor_includes_sanitary: YesNoCited | None = None
    """Whether that area includes toilets and basins (area per person is then an upper bound)."""
    bunks: Number | None = None
    """Bunks in one cell."""
    toilets: Number | None = None
    """Toilets in one cell."""
    basins: Number | None = None
    """Basins in one cell."""
    occupants: Positive | None = None
    """People held in one cell."""


class Regime(Part):
    """The daily timetable and the conditions inside; every entry may have a source."""

    in_cell: HoursADay | None = None
    """Hours a day in the cell."""
    out_of_cell: HoursADay | None = None
    """Hours a day outside the cell, indoors or outdoors."""
    outdoors: HoursADay | None = None
    """Hours a day in the open air."""
    exercise: HoursADay | None = None
    """Hours a day of exercise, wherever it is taken."""
    meaningful_contact: HoursADay | None = None
    """Hours a day of meaningful contact with other people."""
    work: HoursADay | None = None
    """Hours a day of work."""
    education: HoursADay | None = None
    """Hours a day of education or training."""
    lights_on: HoursADay | None = None
    """Hours a day with artificial light on."""
    visits: YesNoCited | None = None
    """Whether family may visit."""
    calls: YesNoCited | None = None
    """Whether calls or letters are possible."""
    lawyer_access: YesNoCited | None = None
    """Whether a lawyer can be met in confidence."""
    video_hearings: YesNoCited | None = None
    """Whether court hearings are held by video."""
    mattresses: YesNoCited | None = None
    """Whether there are mattresses."""
    shared_bunks: YesNoCited | None = None
    """Whether people share a bunk."""
    rivals_mixed: YesNoCited | None = None
    """Whether members of rival gangs share cells."""
    common_language: YesNoCited | None = None
    """Whether people in a cell share a language."""
    separate_categories: YesNoCited | None = None
    """Whether remand and sentenced people are kept apart."""
    drinking_water: YesNoCited | None = None
    """Whether drinking water is available at all times."""
    water_litres: Number | None = None
    """Litres of water for each person a day."""
    washing_in_cell: YesNoCited | None = None
    """Whether washing is done in the cell, at a basin or barrel."""
    showers_a_week: Number | None = None
    """Showers for each person a week."""
    meals_a_day: Number | None = None
    """Meals a day."""
    meals_meat: YesNoCited | None = None
    """Whether meals contain meat."""
    hot_food: YesNoCited | None = None
    """Whether food is hot."""
    health_care: YesNoCited | None = None
    """Whether there is health care inside."""
    rehabilitation: YesNoCited | None = None
    """Whether there are programmes that prepare for release."""
    release_foreseen: YesNoCited | None = None
    """Whether people held there are ever meant to leave."""
    notes: tuple[Note, ...] = ()
    """Statements with their sources; not used in calculations."""


class Staff(Part):
    """A limit set by the number of staff, in addition to the limit by places."""

    officers: Count
    """Officers employed."""
    people_per_officer: Positive
    """People who may be held for each officer."""


class Facility(Part):
    """A prison or a part of one. Its capacity is the lower of two numbers, `places` less their
    `margin` and what its `staff` allow, rounded down to whole people."""

    title: Text | None = None
    """A name to show; default: the id."""
    places: Places
    """Places that limit how many it holds: useable operational capacity, in people."""
    opens: Day | None = None
    """Day on which it opens; it has no places before. Default: always open."""
    slips: Days | None = None
    """With `opens`: how much later than that day it opens, rounded up to whole days; default: no
    delay."""
    closes: Day | None = None
    """Day on which it closes; it has no places from then on. People inside stay, above capacity,
    until they move on."""
    margin: Share | None = None
    """Operating margin: share of the places that is kept free; default: none."""
    staff: Staff | None = None
    """How many people its officers allow; default: no limit."""
    security: Text | None = None
    """Its level of security: one of the system's levels. Where the system has none, it is a word
    that is not used in calculations."""
    operator: Literal["public", "private"] | None = None
    """Who runs it: public or private."""
    cells: Cells | None = None
    """Its cells."""
    regime: Regime | None = None
    """The day inside."""
    costs: FacilityCosts | None = None
    """What it costs."""
    notes: tuple[Note, ...] = ()
    """Statements with their sources; not used in calculations."""

    @model_validator(mode="after")
    def _in_time(self) -> Facility:
        if self.slips is not None and self.opens is None:
            raise refuse(
                "an opening that slips has no day", "give opens, or take slips out", "slips"
            )
        if self.opens and self.closes and self.closes <= self.opens:
            raise refuse(
                f"the facility closes on {self.closes}, not after it opens on {self.opens}",
                "let closes be later than opens",
                "closes",
            )
        return self

    @model_validator(mode="after")
    def _saves_what_it_costs(self) -> Facility:
        costs = self.costs
        if costs is None or costs.fixed is None:
            return self
        wings = costs.wings
        steps = self.places.value / wings.places.value * wings.saved.value if wings else 0.0
        steps += costs.closing.value if costs.closing else 0.0
        if steps > costs.fixed.value * (1 + 1e-9):
            raise refuse(
                f"closing all of it would save {steps:.10g} {costs.fixed.currency} a year, more "
                f"than its fixed cost of {costs.fixed.text}",
                "lower what wings and closing save, or raise fixed",
                "costs",
                "wings" if wings else "closing",
            )
        return self


class Observation(Part):
    """Observed history, for comparison and calibration; never an input to a run."""

    date: Day | None = None
    """The day it refers to; otherwise give `year`."""
    year: Year | None = None
    """The calendar year it refers to, if no day is known."""
    population: Count | None = None
    """People held on the day, or in the year if no day is given."""
    admissions: Count | None = None
    """People admitted in the year, or in total from the start up to the date."""
    releases: Count | None = None
    """People released in the year, or in total from the start up to the date."""
    deaths: Count | None = None
    """Deaths in custody in the year, or in total up to the date."""
    homicides: Count | None = None
    """Homicides in the country in the year."""
    homicide_rate: Number | None = None
    """Homicides per 100,000 inhabitants a year."""
    facility: Name | None = None
    """The facility it is about; default: the whole system."""
    group: Name | None = None
    """The group it is about; default: everybody."""
    source: Name | None = None
    """An id under `sources`."""
    quote: Text | None = None
    """The few words of the source that state it."""
    grade: Grade | None = None
    """official, reported, secondary, derived or assumption."""
    scored: YesNo | None = None
    """Whether a run is scored against it; default: yes with a date, no with a year."""
    note: Text | None = None
    """What a reader must know."""

    @model_validator(mode="after")
    def _whole(self) -> Observation:
        if (self.date is None) == (self.year is None):
            raise refuse("an observation needs its time", "give date or year, one of them")
        if not self.values():
            raise refuse(
                "an observation without a number",
                f"give one of {', '.join(OBSERVED)}",
            )
        if self.scored and self.date is None:
            raise refuse(
                "an observation without a day cannot be scored", "give its date, or take scored out"
            )
        return self

    def values(self) -> dict[str, Quantity]:
        """What was observed, by name."""
        found = {name: getattr(self, name) for name in OBSERVED}
        return {name: value for name, value in found.items() if value is not None}

    @property
    def is_scored(self) -> bool:
        """Whether a run is scored against it."""
        return self.date is not None if self.scored is None else self.scored


OBSERVED = ("population", "admissions", "releases", "deaths", "homicides", "homicide_rate")


class Elsewhere(Part):
    """Where people are held until a place becomes available, for example in police cells."""

    elsewhere: Name
    """A facility of the system that takes these people, however full it is, and nobody else. They
    move on as soon as there is room; those longest in their stage move first."""


def _when_full_tag(raw: object) -> str:
    return "a facility" if isinstance(raw, Elsewhere | dict) else "a word"


WhenFull = Annotated[
    Annotated[Literal["crowd", "divert"], Tag("a word")] | Annotated[Elsewhere, Tag("a facility")],
    Discriminator(_when_full_tag),
]


class System(Part):
    """One prison system: its people, its estate, its costs."""

    title: Text | None = None
    """A name to show; default: the id."""
    country: Text | None = None
    """The country, as the rules of law name it; or a state within a country (hawaii), if people are
    sent under that state's own law."""
    groups: dict[Name, Group] = Field(default_factory=dict)
    """Classes of prisoners, by id."""
    pathways: dict[Name, Pathway] = Field(default_factory=dict)
    """Ways through custody, by id: each a map of stages."""
    hearings: dict[Name, Hearing] = Field(default_factory=dict)
    """Courts as queues, by id."""
    facilities: dict[Name, Facility] = Field(default_factory=dict)
    """Prisons, by id."""
    costs: SystemCosts | None = None
    """What the system costs."""
    placement: Literal["least-full", "in-order", "nearest", "by-security"] = "least-full"
    """Which of the facilities where the group may be held takes the next person. least-full: the
    least full one; if several are equally full, the first in the list. The others take the first
    facility with room: in-order goes by the order of the list; nearest starts with the one nearest
    to the group's home; by-security starts with the lowest level that meets the need, and within a
    level goes by the order of the list. A group without a list may be held in every facility, in
    the order of their names."""
    security_levels: tuple[Name, ...] = ()
    """Levels of security, the lowest first. A group with a level is held at that level or above."""
    when_full: WhenFull = "crowd"
    """What happens when no facility has room: crowd (people are held above capacity), divert (new
    arrivals are turned away and counted; people already in custody are held above capacity) or
    elsewhere (people are held in another facility until there is room)."""
    early_release: EarlyRelease | None = None
    """Who may be released early when somebody else needs the place; default: nobody."""
    planned_releases: dict[Name, PlannedRelease] = Field(default_factory=dict)
    """Days on which people are let out before their time, by id."""
    observed: tuple[Observation, ...] = ()
    """History to compare with."""
    notes: tuple[Note, ...] = ()
    """Statements with their sources; not used in calculations."""


class Held(Part):
    """What was observed of an agreement; never an input to a run."""

    date: Day | None = None
    """The day it refers to; otherwise give `year`, or `from` and `until`."""
    year: Year | None = None
    """The calendar year it refers to."""
    from_: Day | None = Field(default=None, alias="from")
    """First day of the period it refers to."""
    until: Day | None = None
    """End of that period, exclusive."""
    held: Count | None = None
    """People held in the rented places."""
    sent: Count | None = None
    """Number of people sent."""
    returned: Count | None = None
    """People brought back."""
    assessed: Count | None = None
    """People assessed for transfer."""
    passed: Count | None = None
    """People found fit to be sent."""
    person_days: Count | None = None
    """Person-days in the rented places."""
    paid: Money | None = None
    """Money paid."""
    price: MoneyADay | None = None
    """A published price of one place for one day."""
    source: Name | None = None
    """An id under `sources`."""
    quote: Text | None = None
    """The few words of the source that state it."""
    grade: Grade | None = None
    """official, reported, secondary, derived or assumption."""
    note: Text | None = None
    """What a reader must know."""


HELD = ("held", "sent", "returned", "assessed", "passed", "person_days", "paid", "price")
