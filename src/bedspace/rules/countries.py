"""Words for countries: "salvadoran", "SV" and "El Salvador" are one country, `el-salvador`."""

from __future__ import annotations

from functools import cache, lru_cache

from bedspace.rules.reading import read

OTHER = "other"
"""A citizenship known to be neither the sending nor the receiving country's."""

FOREIGN = "foreign"
"""A citizenship known only not to be the sending country's: it may be the receiving one's."""

CITIZEN = "citizen"
"""The sending country's citizenship, whichever country that is."""


@cache
def _ids() -> dict[str, str]:
    table = read(__package__, "countries.yaml")["countries"]
    words = {word: id_ for id_, row in table.items() for word in row["words"]}
    return words | {id_: id_ for id_ in table}


@lru_cache(maxsize=4096)
def country(word: str) -> str:
    """The id of the country that `word` names (id, name, demonym or ISO code, any case).

    A word that the table does not know is its own id, so fictional countries need no entry.
    """
    slug = "-".join(word.lower().replace("_", " ").replace("-", " ").split())
    return _ids().get(slug, slug)


def known(word: str) -> bool:
    """Whether `word` names a country of the table or says something of a citizenship; "unknown" and
    "unspecified" say nothing, which is known too."""
    return country(word) in {*_ids().values(), "unknown", "unspecified"}


def words() -> list[str]:
    """Every word that the table knows, as `country` compares it."""
    return list(_ids())


def title(id_: str) -> str:
    """How a country is written in a sentence: `el-salvador` is "El Salvador"."""
    row = read(__package__, "countries.yaml")["countries"].get(id_)
    return str(row["title"]) if row else id_.replace("-", " ").title()


def nation(id_: str) -> str:
    """The country that `id_` lies in: Hawaii is in the United States, a country in itself."""
    row = read(__package__, "countries.yaml")["countries"].get(id_, {})
    return str(row.get("within", id_))


def citizenships(words: str | frozenset[str] | None) -> frozenset[str] | None:
    """The countries a citizenship names; None when nothing is known.

    One word, a set of words, or words joined by "+" for people with more than one citizenship.
    Words for somebody who is not the sending country's citizen ("non-citizen", "legal-resident")
    give FOREIGN, "other" gives OTHER, and "citizen" CITIZEN.
    """
    if words is None:
        return None
    parts = words.split("+") if isinstance(words, str) else words
    found = frozenset(country(part) for part in parts if part.strip())
    return None if not found or "unknown" in found else found


def groups() -> tuple[str, ...]:
    """The groups of states whose members are listed."""
    found = read(__package__, "countries.yaml")["groups"]
    return tuple(id_ for id_, row in found.items() if "members" in row)


def is_member(id_: str, binds: tuple[str, ...]) -> bool:
    """Whether country `id_` is among `binds`, which may name countries or groups of states."""
    groups = read(__package__, "countries.yaml")["groups"]
    return any(id_ == who or id_ in groups.get(who, {}).get("members", ()) for who in binds)


def binds_words(binds: tuple[str, ...]) -> str:
    """Whom a rule binds, in words."""
    groups = read(__package__, "countries.yaml")["groups"]
    return ", ".join(groups[who]["title"] if who in groups else title(who) for who in binds)
