"""From a name or a file to a checked Scenario."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import replace
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bedspace.exceptions import BedspaceError, Problem, ScenarioError
from bedspace.scenario.checks import (
    costs,
    fees,
    growth,
    hearings,
    measures,
    nations,
    observed,
    offences,
    own_law,
    placing,
    planned,
    ramps,
    references,
    runnable,
    sentences,
    soundness,
    stocks,
)
from bedspace.scenario.model.measures import resolved
from bedspace.scenario.model.scenario import Scenario
from bedspace.scenario.reading import tabled, variants
from bedspace.scenario.reading.faults import advise, keys_at, translate
from bedspace.scenario.reading.law_files import gathered
from bedspace.scenario.reading.looking import leaf
from bedspace.scenario.reading.nodes import LIMIT, problem, read
from bedspace.scenario.reading.trees import Branch, Leaf, Mark, Origin, Row, plain, planted
from bedspace.scenario.values.quantities import Quantity
from bedspace.scenario.views import paths

_CHECKS = (
    references,
    nations,
    soundness,
    observed,
    runnable,
    hearings,
    stocks,
    sentences,
    own_law,
    offences,
    placing,
    planned,
    ramps,
    fees,
    costs,
    measures,
    growth,
)
_READ: ContextVar[list[Path] | None] = ContextVar("_READ", default=None)
"""Where `files` has it written down what is read."""
_LIBRARY = "bedspace.scenario.library"
_ENDINGS = (".yaml", ".yml", ".json")


def names() -> list[str]:
    """The shipped scenarios, sorted."""
    return sorted(
        entry.name.removesuffix(".yaml")
        for entry in resources.files(_LIBRARY).iterdir()
        if entry.name.endswith(".yaml")
    )


def load(name_or_file: str | Path) -> Scenario:
    """The scenario of a shipped name or a file, either with "#variant" behind it.

    The whole file is checked, every variant too, whichever is asked for. Without a variant the
    file as written is the scenario. Raises ScenarioError with all that is wrong, BedspaceError
    when this is no name at all.
    """
    if not isinstance(name_or_file, str | Path):
        raise BedspaceError(f"{name_or_file!r} is no scenario; give its name or its file's path")
    name, variant = split_variant(str(name_or_file))
    tree, problems = _tree(name, None, ())
    stem = Path(name).stem if name.endswith(_ENDINGS) else name
    return _made(tree, problems, Origin(stem, variant, tree, name))


def files(name_or_file: str) -> list[Path]:
    """The user's own files that `load` reads for this name: itself, those that it extends, and law
    files beside it. Raises what `load` raises for a file that cannot be read."""
    read_now: list[Path] = []
    mark = _READ.set(read_now)
    try:
        _tree(split_variant(name_or_file)[0], None, ())
    finally:
        _READ.reset(mark)
    return list(dict.fromkeys(read_now))


def from_raw(raw: Mapping[str, Any], name: str, variant: str | None = None) -> Scenario:
    """The scenario that `Scenario.raw` was taken from: no variant is applied again.

    `variant` is only remembered. Raises ScenarioError, its places all "name:1:1".
    """
    tree = planted(raw, Mark(name, 1, 1))
    assert isinstance(tree, Branch)
    scn, problems = _checked(variants.normal(tree), Origin(name, variant, tree))
    if scn is None or problems:
        raise ScenarioError(problems)
    return scn


def with_set(
    scn: Scenario, settings: Mapping[str, Any], by: str = "with_", lenient: bool = False
) -> Scenario:
    """The same scenario with other values at some paths, checked whole, as a variant is.

    Values are written as in a file ("25 %", "60 USD / day", true, a map with a source); numbers and
    dates of Python may stand for texts. A number that takes the place of another is an assumption,
    with a note of what the file says. With `lenient`, paths that name nothing are passed over.
    Raises ScenarioError, whose places are "by:n:1" for the n-th setting.
    """
    if not isinstance(settings, Mapping):
        raise BedspaceError(f"{settings!r} are no settings; give a map of paths to values")
    tree, problems, done = scn._origin.tree, list[Problem](), dict[str, Any]()
    assert isinstance(tree, Branch)
    for n, (path, value) in enumerate(settings.items(), 1):
        mark = Mark(by, n, 1)
        node = planted(_noted(scn, tree, str(path), value), mark)
        spec = Branch({"set": (mark, Branch({str(path): (mark, node)}, mark))}, mark)
        made, wrong = variants.applied(tree, spec, _below)
        if not wrong:
            tree, done = made, done | {str(path): value}
        elif not lenient:
            problems += wrong
    if not done and not problems:
        return scn
    origin = replace(scn._origin, tree=tree, settings={**scn.settings, **done})
    found, more = (None, []) if problems else _checked(tree, origin)
    if found is None or more:
        raise ScenarioError([*problems, *more])
    return found


def _noted(scn: Scenario, tree: Branch, path: str, value: Any) -> Any:
    """A value as a file would have it; of a number that replaces one, with a note of the old."""
    if isinstance(value, float | Decimal):
        value = format(Decimal(str(value)), "f")
    if isinstance(value, Mapping | list | tuple | bool):
        return value
    try:
        old = paths.get(scn, path)
    except ScenarioError:
        return value
    if not isinstance(old, Quantity) or variants.standing(tree, path) is None:
        return value
    note = f"set by hand for this run; the file has {old.text}"
    if path in scn.settings:  # what it replaces was set by hand too
        note = old.note or note
    return {"value": str(value), "note": note}


def split_variant(name_or_file: str) -> tuple[str, str | None]:
    """The name or file that `load` is asked for, and the variant behind its last "#".

    A "#" may also stand in a path: no variant has a "/" in its id or ends as a scenario's file
    does, and a file that is there is itself.
    """
    name, mark, variant = name_or_file.rpartition("#")
    whole = (
        not mark
        or "/" in variant
        or os.sep in variant
        or (variant.endswith(_ENDINGS) and not name.endswith(_ENDINGS))
        or (name_or_file.endswith(_ENDINGS) and os.path.isfile(name_or_file))
    )
    return (name_or_file, None) if whole else (name, variant)


def _below(steps: list[str]) -> list[str]:
    """The keys of the language in the map at `steps`."""
    return keys_at(Scenario, steps)


def _made(tree: Branch, problems: list[Problem], asked: Origin) -> Scenario:
    if not tree.items:
        raise ScenarioError(problems)
    variant = asked.variant
    scn, found = _checked(tree, replace(asked, variant=None))
    problems = _besides(problems, [*found, *references.compared(tree)])
    for key in variants.known(tree):
        other, wrong = variants.apply(tree, key, _below)
        made, more = _checked(other, replace(asked, variant=key, tree=other))
        seen = {(p.line, p.column, p.file, p.what) for p in problems}
        problems = _besides(problems, wrong)
        if not wrong:
            problems += [
                Problem(p.file, p.line, p.column, f"{p.what} (in the variant {key!r})", p.mend)
                for p in more
                if (p.line, p.column, p.file, p.what) not in seen
            ]
        if key == variant:
            scn = made
    if variant is not None and variant not in variants.known(tree):
        problems.append(
            problem(
                Mark(asked.source, 1, 1),
                f"there is no variant {variant!r}",
                advise(variant, variants.known(tree), "variants"),
            )
        )
    if problems or scn is None:
        raise ScenarioError(_in_order(problems, tree.mark.file))
    return scn


def _checked(tree: Branch, origin: Origin) -> tuple[Scenario | None, list[Problem]]:
    """The scenario when its form is right, and everything that is wrong with it."""
    problems = [problem for room in _CHECKS for problem in room.check(tree)]
    try:
        scn = Scenario.model_validate(plain(tree))
    except ValidationError as error:
        return None, _besides(translate(error, Scenario, tree), problems)
    if problems:
        return None, problems
    scn = resolved(scn)
    scn._origin, scn._setting = origin, with_set
    return scn, []


def _besides(told: list[Problem], more: Iterable[Problem]) -> list[Problem]:
    """What is told already, and `more` of other places: one mistake is one line, and what is wrong
    with the form of a value comes before what it would mean."""
    places = {(p.file, p.line, p.column) for p in told}
    return [*told, *(p for p in more if (p.file, p.line, p.column) not in places)]


def _in_order(problems: list[Problem], top: str) -> list[Problem]:
    """By file, the one asked for first, and by place; each once."""
    files = list(dict.fromkeys([top, *(p.file for p in problems)]))
    return sorted(dict.fromkeys(problems), key=lambda p: (files.index(p.file), p.line, p.column))


def _tree(name: str, beside: Path | None, chain: tuple[str, ...]) -> tuple[Branch, list[Problem]]:
    """The tree of a file laid on what it extends, and what is wrong with the files themselves.

    `beside` is the folder of the file that extends this one, None for a shipped one or at the top.
    The tree is empty when it cannot be told what the scenario would be.
    """
    data, file, folder = _bytes(name, beside, top=not chain)
    tree, problems = read(data, file)
    tree, nothing = tabled.spread(tree), Branch({}, tree.mark)
    version = leaf(tree, "bedspace")
    if version is not None and version.text != "1":
        wrong = f"the version {version.text!r} of the language is not known"
        return nothing, [*problems, problem(version.mark, wrong, "write bedspace: 1")]
    tree, wrong_law = gathered(tree, lambda name: _law_file(name, folder))
    problems = _besides(problems, wrong_law)
    base = leaf(tree, "extends")
    if base is None or not tree.items:
        alone = tree.items.get("without")
        if alone is not None:
            wrong = "without takes out what stands in another file, and this one extends none"
            problems.append(problem(alone[0], wrong, "add extends, or take without out"))
            tree = Branch({k: v for k, v in tree.items.items() if k != "without"}, tree.mark)
        return variants.normal(tree), problems
    try:
        below, more = _base(base, folder, (*chain, file))
    except ScenarioError as error:
        first = error.problems[0]
        return nothing, _besides(problems, [problem(base.mark, first.what, first.mend)])
    if not below.items:
        return nothing, [*problems, *more]
    listed = tree.get("without")
    if listed is not None and not isinstance(listed, Row):
        mend = "write it in brackets: [a.b, c.d]"
        no_list = problem(listed.mark, "'without' must be a list", mend)
        return nothing, [*problems, *more, no_list]
    below, gone = variants.without(below, tree)
    return variants.normal(variants.extended(below, tree)), [*problems, *more, *gone]


def _law_file(name: Leaf, folder: Path | None) -> tuple[Branch | None, list[Problem]]:
    """The tree of a law file beside the scenario, None when it cannot be read."""
    target = name.text
    if "/" in target or "\\" in target or not target.endswith(_ENDINGS) or folder is None:
        wrong = f"{target!r} is not a law file beside this one"
        mend = "put the file into the same folder and give its bare name, ending in .yaml"
        return None, [problem(name.mark, wrong, mend)]
    try:
        data, file, _ = _bytes(target, folder, top=False)
    except ScenarioError as error:
        first = error.problems[0]
        return None, [problem(name.mark, f"{target!r}: {first.what}", first.mend)]
    tree, problems = read(data, file)
    return (tree if tree.items else None), problems


def _base(base: Leaf, folder: Path | None, chain: tuple[str, ...]) -> tuple[Branch, list[Problem]]:
    """The tree that `extends: base` names. Only shipped files and files beside this one: a
    scenario from elsewhere must not reach into other folders."""
    target = base.text
    if "/" in target or "\\" in target:
        wrong = f"{target!r} is not beside this file"
        mend = "put the file into the same folder and give its bare name"
        raise ScenarioError([problem(base.mark, wrong, mend)])
    if _file_name(target, folder) in chain:
        wrong = f"the files extend each other: {' -> '.join((*chain, target))}"
        raise ScenarioError([problem(base.mark, wrong, "take one extends out")])
    return _tree(target, folder, chain)


def _file_name(name: str, folder: Path | None) -> str:
    if not name.endswith(_ENDINGS):
        return f"{name}.yaml"
    return str(folder / name) if folder is not None else name


def _bytes(name: str, beside: Path | None, *, top: bool) -> tuple[bytes, str, Path | None]:
    """Contents, name in messages and folder. One byte over the limit is enough to refuse it."""
    if not name.endswith(_ENDINGS):
        shipped = resources.files(_LIBRARY) / f"{name}.yaml"
        if name in names():
            return shipped.read_bytes(), f"{name}.yaml", None
        raise ScenarioError(
            [
                problem(
                    Mark(name, 1, 1),
                    f"there is no shipped scenario {name!r}",
                    advise(name, names(), "shipped scenarios")
                    + " (a file of your own ends in .yaml)",
                )
            ]
        )
    path = Path(name) if top else (beside or Path()) / name
    if (seen := _READ.get()) is not None:
        seen.append(path)
    try:
        with path.open("rb") as stream:
            return stream.read(LIMIT + 1), str(path), path.parent
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = (getattr(error, "strerror", None) or "no file can have this name").lower()
        raise ScenarioError(
            [problem(Mark(str(path), 1, 1), f"the file cannot be read: {reason}", "check the name")]
        ) from None
