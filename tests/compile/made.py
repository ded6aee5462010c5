"""A small scenario that the tests of this room change, path by path."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from bedspace import compile as compiler
from bedspace.engine import Plan
from bedspace.scenario import Scenario, from_raw

BASE = """
bedspace: 1
title: A small system
start: 2025-01-01
end: 2026-01-01
systems:
  home:
    country: united-states
    groups:
      all: {stock: 1000, admissions: 2 / day, pathway: usual}
    pathways:
      usual:
        remand: {stay: {exponential: {mean: 60 d}}, exits: {sentenced: 70 %, released: 30 %}}
        sentenced: {stay: {exponential: {mean: 200 d}}}
    facilities:
      old: {places: 700}
      new: {places: 500}
  abroad:
    country: el-salvador
    facilities:
      tower: {places: 90}
agreements:
  lease:
    sending: home
    receiving: abroad
    facility: tower
    places: 40
    from: 2025-03-01
    until: 2025-09-01
    eligible: {groups: [all], stages: [sentenced]}
"""

Tree = dict[str, Any]

GROUP = "systems/home/groups/all"
USUAL = "systems/home/pathways/usual"
LEASE = "agreements/lease"


def tree(changes: Mapping[str, str | None]) -> Tree:
    """BASE as plain maps, with a piece of YAML put at each path (steps apart by /), None to take
    away what stands there."""
    made: Tree = yaml.load(BASE, yaml.BaseLoader)
    for path, text in changes.items():
        *steps, last = path.split("/")
        here = made
        for step in steps:
            here = here.setdefault(step, {})
        if text is None:
            del here[last]
        else:
            here[last] = yaml.load(text, yaml.BaseLoader)
    return made


def made(changes: Mapping[str, str | None] | None = None) -> Scenario:
    """The changed scenario."""
    return from_raw(tree(changes or {}), "made")


def plan(changes: Mapping[str, str | None] | None = None) -> Plan:
    """Its Plan."""
    return compiler.plan(made(changes))


def named(nouns: tuple[Any, ...], name: str) -> Any:
    """The one noun of that name."""
    (found,) = (noun for noun in nouns if noun.name == name)
    return found


def backwards(node: Any) -> Any:
    """Every map of a tree with its keys in reverse; lists and the values of an index, whose order
    says something, as they are."""
    if isinstance(node, dict) and all(re.fullmatch(r"\d{4}-\d\d-\d\d", key) for key in node):
        return dict(node)
    if isinstance(node, dict):
        return {key: backwards(node[key]) for key in reversed(node)}
    return [backwards(item) for item in node] if isinstance(node, list) else node
