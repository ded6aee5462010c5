"""The answers of every shipped scenario and variant, as lines of text that a reviewer can read.

Written anew by `python -m tests.golden.answers` from the root of the repository; every change of a
line is explained in CHANGELOG.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import bedspace as bs
from bedspace.appraisal import Appraisal, of_run
from bedspace.exceptions import RunError
from bedspace.scenario import Scenario

FILE = Path(__file__).with_name("answers.txt")
MEMBERS, SEED, DIGITS = 3, 1, 6
HEAD = f"""\
# Answers of every shipped scenario and variant: {MEMBERS} members, seed {SEED}, {DIGITS} digits.
# Under each name the answer (>), its grounds (-) and what turns it (*), then the main figures:
# means over the members; in brackets what is between the 2.5th and 97.5th percentiles.
# Too few members to quote: this file only shows when an answer changes. Written by
# `python -m tests.golden.answers`; CHANGELOG.md explains every change.
"""


def names() -> list[str]:
    """Every shipped scenario, and every variant of it but the baseline, as a user names them."""
    found = []
    for name in bs.names():
        found += [name, *(f"{name}#{v}" for v in bs.load(name).variants if v != "baseline")]
    return found


def lines(name: str) -> list[str]:
    """A heading, then one line for each answer: of the appraisal where the scenario has a baseline
    over the same days, of the run alone where it has none."""
    alone, _, variant = name.partition("#")
    scenario = bs.load(alone)
    if "baseline" not in scenario.variants and not variant:
        return [f"## {name}, run alone", *_of_run(name)]
    against: Scenario | str = "baseline" if "baseline" in scenario.variants else scenario
    try:
        made = bs.compare(name, against, replicates=MEMBERS, seed=SEED)
    except RunError as error:
        if "give both the same start and end" not in str(error):
            raise
        return [f"## {name}, run alone: the baseline has other days", *_of_run(name)]
    found = bs.appraise(made)
    answers = (found.figure(id_) for id_ in found.answers)
    return [
        f"## {name}, {len(found.figures)} figures",
        *_sentences(found),
        *(_line(f.id, f.value, f.low, f.high, f.unit) for f in answers),
    ]


def _sentences(found: Appraisal) -> Iterator[str]:
    """The answer's sentence and its grounds, then what turns it."""
    yield f"> {found.answer.sentence.text}"
    yield from (f"- {one.text}" for one in found.answer.grounds)
    yield from (f"* {one.text}" for one in found.answer.turns)


def _of_run(name: str) -> Iterator[str]:
    """The answer, then people at the end of every December and of the run, by system."""
    made = bs.run(name, replicates=MEMBERS, seed=SEED)
    yield from _sentences(of_run(made))
    rows = made.sql(
        "SELECT system, day, avg(people), min(people), max(people) FROM "
        "(SELECT member, system, day, sum(people) AS people FROM population GROUP BY ALL) "
        "WHERE (month(day) = 12 AND day(day) = 31) OR day = (SELECT max(day) FROM population) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for system, day, mean, low, high in rows:
        yield _line(f"population.{system}.{day}", mean, low, high, "people")


def _line(id_: str, value: object, low: object, high: object, unit: str) -> str:
    interval = "" if low is None else f"  [{_digits(low)} to {_digits(high)}]"
    return f"{id_}: {_digits(value)} {unit}{interval}".rstrip()


def _digits(value: object) -> str:
    if isinstance(value, int | float | Decimal):
        return f"{float(value):.{DIGITS}g}"
    return "not known" if value is None else str(value)


def main() -> None:
    """Write the file anew."""
    parts = ["\n".join(lines(name)) + "\n" for name in names()]
    FILE.write_text(HEAD + "\n" + "\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
