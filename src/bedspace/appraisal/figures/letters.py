"""The letters that stand for stamps where there is little room."""

from __future__ import annotations

from collections.abc import Iterable

from bedspace.appraisal.figures.figure import STAMPS, Stamp

LETTERS = dict(zip(STAMPS, "PTAUOV", strict=True))
"""The letter of each kind of stamp, the gravest first: the same in every output."""

MEANINGS = {
    "P": "a power that the law does not give is assumed",
    "T": "a legal condition that is open or undecided is taken as met",
    "A": "rests on an assumption that is explained",
    "U": "rests on a number with neither a source nor an explanation",
    "O": "rests on a price from long before it is used",
    "V": "rests on a rule that has not been read again",
}
"""What each letter means."""

KEY = (
    "P assumed power, T legal condition taken as met, A rests on an assumption, U "
    "unsourced number, "
    "O old prices, V rule to be verified"
)


def bare(stamps: Iterable[Stamp]) -> str:
    """The kinds of stamps as letters: "PTA"; empty when there are none."""
    kinds = {stamp.kind for stamp in stamps}
    return "".join(letter for kind, letter in LETTERS.items() if kind in kinds)


def letters(stamps: Iterable[Stamp]) -> str:
    """The same in brackets: "[PTA]"."""
    found = bare(stamps)
    return f"[{found}]" if found else ""
