"""Names of countries: one that is nearly a name which the rules of law know is a slip, refused with
that name; any other is a country of the scenario's own, and a doubt."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bedspace.exceptions import Problem
from bedspace.rules import countries
from bedspace.scenario.reading.looking import entries, leaf
from bedspace.scenario.reading.nodes import problem
from bedspace.scenario.reading.trees import Mark, Node

NEAR = 0.8
"""How alike two names are, by difflib's ratio, before one is taken for a slip of the other."""


def check(tree: Node) -> Iterator[Problem]:
    """Names of countries and citizenships that are nearly known ones."""
    for mark, word, what in _unknown(tree):
        near = _near(word)
        if near is not None:
            yield problem(
                mark,
                f"the {what} {word!r} is not known",
                f"did you mean {near!r}? a country of your own needs a name less like it",
            )


def doubts(tree: Node) -> Iterator[Problem]:
    """Names of countries and citizenships that the rules of law do not know at all."""
    for mark, word, what in _unknown(tree):
        if _near(word) is None:
            yield problem(
                mark,
                f"the rules of law do not know the {what} {word!r} and take it for one of its own",
                "that is right for a country that does not exist, or that has no entry yet",
            )


def _unknown(tree: Node) -> Iterator[tuple[Mark, str, str]]:
    """(place, word, what it is) of every name that the rules do not know and no system has."""
    own = set[str]()
    for name, _, system in entries(tree, "systems"):
        given = leaf(system, "country")
        own |= {
            countries.country(name),
            countries.country(given.text if given is not None else name),
        }
    for name, _, system in entries(tree, "systems"):
        country = leaf(system, "country")
        own_name = country is None or countries.country(country.text) == countries.country(name)
        if country is not None and not own_name and not countries.known(country.text):
            yield country.mark, country.text, "country"
        for _, _, group in entries(system, "groups"):
            given = leaf(group, "attributes", "citizenship")
            words = [(given.text, given.mark)] if given is not None else []
            words += [(word, mark) for word, mark, _ in entries(group, "shares", "citizenship")]
            for text, mark in words:
                for part in (part for part in text.split("+") if part.strip()):
                    if not countries.known(part) and countries.country(part) not in own:
                        yield mark, part.strip(), "citizenship"


def _near(word: str) -> str | None:
    slug = countries.country(word)
    names = [name for name in countries.words() if len(name) > 3]  # codes are near everything
    return next(iter(difflib.get_close_matches(slug, names, n=1, cutoff=NEAR)), None)
