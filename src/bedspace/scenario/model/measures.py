"""Measures: which numbers a dated change may set, and what it sets them to."""

from __future__ import annotations

import re
from typing import Any

from pydantic import TypeAdapter

from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.values.quantities import Quantity
from bedspace.scenario.values.typed import (
    Count,
    Days,
    Hazard,
    Hours,
    HoursADay,
    Number,
    Places,
    Positive,
    PositiveDays,
    Rate,
    Shape,
    Share,
    Sigma,
)

_ID = r"[^.]+"
STAGE = rf"{_ID}\.pathways\.{_ID}\.{_ID}"
_STAY = rf"{STAGE}\.stay\.(mixture\.[0-9]+\.stay\.)*"
_PIECE = r"piecewise\.[0-9]+"
SETTABLE: tuple[tuple[str, Any], ...] = (
    (rf"{_ID}\.facilities\.{_ID}\.places", Places),
    (rf"{_ID}\.facilities\.{_ID}\.margin", Share),
    (rf"{_ID}\.facilities\.{_ID}\.staff\.officers", Count),
    (rf"{_ID}\.facilities\.{_ID}\.staff\.people_per_officer", Positive),
    (rf"agreements\.{_ID}\.places", Places),
    (rf"{_ID}\.hearings\.{_ID}\.served", Rate),
    (rf"{_ID}\.hearings\.{_ID}\.sitting\.hours", HoursADay),
    (rf"{_ID}\.hearings\.{_ID}\.sitting\.hearing", Hours),
    (rf"{_ID}\.hearings\.{_ID}\.sitting\.rooms", Number),
    (rf"{_ID}\.hearings\.{_ID}\.sitting\.people", Positive),
    (rf"{_ID}\.groups\.{_ID}\.admissions(\.rate)?", Rate),
    (rf"{STAGE}\.(share|good_time)", Share),
    (rf"{STAGE}\.minimum", Days),
    (rf"{STAGE}\.exits\.{_ID}", Share),
    (
        rf"{STAGE}\.stay\.(mixture\.[0-9]+\.stay\.)*({_ID}\.mean|fixed|piecewise\.[0-9]+\.until)",
        PositiveDays,
    ),
    (rf"{_STAY}({_ID}\.mean|fixed|{_PIECE}\.until)", PositiveDays),
    (rf"{_STAY}{_PIECE}\.rate", Hazard),
    (rf"{_STAY}{_ID}\.sigma", Sigma),
    (rf"{_STAY}{_ID}\.shape", Shape),
)
"""Paths that a measure may set -> what is read there."""

_ADAPTERS = [(re.compile(pattern), TypeAdapter(kind)) for pattern, kind in SETTABLE]


def adapter(path: str) -> TypeAdapter[Quantity] | None:
    """What reads the value a measure sets at a path; None where it may not set it."""
    return next((reader for pattern, reader in _ADAPTERS if pattern.fullmatch(path)), None)


def _full(path: str) -> str:
    return f"{path}.rate" if path.endswith(".admissions") else path


def resolved(scn: Scenario) -> Scenario:
    """The scenario with what its measures set read as Quantities, by full path; so are the
    paths of tranches."""
    measures = {}
    for key, measure in scn.measures.items():
        values: dict[str, Quantity] = {}
        for path, raw in measure.set.items():
            reader = adapter(path)
            assert reader is not None  # check() has passed
            values[_full(path)] = reader.validate_python(raw)
        tranches = {
            day: tuple(_full(path) for path in paths) for day, paths in measure.tranches.items()
        }
        measures[key] = measure.model_copy(update={"set": values, "tranches": tranches})
    return scn.model_copy(update={"measures": measures})
