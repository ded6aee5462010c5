"""In how many simulated futures something happens, as a figure and as the end of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bedspace.appraisal.answer import wording
from bedspace.appraisal.figures.appraisal import FEW
from bedspace.appraisal.figures.figure import Figure


@dataclass(frozen=True)
class Sides:
    """What most futures do of two things, and how many of how many do it. `counted` are the
    figures of the counts; `word` is the chance in a word, empty where all agree, where futures are
    few, where it is as likely as not (`even`), and where less than a half do it. Nothing is counted
    where all are nought.
    `few` where no chance can be stated; half of few futures are `even` too."""

    most: str
    other: str
    word: str
    even: bool
    ending: str
    counted: tuple[Figure, ...]
    few: bool = False
    rarely: bool = False
    """Whether less than a half of them do it, though fewer do the other: in the rest, neither."""


def sides(
    of: Figure, values: Sequence[float], below: str, above: str, all_futures: int, where: str = ""
) -> Sides:
    """How many of the values lie below nought, and how many above.

    `values` are those of the futures that count, of `all_futures`; `where` says which those are
    when they are not all of them.
    """
    total = len(values)
    counts = {below: sum(value < 0 for value in values), above: sum(value > 0 for value in values)}
    most, other = sorted(counts, key=lambda side: -counts[side])
    count = counts[most]
    if not count:
        return Sides(most, other, "", False, "", ())
    number = Figure(
        f"{of.id}.futures.{most}",
        f"Simulated futures {'below' if most == below else 'above'} nought: {of.title}",
        count,
        "futures",
        f"futures with a value {'below' if most == below else 'above'} nought, of {total}",
        (of,),
    )
    share = count / total
    few = total < FEW
    word = "" if few or count == total else wording.chance(share)
    even = counts[most] == counts[other] or (not few and 0.5 <= share < 1 and not word)
    pool = f"{total} simulated futures"
    if where:
        pool = f"the {total} simulated futures, of {all_futures}, {where}"
    if count == total == 2 and not where:
        ending = "in both simulated futures"
    elif count == total:
        ending = f"in all {pool}".replace("all the", "all") if total > 1 else "in the only one"
    else:
        ending = f"in {count} of {pool}"
    if few:
        ending += f" ({'too few to state a chance' if total > 1 else 'no chance can be stated'})"
    return Sides(most, other, word, even, ending, (number,), few, not few and share < 0.5)
