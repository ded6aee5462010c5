"""Figures and their inputs as plain maps and lists, fit for JSON. Decimals are strings."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import Any

from bedspace.appraise.figure import Figure, Gate, Input, Number, Rule, Simulated, Value


def value(given: Value) -> int | float | str | None:
    """A figure's value. What is not finite has no place in JSON and becomes None."""
    if isinstance(given, Decimal):
        return str(given)
    return None if isinstance(given, float) and not isfinite(given) else given


def figure(made: Figure) -> dict[str, Any]:
    """A figure with its inputs by reference."""
    return {
        "id": made.id,
        "title": made.title,
        "value": value(made.value),
        "low": value(made.low),
        "high": value(made.high),
        "unit": made.unit,
        "formula": made.formula,
        "note": made.note,
        "inputs": [reference(item) for item in made.inputs],
        "stamps": list(made.stamps),
    }


def reference(item: Input) -> dict[str, Any]:
    """An input: a figure and what a run's count rests on by id, everything else in full."""
    match item:
        case Figure():
            return {"kind": "figure", "id": item.id}
        case Number():
            return {
                "kind": "number",
                "path": item.path,
                "value": value(item.value),
                "low": value(item.low),
                "high": value(item.high),
                "unit": item.unit,
                "source": item.source,
                "grade": item.grade,
                "quote": item.quote,
                "note": item.note,
                "disputed_by": list(item.disputed_by),
            }
        case Gate():
            return {"kind": "assumed gate", "gate": item.gate, "reason": item.reason}
        case Rule():
            return {
                "kind": "rule",
                "id": item.id,
                "words": item.words,
                "citation": item.citation,
                "grade": item.grade,
                "as_of": item.as_of,
                "binds": item.binds,
            }
        case Simulated():
            return {
                "kind": "simulated",
                "id": item.id,
                "words": item.words,
                "rests_on": [lower.id for lower in item.rests_on],
            }
