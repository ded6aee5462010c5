"""The standards, read from data/standards.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

from bedspace.exceptions import BedspaceError
from bedspace.rules.reading import grade, need, read, whole, yes
from bedspace.rules.standards.model import DIRECTIONS, Standard

_REQUIRED = {"title", "measure", "applies_to", "text", "citation", "binding", "binds", "grade"}
_OPTIONAL = {"direction", "threshold", "unit", "year", "addressed_to", "unless"}


@cache
def standards() -> tuple[Standard, ...]:
    """All of them, in the order of the data."""
    return tuple(standard(id_, row) for id_, row in read(__package__, "standards.yaml").items())


def standard(id_: str, row: Any) -> Standard:
    """One standard from its record; raises BedspaceError naming what is wrong with it."""
    where = f"standard {id_}"
    row = need(row, where, _REQUIRED, _OPTIONAL)
    direction, threshold = row.get("direction"), row.get("threshold")
    if direction is not None and direction not in DIRECTIONS:
        raise BedspaceError(f"{where}: direction is one of {', '.join(DIRECTIONS)}")
    if (threshold is not None) != (direction not in (None, "is true")):
        raise BedspaceError(f"{where}: a threshold goes with a direction, and only with one")
    binding = yes(row["binding"], where)
    if binding != bool(row["binds"]):
        raise BedspaceError(f"{where}: a binding standard binds somebody, an advisory one nobody")
    if not str(row["citation"]).strip():
        raise BedspaceError(f"{where}: citation missing")
    return Standard(
        id=id_,
        title=row["title"],
        measure=row["measure"],
        direction=direction,
        threshold=None if threshold is None else float(threshold),
        unit=row.get("unit", ""),
        applies_to=row["applies_to"],
        text=row["text"].strip(),
        citation=row["citation"],
        year=whole(row["year"], where) if "year" in row else None,
        binding=binding,
        binds=tuple(row["binds"]),
        addressed_to=tuple(row.get("addressed_to", ())),
        grade=grade(row["grade"], where),
        unless=row.get("unless"),
    )
