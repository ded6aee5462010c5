"""The shipped scenarios' titles and variants, read straight from their files.

`scenario.load` checks everything and takes a third of a second a file; a list of titles should not
wait for that. Shipped files are held to the language by tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

from bedspace.scenario.reading.nodes import read
from bedspace.scenario.reading.trees import plain


@dataclass(frozen=True)
class Shelved:
    """A shipped scenario: its name, its title and its variants' titles by id."""

    name: str
    title: str
    summary: str
    variants: dict[str, str]


def shelf(names: list[str]) -> list[Shelved]:
    """What is to be said of each shipped scenario in `names`."""
    return [_shelved(name) for name in names]


def _shelved(name: str) -> Shelved:
    tree = _tree(name)
    variants = {key: str(v.get("title", key)) for key, v in tree["variants"].items()}
    return Shelved(name, str(tree["title"]), str(tree.get("summary", "")).strip(), variants)


def _tree(name: str) -> dict[str, Any]:
    """The file's top, with the variants of what it extends before its own."""
    text = (resources.files("bedspace.scenario") / "library" / f"{name}.yaml").read_bytes()
    tree: dict[str, Any] = plain(read(text, name)[0])
    below = _tree(tree["extends"])["variants"] if "extends" in tree else {}
    return tree | {"variants": {**below, **tree.get("variants", {})}}
