"""Law that a scenario brings: routes written in the file itself or in a law file beside it, in the
form of the shipped ones, beside which they stand."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from bedspace.rules import law


def _route(raw: object) -> object:
    # One with faults stays as it is: `check` says where they are.
    return raw if not isinstance(raw, dict) or law.faults(raw) else law.made(raw)


OwnRoute = Annotated[
    Any,
    BeforeValidator(_route),
    WithJsonSchema({"type": ["string", "object"], "description": "A route, or a law file's name."}),
]
"""A `law.Route` once the scenario is loaded."""
