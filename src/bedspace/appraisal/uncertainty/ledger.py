"""What the figures rest on: how many on assumptions, which assumptions, and the whole ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bedspace.appraisal.figures.figure import STAMPS, Figure, Stamp
from bedspace.appraisal.figures.tables import Cell, Section, Table
from bedspace.appraisal.members.basis import Basis
from bedspace.scenario.views.evidence import Entry

_WORDS = {
    "assumed power": "an assumed power",
    "taken as met": "a legal condition taken as met",
    "rests on assumption": "an assumption",
    "unsourced": "an unsourced number",
    "old prices": "a price long before its use",
    "to be verified": "a rule still to be verified",
}


def tables(
    sections: Sequence[Section], figures: Sequence[Figure], basis: Basis
) -> tuple[Table, ...]:
    """Shares by section, assumptions by how much rests on them, and every number."""
    return _shares(sections, figures), _assumptions(figures, basis), _ledger(basis)


@lru_cache(maxsize=2048)
def _kinds(stamps: tuple[Stamp, ...]) -> frozenset[str]:
    """Their kinds."""
    return frozenset(stamp.kind for stamp in stamps)


def share(id_: str, title: str, figures: Sequence[Figure], kinds: Sequence[str]) -> Figure:
    """Share of the figures that carry a stamp of one of the kinds."""
    stamped = [f for f in figures if not _kinds(f.stamps).isdisjoint(kinds)]
    return Figure(
        id_,
        title,
        len(stamped) / len(figures),
        "share",
        f"{len(stamped)} of {len(figures)} figures carry such a stamp",
        tuple(figures),
    )


def _shares(sections: Sequence[Section], figures: Sequence[Figure]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    parts = [(s.id, s.title, [f for t in s.tables for f in t.figures]) for s in sections]
    for id_, title, mine in (("all", "All figures", list(figures)), *parts):
        if not mine:
            continue
        shares = [
            share(
                f"evidence.{id_}.{kind.replace(' ', '-')}",
                f"{title}: rests on {_WORDS[kind]}",
                mine,
                (kind,),
            )
            for kind in STAMPS
        ]
        whole = share(f"evidence.{id_}.any", f"{title}: rests on any of them", mine, STAMPS)
        rows.append((title, str(len(mine)), *shares, whole))
    return Table(
        "evidence.shares",
        "Share of the figures that rest on",
        ("", "Figures", *(_WORDS[kind] for kind in STAMPS), "any of them"),
        tuple(rows),
        "A figure that is counted in the simulation rests on every number the simulation "
        "is made of.",
    )


def _assumptions(figures: Sequence[Figure], basis: Basis) -> Table:
    found = Counter(stamp for figure in figures for stamp in figure.stamps)
    order = sorted(found, key=lambda s: (STAMPS.index(s.kind), -found[s], s))
    rows: list[tuple[Cell, ...]] = []
    for stamp in order:
        entry = basis.ledger.get(stamp.about)
        rows.append(
            (
                stamp.kind,
                stamp.what,
                _value(entry) if entry else "",
                (entry.note or "") if entry else basis.reasons.get(stamp, ""),
                str(found[stamp]),
            )
        )
    return Table(
        "evidence.assumptions",
        "What is assumed, and how many figures rest on it",
        ("Kind", "What", "Value", "Why", "Figures"),
        tuple(rows),
    )


def _ledger(basis: Basis) -> Table:
    rows = tuple(
        (
            entry.path,
            _value(entry),
            entry.grade,
            entry.source.title if entry.source else "",
            "; ".join(d.text for d in entry.disputed_by),
            entry.note or "",
        )
        for entry in basis.ledger.values()
    )
    return Table(
        "evidence.ledger",
        "Every number of the scenario",
        ("Path", "Value", "Grade", "Source", "Others give", "Note"),
        rows,
    )


def _value(entry: Entry) -> str:
    if entry.low is None or entry.high is None:
        return entry.value
    return f"{entry.value} ({entry.low:g} to {entry.high:g} {entry.unit})"
