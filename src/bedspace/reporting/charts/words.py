"""Words that stand at a chart: what it rests on, where its numbers come from, names of groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bedspace.appraisal import Chart, Input, Number, Simulated
from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.figure import below

_NAMED = 2  # sources told by name


def groups(chart: Chart) -> list[str]:
    """Names of the groups of a chart, in the order they first appear."""
    return list(dict.fromkeys(str(row["group"]) for row in chart.rows if row.get("group")))


def named(chart: Chart, group: str | float | None) -> str:
    """A group in words for readers."""
    return chart.names.get(str(group), str(group or ""))


def stamp(chart: Chart) -> str:
    """What to stand in the drawing itself, which may be looked at without its page: the powers
    assumed by name, the legal conditions taken as met by their number. "" when it rests on
    neither."""
    powers, met = words.gates(chart.stamps)
    told = [f"Assumes powers that the law does not give: {', '.join(powers)}."] if powers else []
    if met:
        told.append(f"Takes {len(met)} open legal condition{'s' * (len(met) > 1)} as met.")
    return " ".join(told)


def source(chart: Chart) -> str:
    """Where the numbers come from: the simulation, and the works that its inputs cite."""
    found = list(_below(chart.inputs))
    run = "bedspace simulation. " if any(isinstance(i, Simulated) for i in found) else ""
    numbers = [item for item in found if isinstance(item, Number)]
    works = list(dict.fromkeys(item.source for item in numbers if item.source))
    if not works:
        return f"{run}Inputs: {_count(len(numbers), 'number')} without a source.".strip()
    first, more = works[:_NAMED], len(works) - _NAMED
    told = "; ".join(work.rstrip(".") for work in first)
    rest = f"; and {more} more" if more > 0 else ""
    return f"{run}Inputs: {told}{rest}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _below(inputs: Sequence[Input]) -> Iterator[Input]:
    """The inputs and all they rest on, each once, the nearest first."""
    seen: set[str] = set()
    queue = list(inputs)
    while queue:
        item = queue.pop(0)
        if item.id not in seen:
            seen.add(item.id)
            yield item
            queue += below(item)
