"""Checks of sentences: a minimum term that has something to act on, what follows one, and what
ends with one."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.scenario.reading.looking import entries, leaf, number
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Mark, Node, at


def check(tree: Node) -> Iterator[Problem]:
    """Every minimum term that says nothing, every sentence that goes on after one as if there were
    none."""
    by_measures = {
        path: mark
        for _, _, measure in entries(tree, "measures")
        for path, mark, _ in entries(measure, "set")
    }
    for system, _, body in entries(tree, "systems"):
        for name, _, pathway in entries(body, "pathways"):
            prefix = f"{system}.pathways.{name}"
            yield from _pathway(prefix, pathway, by_measures)
            for key, _, stage in entries(pathway):
                yield from _ends_with(prefix, key, stage, pathway, by_measures)


def _pathway(prefix: str, pathway: Node, by_measures: dict[str, Mark]) -> Iterator[Problem]:
    least = {}
    for key, _, stage in entries(pathway):
        found = {k: mark for k, mark, _ in entries(stage)}
        of_measures = {
            k: by_measures[f"{prefix}.{key}.{k}"]
            for k in ("share", "good_time", "minimum")
            if f"{prefix}.{key}.{k}" in by_measures
        }
        found = of_measures | found
        if "minimum" in found:
            least[key] = found["minimum"]
            if "share" not in found and "good_time" not in found:
                yield problem(
                    found["minimum"],
                    f"the minimum of {key!r} has nothing to act on: all of the stay is served",
                    "give the share that is served, or take minimum out",
                )
    for key, _, stage in entries(pathway):
        first = leaf(stage, "sentence")
        credit = number(stage, "share", "credit")
        # A credit that cannot be read is reported as such.
        counted = at(stage, "credit") is not None and (credit is None or credit[0].value > 0)
        if first is not None and first.text in least and not counted:
            yield problem(
                first.mark,
                f"{first.text!r} has a minimum, so no share of its sentence is what is left of it",
                f"add credit: 100 %, and let the share of {key!r} be that of the whole sentence",
            )


def _ends_with(
    prefix: str, key: str, stage: Node, pathway: Node, by_measures: dict[str, Mark]
) -> Iterator[Problem]:
    """A stage that ends with a sentence which cannot be known, or that something else holds too."""
    first = leaf(stage, "ends_with")
    if first is None:
        counts = leaf(stage, "licence_counts")
        if counts is not None:
            wrong = f"{key!r} has licence_counts and ends with no sentence"
            yield problem(counts.mark, wrong, "add ends_with, the stage whose sentence it is")
        return
    if first.text == key:
        wrong = f"{key!r} ends with its own sentence"
        yield problem(first.mark, wrong, "name the stage in which the sentence began")
        return
    for other in ("ends_with", "sentence"):
        if at(pathway, first.text, other) is not None:
            wrong = f"no sentence begins in {first.text!r}: it goes on with that of another stage"
            yield problem(first.mark, wrong, "name the stage in which the sentence began")
            return
    luck = leaf(stage, "sentence")
    if luck is not None and luck.text != first.text:
        wrong = f"{key!r} goes on with the sentence of {luck.text!r} and ends with another"
        yield problem(first.mark, wrong, "name one stage in both")
    for other in ("share", "good_time", "minimum"):
        given = at(stage, other) is not None or f"{prefix}.{key}.{other}" in by_measures
        if given and at(stage, "stay") is None:
            wrong = f"{key!r} has {other} and no stay, so it does nothing"
            yield problem(first.mark, wrong, f"give the stay that it shortens, or take {other} out")
    for other in ("queue", "credit"):
        if at(stage, other) is not None:
            wrong = f"{key!r} ends with a sentence and has {other}"
            why = "nobody waits for a hearing beyond the end of a sentence"
            mend = why if other == "queue" else "days inside count towards the sentence already"
            yield problem(first.mark, wrong, f"take {other} out: {mend}")
    for path, mark in by_measures.items():
        if path.startswith(f"{prefix}.{first.text}.stay."):
            wrong = f"the sentence of {first.text!r} changes, and {key!r} ends with it"
            mend = "let the measure set share or good_time, which leave the whole sentence as it is"
            yield problem(mark, wrong, mend)
