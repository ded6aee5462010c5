"""The language as a JSON Schema (draft 2020-12), for editors and other programs."""

from __future__ import annotations

from typing import Any

from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.values.quantities import PATTERN
from bedspace.scenario.values.typed import Evidence

LAID_OVER = "LaidOver"
"""What the name of a definition begins with where its part may lie over one of another file."""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file. It knows the form; what names refer to, what sums to
    one and what unit a key asks for is checked by `load`. Of a file that extends another it asks
    for nothing that may stand there: its parts are laid over those of the other, but lists whole.
    """
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
    quantiles = definitions["Stay"]["properties"]["quantiles"]
    quantiles["anyOf"].insert(1, _with_one_evidence(quantiles["anyOf"][0], evidence))
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
    definitions = schema.pop("$defs")
    read: dict[str, Any] = _replaced({"Scenario": schema, **definitions})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "bedspace scenario",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"#/$defs/{LAID_OVER}Scenario"},
        "else": {"$ref": "#/$defs/Scenario"},
        "$defs": read | _laid_over(read),
    }


def _with_one_evidence(table: dict[str, Any], evidence: dict[str, Any]) -> dict[str, Any]:
    """A table of numbers that has one evidence for all of them."""
    own = {key: value for key, value in evidence["properties"].items() if key != "value"}
    return evidence | {"properties": {"values": table, **own}, "required": ["values"]}


def _laid_over(definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions that a file needs which extends another: nothing is required, for it may
    stand in the other file. Items of a list are whole, since a list replaces the other one."""
    found: dict[str, Any] = {}
    left = ["Scenario"]
    while left:
        name = left.pop()
        if f"{LAID_OVER}{name}" not in found:
            found[f"{LAID_OVER}{name}"] = _loosened(definitions[name], left)
    found[f"{LAID_OVER}Scenario"]["required"] = ["bedspace"]
    return found


def _loosened(node: Any, met: list[str]) -> Any:
    """A schema without what it requires; the names of the definitions met are added to `met`."""
    if isinstance(node, list):
        return [_loosened(item, met) for item in node]
    if not isinstance(node, dict):
        return node
    kept: dict[str, Any] = {}
    for key, value in node.items():
        if key == "items":
            kept[key] = value
        elif key == "$ref":
            name = value.rpartition("/")[2]
            met.append(name)
            kept[key] = f"#/$defs/{LAID_OVER}{name}"
        elif key == "properties":
            kept[key] = {name: _loosened(one, met) for name, one in value.items()}
        elif key != "required":
            kept[key] = _loosened(value, met)
    return kept


def _replaced(node: Any) -> Any:
    if isinstance(node, list):
        return [_replaced(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {k: _replaced(v) for k, v in node.items() if k not in ("x-number", "x-flag")}
    if "oneOf" in kept:  # of two kinds of number one may be read as either
        kept["anyOf"] = kept.pop("oneOf")
    if "x-number" in node:
        return {"$ref": "#/$defs/Number", "x-dimension": node["x-number"]} | kept
    if "x-flag" in node:
        return {"$ref": "#/$defs/YesNo"} | kept
    return kept
