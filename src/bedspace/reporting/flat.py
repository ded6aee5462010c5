"""An appraisal as flat tables, a row a figure, a number, a source or a cell; and each table as it
is shown, with a column for every value, bound and id."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bedspace.appraisal import Appraisal, Figure, Number, Rule, Simulated, Table
from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.answer import Sentence
from bedspace.appraisal.figures.letters import bare
from bedspace.appraisal.figures.tracing import kind
from bedspace.plain_csv import as_text
from bedspace.reporting.about import About
from bedspace.results.parquet import connect, name, quote

Row = tuple[object, ...]

MOST_INPUTS = 40
"""Inputs of one figure that are told one by one."""


@dataclass(frozen=True)
class Flat:
    """A table with a title, headings and rows; what a cell holds is a number, text, or nothing."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    numbers: frozenset[str] = frozenset()
    """Columns of numbers."""


def everything(found: Appraisal, known: About) -> tuple[Flat, ...]:
    """The answer, figures, numbers, rules and conditions of the law, counts, sources, cells."""
    return (*evidence(found, known), cells(found))


def evidence(found: Appraisal, known: About) -> tuple[Flat, ...]:
    """The same without the cells of the tables."""
    return (
        answer(found),
        figures(found),
        numbers(found),
        legal(found),
        counts(found),
        sources(known),
    )


def answer(found: Appraisal) -> Flat:
    """A row a sentence of the answer, with the ids of the figures that it tells."""
    given = found.answer
    told: list[tuple[str, str, Sentence]] = [("answer", given.question, given.sentence)]
    told += [("grounds", "", sentence) for sentence in given.grounds]
    told += [("tiles", tile.title, sentence) for tile in given.tiles for sentence in tile.sentences]
    told += [("turns", "", sentence) for sentence in given.turns]
    told += [("unknown", "", sentence) for sentence in given.unknown]
    rows: list[Row] = [
        (part, about, sentence.text, "; ".join(figure.id for figure in sentence.figures))
        for part, about, sentence in told
    ]
    if given.rests_on:
        rows.append(("rests_on", "", given.rests_on, ""))
    return Flat("answer", "Answer", ("part", "about", "text", "figures"), tuple(rows))


def figures(found: Appraisal) -> Flat:
    """A row a figure: `value`, `low` and `high` where it is a number, `text` where it is words or
    a day, `said` as a reader is told it."""
    where: dict[str, list[str]] = {}
    for section in found.sections:
        for table in section.tables:
            for figure in table.figures:
                where.setdefault(figure.id, []).append(table.id)
    rows = tuple(
        (
            f.id,
            f.title,
            *_numbers(f),
            f.value if isinstance(f.value, str) else None,
            words.show(f),
            "" if f.unit == "words" else f.unit,
            f.formula,
            f.note,
            bare(f.stamps),
            words.stamp_line(f.stamps),
            "; ".join(dict.fromkeys(where.get(f.id, ()))),
            _rests_on(f),
        )
        for f in found.figures.values()
    )
    heads = ("id", "title", "value", "low", "high", "text", "said", "unit", "formula", "note",
             "letters", "stamps", "tables", "rests_on")  # fmt: skip
    note = "`bedspace explain run ID` traces a figure to its sources."
    return Flat("figures", "Figures", heads, rows, note, frozenset({"value", "low", "high"}))


def _rests_on(figure: Figure) -> str:
    told = [f"{kind(item)} {item.id}" for item in figure.inputs[:MOST_INPUTS]]
    more = len(figure.inputs) - len(told)
    return "; ".join([*told, *([f"and {more} more"] if more else [])])


def numbers(found: Appraisal) -> Flat:
    """A row a number of the scenario that a figure or a chart rests on, with its evidence."""
    rows = tuple(
        (
            n.path,
            None if isinstance(n.value, str | None) else n.value,
            n.low,
            n.high,
            n.value if isinstance(n.value, str) else None,
            n.unit,
            n.grade,
            n.source or "",
            n.quote or "",
            n.note or "",
            "; ".join(n.disputed_by),
            bare(n.stamps),
        )
        for n in found.inputs
        if isinstance(n, Number)
    )
    heads = ("path", "value", "low", "high", "text", "unit", "grade", "source", "quote", "note",
             "others_give", "letters")  # fmt: skip
    return Flat(
        "inputs",
        "Numbers of the scenario",
        heads,
        rows,
        "Every number that a figure or a chart rests on, with its evidence.",
        frozenset({"value", "low", "high"}),
    )


def legal(found: Appraisal) -> Flat:
    """A row a rule, a power that is assumed, and a condition that is taken as met."""
    rows: list[Row] = []
    for item in found.inputs:
        if isinstance(item, Rule):
            rest = (item.words, item.citation, item.grade, item.as_of or "", item.binds)
            rows.append((kind(item), item.id, *rest))
        elif not isinstance(item, Number | Simulated | Figure):
            said = getattr(item, "reason", None) or getattr(item, "words", "")
            rows.append((_kind(item), item.id, said, "", getattr(item, "status", ""), "", ""))
    heads = ("kind", "id", "words", "citation", "grade", "as_of", "binds")
    return Flat("law", "Rules and legal conditions", heads, tuple(rows))


def _kind(item: object) -> str:
    return "legal condition taken as met" if hasattr(item, "status") else "assumed power"


def counts(found: Appraisal) -> Flat:
    """A row a count of the run, with the numbers that it rests on."""
    rows = tuple(
        (item.id, item.words, "; ".join(i.id for i in item.rests_on))
        for item in found.inputs
        if isinstance(item, Simulated)
    )
    return Flat("counts", "Counted in the simulation", ("id", "words", "rests_on"), rows)


def sources(known: About) -> Flat:
    """A row a source."""
    rows = tuple(
        (s.title, s.publisher, s.date or "", s.address or "",
         s.accessed.isoformat() if s.accessed else "", s.licence or "", s.note or "")
        for s in known.sources.values()
    )  # fmt: skip
    heads = ("title", "publisher", "date", "address", "accessed", "licence", "note")
    return Flat("sources", "Sources", heads, rows)


def cells(found: Appraisal) -> Flat:
    """A row a cell of a table, in reading order: its words, or the id of its figure."""
    rows = tuple(
        (section.id, table.id, i, column, None, cell.id)
        if isinstance(cell, Figure)
        else (section.id, table.id, i, column, cell, None)
        for section in found.sections
        for table in section.tables
        for i, row in enumerate(table.rows, start=1)
        for column, cell in zip(table.columns, row, strict=True)
        if cell is not None
    )
    heads = ("section", "table", "row", "column", "text", "figure")
    return Flat("cells", "Cells of the tables", heads, rows, numbers=frozenset({"row"}))


def shown(table: Table) -> Flat:
    """A table with a column of words or values for each of its own, the bounds of an interval and
    the unit where they differ beside it, and at the end the id of each figure."""
    heads: list[str] = []
    columns: list[list[object]] = []
    ids: list[tuple[str, list[object]]] = []
    for i, title in enumerate(table.columns):
        column = [row[i] for row in table.rows]
        found = [c for c in column if isinstance(c, Figure)]
        head = title or "item"
        units = {f.unit for f in found if not isinstance(f.value, str | None)} - {"", "words"}
        heads.append(f"{head} ({units.pop()})" if len(units) == 1 else head)
        columns.append([_worth(c) for c in column])
        if any(f.low is not None for f in found):
            for end in ("low", "high"):
                heads.append(f"{head}, {end}")
                columns.append([_end(c, end) for c in column])
        if len(units) > 1:
            heads.append(f"{head}, unit")
            columns.append([c.unit if isinstance(c, Figure) else None for c in column])
        if found:
            told: list[object] = [c.id if isinstance(c, Figure) else None for c in column]
            ids.append((f"{head}, id", told))
    heads += [head for head, _ in ids]
    columns += [told for _, told in ids]
    rows = tuple(zip(*columns, strict=True)) if table.rows else ()
    heads = _apart(heads)
    whole = (head for head, column in zip(heads, columns, strict=True) if _are_numbers(column))
    return Flat(table.id, table.title, tuple(heads), rows, table.note, frozenset(whole))


def _are_numbers(column: Sequence[object]) -> bool:
    told = [value for value in column if value is not None]
    return bool(told) and all(isinstance(value, int | float | Decimal) for value in told)


def _apart(heads: Sequence[str]) -> list[str]:
    """Headings, none of them twice, whatever their capitals: SQL does not tell these apart."""
    found: list[str] = []
    taken: set[str] = set()
    for head in heads:
        own, count = head, 2
        while own.casefold() in taken:
            own, count = f"{head} ({count})", count + 1
        taken.add(own.casefold())
        found.append(own)
    return found


def _numbers(figure: Figure) -> tuple[object, object, object]:
    """Value, low and high, where they are numbers."""
    value, low, high = (
        None if isinstance(v, str) else v for v in (figure.value, figure.low, figure.high)
    )
    return value, low, high


def _worth(cell: Figure | str | None) -> object:
    if not isinstance(cell, Figure):
        return cell
    return "not known" if cell.value is None else cell.value


def _end(cell: Figure | str | None, end: str) -> object:
    return getattr(cell, end) if isinstance(cell, Figure) else None


def _json(value: object, numeric: bool) -> object:
    """A number as JSON's own where the column is of numbers, everything else as text."""
    if value is None:
        return None
    return float(value) if numeric and isinstance(value, int | float | Decimal) else as_text(value)


def parquet(flat: Flat) -> bytes:
    """The rows as Parquet (zstd): numbers as DOUBLE, all else as VARCHAR."""
    numeric = [c in flat.numbers for c in flat.columns]
    types = ["DOUBLE" if n else "VARCHAR" for n in numeric]
    kept = [[_json(value, n) for value, n in zip(row, numeric, strict=True)] for row in flat.rows]
    con = connect()
    with tempfile.TemporaryDirectory(prefix="bedspace-") as folder:
        read, written = (Path(folder).absolute() / n for n in ("rows.json", "rows.parquet"))
        lines = (json.dumps(dict(zip(flat.columns, row, strict=True))) for row in kept)
        read.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        shape = ", ".join(
            f"{quote(c)}: {quote(t)}" for c, t in zip(flat.columns, types, strict=True)
        )
        asked = ", ".join(name(c) for c in flat.columns)
        con.execute(
            f"COPY (SELECT {asked} FROM read_json({quote(str(read))}, columns = {{{shape}}}, "
            "format = 'newline_delimited', maximum_object_size = 67108864)) "
            f"TO {quote(str(written))} (FORMAT parquet, COMPRESSION zstd)"
        )
        return written.read_bytes()
