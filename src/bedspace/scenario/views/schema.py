"""The language as a JSON Schema (draft 2020-12), for editors and other programs."""

from __future__ import annotations

from typing import Any

from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.values.quantities import PATTERN
from bedspace.scenario.values.typed import Evidence


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file. It knows the form; what names refer to, what sums to
    one and what unit a key asks for is checked by `load`."""
    schema = Scenario.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = schema["$defs"]
    definitions |= Evidence.model_json_schema(ref_template="#/$defs/{model}").pop("$defs")
    evidence = Evidence.model_json_schema(ref_template="#/$defs/{model}")
    evidence.pop("$defs")
    definitions["Evidence"] = evidence
    definitions["Number"] = {
        "description": "A number with its unit, bare or with evidence.",
        "anyOf": [
            {"type": "string", "pattern": PATTERN},
            {"type": "number"},
            {"$ref": "#/$defs/Evidence"},
        ],
    }
    definitions["YesNo"] = {
        "description": "true or false, bare or with evidence.",
        "anyOf": [{"type": "boolean"}, {"$ref": "#/$defs/Evidence"}],
    }
    evidence["properties"]["value"] = {"type": ["string", "number", "boolean"]}
    for key in ("low", "high"):
        evidence["properties"][key] = {"type": ["string", "number"]}
    definitions["DisputeMap"]["properties"]["value"] = {"type": ["string", "number", "boolean"]}
    admissions = definitions["Admissions"]
    definitions["Admissions"] = {"anyOf": [{"$ref": "#/$defs/Number"}, admissions]}
    bearer = definitions["Bearer"]
    definitions["Bearer"] = {"anyOf": [bearer["properties"]["who"], bearer]}
    closed = definitions["NoRelease"]
    definitions["NoRelease"] = {"anyOf": [closed["properties"]["days"], closed]}
    schema["properties"]["bedspace"] = {"const": 1, "description": "Version of the language: 1."}
    schema["properties"]["extends"] = {
        "type": "string",
        "description": "A shipped scenario, or a file beside this one, that this one builds on.",
    }
    schema["properties"]["without"] = {
        "type": "array",
        "items": {"type": "string"},
        "description": "With extends: paths of that file that are taken out first.",
    }
    schema.pop("required")  # a file that extends another need not repeat anything
    schema["required"] = ["bedspace"]
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "bedspace scenario"
    done: dict[str, Any] = _replaced(schema)
    return done


def _replaced(node: Any) -> Any:
    if isinstance(node, list):
        return [_replaced(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {k: _replaced(v) for k, v in node.items() if k not in ("x-number", "x-flag")}
    if "x-number" in node:
        return {"$ref": "#/$defs/Number", "x-dimension": node["x-number"]} | kept
    if "x-flag" in node:
        return {"$ref": "#/$defs/YesNo"} | kept
    return kept
