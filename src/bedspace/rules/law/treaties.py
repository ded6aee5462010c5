"""The register of treaties on transferring sentenced persons: who is bound, and since when."""

from __future__ import annotations

from datetime import date

from bedspace.rules.reading import read


def in_force(one: str, other: str, on: date) -> bool | None:
    """Whether a registered treaty binds both countries on a day; None when it cannot be told.

    The register lists parties and is not complete: two countries that it does not list together
    may still have a treaty, so their absence is "not known" and never "no".
    """
    known: bool | None = None
    for treaty in read(__package__, "treaties.yaml").values():
        parties = treaty["parties"]
        if one in parties and other in parties:
            if max(parties[one]["since"], parties[other]["since"]) <= on:
                return True
            known = False
    return known
