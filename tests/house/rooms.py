"""The import direction of the rooms, read from source without importing it."""

import ast
from collections.abc import Iterator
from pathlib import Path

# Each room may import itself and the rooms before it.
ORDER = (
    "exceptions",
    "plain_json",
    "plain_csv",
    "plain_html",
    "cache",
    "engine",
    "rules",
    "history",
    "scenario",
    "compile",
    "results",
    "ensemble",
    "appraisal",
    "reporting",
    "verbs",
    "cli",
)
# Rooms that hold rooms: each of these may import itself and those before it.
INNER = {
    "rules": (
        "months",
        "spelling",
        "text",
        "reading",
        "countries",
        "fees",
        "discounting",
        "standards",
        "law",
        "break_even",
        "common_prices",
    ),
    "scenario": ("values", "reading", "model", "views", "checks", "loading"),
    "appraisal": (
        "figures",
        "members",
        "people",
        "law",
        "conditions",
        "fee",
        "sender",
        "receiver",
        "parties",
        "uncertainty",
        "answer",
        "charts",
        "comparison",
        "alone",
        "contents",
    ),
}
# These know nothing of ours but the exceptions, so that each can be used and tested alone.
ALONE = frozenset({"engine", "rules"})
# These come after the engine and do not know it.
WITHOUT_ENGINE = frozenset({"history"})


def allowed(room: str) -> frozenset[str]:
    """Rooms that `room` may import."""
    if room in ALONE:
        return frozenset({"exceptions", room})
    before = frozenset(ORDER[: ORDER.index(room) + 1])
    return before - {"engine"} if room in WITHOUT_ENGINE else before


def violations(source: str, module: str, is_package: bool = False) -> list[str]:
    """Imports in `source` that break the direction, each as "module:line: what".

    `module` is the dotted name, such as "bedspace.engine.plan"; `is_package` says that the source
    is a package's `__init__`. The root, `bedspace`, is the public face and may import every room.
    """
    if module == "bedspace":
        return []
    room = module.split(".")[1]
    if room not in ORDER:
        return [f"{module}:1: room {room!r} has no place in the order of rooms"]
    package = module if is_package else module.rpartition(".")[0]
    found = []
    for line, target in _imported(ast.parse(source), package):
        if target == "bedspace":
            found.append(f"{module}:{line}: imports the root, which imports every room")
        elif target.split(".")[1] not in allowed(room):
            found.append(f"{module}:{line}: {room} may not import {target}")
        elif not _inner_allows(module, target):
            found.append(
                f"{module}:{line}: may not import {target}, a room above it or its own root"
            )
    return found


def _inner_allows(module: str, target: str) -> bool:
    """Whether the order of the rooms within a room lets `module` import `target`.

    A room's root is its public face and may import all of it; nothing within may import the root.
    """
    room = module.split(".")[1]
    if room not in INNER or room != target.split(".")[1] or module == f"bedspace.{room}":
        return True
    order = INNER[room]
    here, there = module.split(".")[2], [*target.split("."), ""][2]
    if here == there:
        return True
    return here in order and there in order and order.index(there) < order.index(here)


def _imported(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything of ours that is imported, at any depth of the source."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, package)
            # From the root, the name itself is the room; the version is no room.
            targets = (
                [
                    "bedspace" if alias.name == "*" else f"bedspace.{alias.name}"
                    for alias in node.names
                    if alias.name != "__version__"
                ]
                if base == "bedspace"
                else [f"{base}.{alias.name}" for alias in node.names]
                if base.count(".") == 1
                else [base]
            )
        else:
            continue
        for target in targets:
            if target.split(".")[0] == "bedspace":
                yield node.lineno, target


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if node.level == 0:
        return node.module or ""
    parts = package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def module_name(path: Path, src: Path) -> tuple[str, bool]:
    """Dotted name of a file under `src`, and whether it is a package's `__init__`."""
    parts = path.relative_to(src).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    return ".".join(parts[:-1] if is_package else parts), is_package
