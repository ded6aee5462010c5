"""Files that a user might write by mistake: shipped ones with something wrong in them.

Every mutant is made by (seed, number) alone, so that one that was found can be made again.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from bedspace.scenario import names
from bedspace.scenario.values import bounds
from bedspace.scenario.values.quantities import QuantityError, parse
from tests.cli.bad_files import GOOD as TINY
from tests.scenario.files import GOOD

Tree = Any
PAGE = Path(__file__).parents[2] / "docs" / "language.md"
LIBRARY = resources.files("bedspace.scenario.library")

ODD = ["\u00a0", "\u200b", "\ufeff", "\u202e", "\u2028", "\x00", "\x07", "\ud800", "é", "٣", "😀"]
EXTREMES = [
    *("", "~", "null", "true", "no", "0", "-1", "1", "1.5", "1e9", "nan", "inf", "-0", "00", ".5"),
    *("999999999999", "0.000000001", "1" * 400, "1" * 5000, "9" * 20, "5" + " " * 8000 + "x y"),
    *("0 d", "0.01 d", "1 d", "1000 years", "9000000 years", "200000 d", "1 week", "0.0001 d"),
    *("0 %", "100 %", "101 %", "0.0000001 %", "-5 %", "1000 % / year", "-99 % / year"),
    *("0 / day", "1000000 / day", "1073741824 / day", "0.001 / year", "100 % / day", "7 % / week"),
    *("0 EUR", "1000000000000000 EUR", "0.001 KWD", "5 JPY / day", "1 EUR / month", "9 eur"),
    *("1000000000000 EUR / day", "1000000000000000 EUR / year", "0.0000001 EUR / day", "5 XXX"),
    *("24 h / day", "0 h / day", "0.001 h", "10000 h", "0.01 m2", "1000000 m2", "50000 km"),
    *("1000-01-01", "2999-12-31", "0001-01-01", "9999-12-31", "2025-02-30", "2025-01-31", "2025"),
    *("all", "total", "baseline", "scenario", "released", "died", "remand", "sentenced", "none"),
    *("a.b", "a/b", "a@b", "a b", "a#b", "../x.yaml", "two-hundred-places", "uniform", "divert"),
    *("agreements.lease", "agreements.lease.fee.99", "agreements.lease.fee.0.", ".", "systems"),
]
SIZES = [0, 1e-9, 0.01, 0.1, 0.5, 1, 2, 3, 10, 99, 1000, 1e5, 5e7, 1e9, 1e12]
NAMES = ["all", "total", "none", "baseline", "scenario", "released", "value", "stock", "rate", "x"]
_PEOPLE = ("stock", "people", "remand", "sentenced", "released", "admissions", "rate")
NUMBER = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)( ?[^0-9]*)")


def bases() -> dict[str, str]:
    """Name -> text of every file that is changed: shipped, of the tests, of the language's page."""
    found = {name: (LIBRARY / f"{name}.yaml").read_text(encoding="utf-8") for name in names()}
    example, *more = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    found |= {"good": GOOD, "tiny": TINY, "example": example}
    return found | {f"example-{i}": text for i, text in enumerate(more)}


def tree_of(text: str) -> Tree:
    """A file as maps, lists and texts."""
    return yaml.load(text, Loader=yaml.CBaseLoader)


def text_of(tree: Tree) -> str:
    """The file of a tree."""
    return yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)


def shrunk(tree: Tree) -> Tree:
    """The same with a hundredth of the people, so that a run takes no time."""
    for system in tree.get("systems", {}).values():
        for group in system.get("groups", {}).values():
            for box, key in [*_leaves(group.get("stock", {})), *_leaves(group)]:
                found = NUMBER.fullmatch(box[key]) if key in _PEOPLE else None
                if found is not None and float(found[1]) >= 100:
                    box[key] = f"{float(found[1]) / 100:.9f}".rstrip("0").rstrip(".") + found[2]
    return tree


def spoiled(rng: random.Random, text: str) -> str:
    """A text with one to four characters or lines that do not belong there."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text) + 1)
        lines = text.split("\n")
        row = rng.randrange(len(lines))
        match rng.randrange(7):
            case 0:
                text = text[:at] + rng.choice([*ODD, *"\t\"'{}[]:,#&*!|>%@`-\n \\"]) + text[at:]
            case 1:
                text = text[:at] + text[at + rng.randint(1, 9) :]
            case 2:
                lines.insert(row, rng.choice(lines))
                text = "\n".join(lines)
            case 3:
                lines[row] = " " * rng.randint(1, 3) + lines[row]
                text = "\n".join(lines)
            case 4:
                del lines[row]
                text = "\n".join(lines)
            case 5:
                text = text.replace(": ", rng.choice([":", " : ", ":\t", ":\u00a0"]), 1)
            case 6:
                text = text[:at]
    return text


def changed(rng: random.Random, tree: Tree, gently: bool = False) -> Tree:
    """A tree with one to three changes; `gently`: most of them leave it one that can be read."""
    for _ in range(rng.randint(1, 3)):
        change = rng.choice(_GENTLE if gently else [*_GENTLE, *_ROUGH])
        spot = rng.choice(list(_spots(tree)))
        change(rng, tree, *spot)
    return tree


def _spots(tree: Tree) -> Iterator[tuple[Any, Any]]:
    """Every (container, key or index) of a tree."""
    keys = list(tree) if isinstance(tree, dict) else []
    for key in range(len(tree)) if isinstance(tree, list) else keys:
        yield tree, key
        yield from _spots(tree[key])


def _leaves(tree: Tree) -> list[tuple[Any, Any]]:
    return [(box, key) for box, key in _spots(tree) if isinstance(box[key], str)]


def _number(rng: random.Random, tree: Tree, box: Any, key: Any) -> None:
    """Another size of a number, its unit kept."""
    spots = [(b, k) for b, k in _leaves(tree) if NUMBER.fullmatch(b[k]) and k != "bedspace"]
    if spots:
        box, key = rng.choice(spots)
        found = NUMBER.fullmatch(box[key])
        assert found is not None
        size = rng.choice(SIZES) * rng.choice([1, 1, rng.random()])
        if rng.random() < 0.3:
            size = float(found[1]) * rng.choice([0.1, 0.9, 1.1, 10, 1000])
        old, box[key] = box[key], f"{size:.9f}".rstrip("0").rstrip(".") + found[2]
        if rng.random() < 0.4:
            box[key] = _end(rng, old)


def _end(rng: random.Random, text: str) -> str:
    """The least or the most of a number's kind."""
    try:
        got = parse(text)
    except QuantityError:
        return text
    most = [bounds.MOST_PEOPLE, bounds.MOST_PLACES] if got.dimension == "people" else []
    least = [bounds.ABOVE_NOUGHT.get(got.dimension, 0.001)]
    kind = bounds.KINDS[got.dimension]
    end = rng.choice([kind.least, kind.most, *most, *least])
    return bounds.written(end, got.dimension, got.currency or "")


def _date(rng: random.Random, tree: Tree, box: Any, key: Any) -> None:
    """Another date of the file, or one near it."""
    spots = [(b, k) for b, k in _leaves(tree) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", b[k])]
    if spots:
        box, key = rng.choice(spots)
        other, there = rng.choice(spots)
        year, rest = other[there][:4], other[there][4:]
        box[key] = f"{int(year) + rng.choice([0, 0, 0, 1, -1, 30])}{rest}"


def _delete(rng: random.Random, tree: Tree, box: Any, key: Any) -> None:
    """Nothing where something was."""
    del box[key]


def _swap(rng: random.Random, tree: Tree, box: Any, key: Any) -> None:
    """What stands elsewhere under the same key, or anywhere."""
    spots = list(_spots(tree))
    like = [(b, k) for b, k in spots if k == key]
    other, there = rng.choice(like if rng.random() < 0.8 else spots)
    box[key] = _copy(other[there])


def _graft(rng: random.Random, tree: Tree, box: Any, key: Any) -> None:
    """What another file has under the same key."""
    other = tree_of(rng.choice(list(bases().values())))
    like = [(b, k) for b, k in _spots(other) if k == key]
    if like:
        from_, there = rng.choice(like)
        box[key] = _copy(from_[there])


def _rename(rng: random.Random, tree: Tree, box: Any, key: Any) -> None:
    """Another name, wherever the old one stands."""
    if isinstance(key, str):
        old, new = key, rng.choice([*NAMES, key[::-1], key.upper()])
        _renamed(tree, old, new)


def _renamed(tree: Tree, old: str, new: str) -> None:
    for box, key in list(_spots(tree)):
        if isinstance(box, dict) and key == old and key in box:
            items = [(new if k == old else k, v) for k, v in box.items()]
            box.clear()
            box.update(items)
        elif isinstance(box, list | dict) and isinstance(key, int | str):
            held = box[key] if isinstance(box, list) or key in box else None
            if held == old:
                box[key] = new


def _extreme(rng: random.Random, tree: Tree, box: Any, key: Any) -> None:
    """A value of any kind."""
    box[key] = rng.choice(EXTREMES)


def _odd(rng: random.Random, tree: Tree, box: Any, key: Any) -> None:
    """A character that nobody sees, in a value or a key."""
    mark = rng.choice([mark for mark in ODD if mark != "\ud800"])
    if isinstance(box[key], str):
        box[key] = box[key][:1] + mark + box[key][1:]
    elif isinstance(box, dict):
        box[key + mark] = box.pop(key)


def _shape(rng: random.Random, tree: Tree, box: Any, key: Any) -> None:
    """A map, a list or a text where another of them stood."""
    old = _copy(box[key])
    box[key] = rng.choice([[], {}, [old], {"value": old}, {"x": old}, [[old]], {"0": old}, ""])


def _path(rng: random.Random, tree: Tree, box: Any, key: Any) -> None:
    """A variant or a measure that changes what stands at some path."""
    steps: list[str] = []
    here = tree
    while isinstance(here, dict | list) and here and rng.random() < 0.9:
        step = rng.choice(list(here) if isinstance(here, dict) else range(len(here)))
        steps.append(str(step))
        here = here[step]
    ends = ["", "", "", ".99", ".0", ".", ".x", ".-1", "." + "1" * 5000]
    path = ".".join(steps[1:] if steps[:1] == ["systems"] else steps) + rng.choice(ends)
    value = _copy(rng.choice([*EXTREMES, here, {}, []]))
    kind, made = rng.choice(
        [
            ("measures", {"on": "2026-01-01", "set": {path: value}}),
            ("variants", {"set": {path: value}}),
            ("variants", {"without": [path, path]}),
        ]
    )
    if isinstance(tree.get(kind, {}), dict):
        tree.setdefault(kind, {})["new"] = made


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(below) for key, below in value.items()}
    return [_copy(below) for below in value] if isinstance(value, list) else value


Change = Callable[[random.Random, Tree, Any, Any], None]
_GENTLE: list[Change] = [_number, _number, _number, _number, _date, _delete, _swap, _graft, _rename]
_ROUGH: list[Change] = [_extreme, _extreme, _odd, _shape, _path, _path]
