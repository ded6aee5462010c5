"""A short name for everything that a page states once, so that all else can link to it.

F12 is a figure, N3 a number of the scenario, L4 a rule, an assumed power or a condition of the law,
S1 a set of such inputs: all that a simulation is made of, or what several figures rest on. In a
page the name is also the anchor, in small letters: "#f12".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from bedspace.appraisal import Appraisal, Figure, Gate, Input, Number, Rule, Simulated, Taken

Leaf = Number | Gate | Taken | Rule


class References:
    """Names for what the appraisals of one page show and rest on, in the order they are named.

    A figure belongs to its appraisal: two variants have two figures of one id. A number, a rule or
    a condition that several share has one name.
    """

    def __init__(self) -> None:
        self.figures: dict[tuple[int, str], str] = {}
        self.leaves: dict[Leaf, str] = {}
        self.sets: dict[frozenset[str], str] = {}
        self._below: dict[tuple[int, str], frozenset[str]] = {}
        self._count: dict[str, int] = {}

    def figure(self, figure: Figure, part: int = 0) -> str:
        """The name of a figure of the page's appraisal number `part`."""
        key = (part, figure.id)
        if key not in self.figures:
            self.figures[key] = self._next("F")
        return self.figures[key]

    def leaf(self, leaf: Leaf) -> str:
        """The name of what nothing lies below."""
        if leaf not in self.leaves:
            self.leaves[leaf] = self._next("N" if isinstance(leaf, Number) else "L")
        return self.leaves[leaf]

    def counted(self, item: Simulated) -> str:
        """The name of all that the simulation of a count is made of."""
        return self.set(frozenset(self.leaf(leaf) for leaf in item.rests_on))

    def set(self, members: frozenset[str]) -> str:
        """The name of a set of inputs."""
        if members not in self.sets:
            self.sets[members] = self._next("S")
        return self.sets[members]

    def of(self, item: Input, part: int = 0) -> str:
        """The name of any input."""
        if isinstance(item, Figure):
            return self.figure(item, part)
        return self.counted(item) if isinstance(item, Simulated) else self.leaf(item)

    def below(self, figure: Figure, part: int = 0) -> frozenset[str]:
        """Names of all that a figure rests on at last: leaves, and simulations unopened."""
        key = (part, figure.id)
        if key not in self._below:
            found: set[str] = set()
            for item in figure.inputs:
                if isinstance(item, Figure):
                    found |= self.below(item, part)
                else:
                    found.add(self.of(item, part))
            self._below[key] = frozenset(found)
        return self._below[key]

    def further(self, figure: Figure, part: int = 0) -> list[str]:
        """What a figure rests on through other figures: neither its own inputs nor told by the
        simulations that it rests on."""
        all_below = self.below(figure, part)
        told = {self.of(item, part) for item in figure.inputs}
        for members, name in self.sets.items():
            if name in all_below:
                told |= members
        return in_order(all_below - told)

    def name_all(self, appraisal: Appraisal, part: int = 0) -> None:
        """Names for every figure of an appraisal: section by section those in tables first, so
        that a table's names follow one another, then those they are made of."""
        for figures in by_section(appraisal).values():
            for figure in figures:
                self.figure(figure, part)

    def _next(self, letter: str) -> str:
        self._count[letter] = self._count.get(letter, 0) + 1
        return f"{letter}{self._count[letter]}"


def by_section(appraisal: Appraisal) -> dict[str, list[Figure]]:
    """Figures by the id of the section that first shows them: in tables, then beneath these. Those
    that only the answer or a chart has come under the section "more"."""
    seen: set[str] = set()
    found: dict[str, list[Figure]] = {}
    for section in appraisal.sections:
        shown = [figure for table in section.tables for figure in table.figures]
        drawn = [item for chart in section.charts for item in (*chart.inputs, *chart.told)]
        mine: list[Figure] = []
        for figure in shown:
            if figure.id not in seen:
                seen.add(figure.id)
                mine.append(figure)
        for item in (*shown, *drawn):
            mine += unseen(item, seen)
        found[section.id] = mine
    found["more"] = [f for f in appraisal.figures.values() if f.id not in seen]
    return found


def unseen(item: Input, seen: set[str]) -> Iterator[Figure]:
    """The figures at and below an item that were not seen yet; they count as seen from then on."""
    if isinstance(item, Figure):
        if item.id not in seen:
            seen.add(item.id)
            yield item
        for lower in item.inputs:
            if isinstance(lower, Figure):
                yield from unseen(lower, seen)


@cache
def _split(name: str) -> tuple[str, int]:
    found = re.fullmatch(r"([A-Z]+)(\d+)", name)
    assert found is not None, name
    return found[1], int(found[2])


def in_order(names: Iterable[str]) -> list[str]:
    """Names by letter, then by number."""
    return sorted(names, key=_split)


def ranges(names: Sequence[str]) -> list[tuple[str, str]]:
    """Names in order with those that follow one another as (first, last); alone as (it, it)."""
    found: list[tuple[str, str]] = []
    for name in in_order(names):
        letter, number = _split(name)
        if found and _split(found[-1][1]) == (letter, number - 1):
            found[-1] = (found[-1][0], name)
        else:
            found.append((name, name))
    return found
