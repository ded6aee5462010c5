"""Where each thing is told on paper: figures F1, F2, ..., numbers N1, ..., rules and conditions of
the law L1, ..., counts of the run C1, ...; each is told once and named everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bedspace.appraisal import Appraisal, Figure, Gate, Input, Number, Rule, Simulated, Taken


@dataclass(frozen=True)
class Numbering:
    """The places of everything that an appraisal rests on."""

    found: Appraisal

    @cached_property
    def figures(self) -> dict[str, int]:
        """Figures by id, counted from 1 in the order of the appraisal."""
        return {id_: i for i, id_ in enumerate(self.found.figures, start=1)}

    @cached_property
    def numbers(self) -> dict[Number, int]:
        """Numbers of the scenario: both sides may have another value at one path."""
        found = (item for item in self.found.inputs if isinstance(item, Number))
        return {item: i for i, item in enumerate(found, start=1)}

    @cached_property
    def laws(self) -> dict[Gate | Taken | Rule, int]:
        """Rules, powers assumed, conditions taken as met."""
        found = (item for item in self.found.inputs if isinstance(item, Gate | Taken | Rule))
        return {item: i for i, item in enumerate(found, start=1)}

    @cached_property
    def counts(self) -> dict[tuple[str, tuple[Input, ...]], int]:
        """Counts of the run by their words and what they rest on: many dates have one count."""
        found = (_count(item) for item in self.found.inputs if isinstance(item, Simulated))
        return {key: i for i, key in enumerate(dict.fromkeys(found), start=1)}

    def places(self, items: Iterable[Input]) -> list[dict[str, int | str]]:
        """Where the items are told, as runs from a number to a number under a letter."""
        found: dict[str, list[int]] = {"F": [], "N": [], "L": [], "C": []}
        for item in items:
            letter, place = self._place(item)
            found[letter].append(place)
        return [
            {"kind": letter, "from": first, "to": last}
            for letter, all_ in found.items()
            for first, last in runs(sorted(set(all_)))
        ]

    def _place(self, item: Input) -> tuple[str, int]:
        if isinstance(item, Figure):
            return "F", self.figures[item.id]
        if isinstance(item, Number):
            return "N", self.numbers[item]
        if isinstance(item, Simulated):
            return "C", self.counts[_count(item)]
        return "L", self.laws[item]


def _count(item: Simulated) -> tuple[str, tuple[Input, ...]]:
    return item.words, item.rests_on


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in ascending order as first and last of each run without a gap."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
