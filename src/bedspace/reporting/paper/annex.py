"""The annex: every section with its charts and tables, then how each figure was made and all that
it rests on, each told once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bedspace.appraisal import Appraisal, Cell, Figure, Gate, Section, Table, Taken
from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.letters import bare
from bedspace.reporting.about import About
from bedspace.reporting.paper.lettering import signed
from bedspace.reporting.paper.numbering import Numbering
from bedspace.reporting.paper.pictures import picture
from bedspace.reporting.paper.summary import key, method

Data = dict[str, Any]

BROAD = 4
"""With more columns than this, long texts stand below the table, each once."""

LONG = 70
"""Characters of a text that is long for one column of several."""

LEDGER, ASSUMED = "evidence.ledger", "evidence.assumptions"
"""Tables of which the annex leaves out what its registers tell."""


def annex(found: Appraisal, known: About) -> Data:
    """Sections and registers as plain maps and lists."""
    numbering = Numbering(found)
    titles = _titles(found, known)
    return {
        "key": key(found),
        "answer": _answer(found, numbering),
        "summary": known.summary,
        "method": method(found),
        "sections": [_section(section, numbering) for section in found.sections],
        "figures": [_figure(figure, numbering) for figure in found.figures.values()],
        "numbers": _numbers(numbering, titles),
        "laws": _laws(numbering),
        "counts": _counts(numbering),
        "sources": _sources(titles, known),
    }


def _section(section: Section, numbering: Numbering) -> Data:
    tables = [table_data(_once(table, numbering), numbering) for table in section.tables]
    return {
        "title": section.title,
        "notes": [signed(note) for note in section.notes],
        "charts": [picture(chart) for chart in section.charts],
        "tables": [table for table in tables if table["rows"] or table["note"]],
    }


def _once(table: Table, numbering: Numbering) -> Table:
    """The table without what the register of numbers tells of them."""
    if table.id == ASSUMED:
        kept = [i for i, column in enumerate(table.columns) if column not in ("Value", "Why")]
        columns = tuple(table.columns[i] for i in kept)
        rows = tuple(tuple(row[i] for i in kept) for row in table.rows)
        return Table(table.id, table.title, columns, rows, table.note)
    if table.id == LEDGER:
        told = {number.path for number in numbering.numbers}
        rows = tuple(row for row in table.rows if row[0] not in told)
        title = "Numbers of the scenario on which no figure rests"
        return Table(table.id, title, table.columns, rows, table.note if rows else "")
    return table


def table_data(table: Table, numbering: Numbering) -> Data:
    """A table: empty columns are left out, a unit that a whole column has stands in its heading,
    notes are numbered below."""
    kept = [i for i in range(len(table.columns)) if any(row[i] for row in table.rows)]
    units = {i: _unit([row[i] for row in table.rows]) for i in kept}
    notes: dict[str, int] = {}
    below = [i for i in kept if len(kept) > BROAD and _is_long([r[i] for r in table.rows])]
    rows = [
        [_cell(row[i], units[i], i in below, row, notes, numbering) for i in kept]
        for row in table.rows
    ]
    figures = [numbering.figures[figure.id] for figure in table.figures]
    return {
        "title": table.title,
        "columns": [_head(table.columns[i], units[i]) for i in kept],
        "numeric": [any(_is_number(row[i]) for row in table.rows) for i in kept],
        "rows": _spared(rows),
        "note": signed(table.note),
        "notes": [signed(note) for note in notes],
        "letters": bare(table.stamps),
        "places": numbering.places(table.figures) if figures else [],
    }


def _head(column: str, unit: str) -> str:
    head = column or "Item"
    return f"{head} ({unit})" if unit and unit not in column.lower() else head


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, Figure) and not isinstance(cell.value, str | None)


def _unit(column: Sequence[Cell]) -> str:
    """The unit that all figures of a column have; "" where it needs none or they differ."""
    units = {c.unit for c in column if isinstance(c, Figure) and c.value is not None}
    found = units.pop() if len(units) == 1 else ""
    return "" if found in words.NO_UNIT else found


def _is_long(column: Sequence[Cell]) -> bool:
    return any(isinstance(cell, str) and len(cell) > LONG for cell in column)


def _cell(
    cell: Cell, unit: str, below: bool, row: Sequence[Cell], notes: dict[str, int],
    numbering: Numbering,
) -> Data:  # fmt: skip
    """A cell: words, interval, letters, the number of its note and the place of its figure."""
    if not isinstance(cell, Figure):
        text = cell or ""
        if below and len(text) > LONG:
            return {"text": "", "notes": [notes.setdefault(text, len(notes) + 1)]}
        return {"text": signed(text)}
    said = [] if not cell.note or cell.note in row or cell.humps else [cell.note]
    if cell.humps is not None:
        said.append(words.humps(cell.humps, cell.unit))
    return {
        "text": signed(words.value(cell, unit=not unit)),
        "interval": "" if cell.humps is not None else signed(words.interval(cell)),
        "letters": bare(cell.stamps),
        "notes": [notes.setdefault(note, len(notes) + 1) for note in said],
        "figure": numbering.figures[cell.id],
    }


def _spared(rows: list[list[Data]]) -> list[list[Data]]:
    """Rows in which the first words are not told again where the row above tells them."""
    found = []
    above: list[Data] | None = None
    for row in rows:
        told = list(row)
        for column in range(min(2, len(row) - 1)):
            if above is None or "figure" in row[column] or row[column] != above[column]:
                break
            told[column] = {"text": "", "spared": True, "unseen": row[column]["text"]}
        found.append(told)
        above = row
    return found


def _figure(figure: Figure, numbering: Numbering) -> Data:
    return {
        "place": numbering.figures[figure.id],
        "id": figure.id,
        "title": figure.title,
        "said": signed(words.show(figure)),
        "letters": bare(figure.stamps),
        "formula": signed(figure.formula),
        "note": "" if figure.humps else signed(figure.note),
        "rests_on": numbering.places(figure.inputs),
    }


def _titles(found: Appraisal, known: About) -> dict[str, int]:
    """Titles of the works that numbers cite, numbered, then those of other sources."""
    cited = (getattr(item, "source", None) for item in found.inputs)
    every = dict.fromkeys([title for title in cited if title] + list(known.sources))
    return {title: i for i, title in enumerate(every, start=1)}


def _numbers(numbering: Numbering, titles: dict[str, int]) -> list[Data]:
    made = []
    for number, place in numbering.numbers.items():
        value = words.given(number.value)
        if number.unit and not isinstance(number.value, str):
            value += f" {number.unit}"
        if number.low is not None and number.high is not None:
            value += f" ({words.given(number.low)} to {words.given(number.high)})"
        made.append(
            {
                "place": place,
                "path": number.path,
                "value": signed(value),
                "grade": number.grade,
                "source": titles[number.source] if number.source else 0,
                "quote": number.quote or "",
                "note": signed(number.note or ""),
                "others": [signed(other) for other in number.disputed_by],
                "letters": bare(number.stamps),
            }
        )
    return made


def _laws(numbering: Numbering) -> list[Data]:
    made = []
    for item, place in numbering.laws.items():
        one: Data = {"place": place, "id": item.id, "letters": bare(item.stamps)}
        if isinstance(item, Gate):
            one |= {"kind": "power that is assumed", "words": item.reason, "citation": ""}
        elif isinstance(item, Taken):
            kind = f"legal condition taken as met ({item.status})"
            one |= {"kind": kind, "words": item.words, "citation": ""}
        else:
            since = f"; as of {item.as_of}" if item.as_of else ""
            binds = f"; binds {item.binds}" if item.binds else ""
            cite = f"{item.citation}{since}{binds}; {item.grade}"
            one |= {"kind": "rule", "words": item.words, "citation": cite}
        made.append(one)
    return made


def _counts(numbering: Numbering) -> list[Data]:
    return [
        {
            "place": place,
            "words": said,
            "rests_on": numbering.places(rests_on),
        }
        for (said, rests_on), place in numbering.counts.items()
    ]


def _answer(found: Appraisal, numbering: Numbering) -> list[Data]:
    """Every sentence of the answer with the places of its figures."""
    told = {sentence.text: sentence for sentence in found.answer.sentences}
    return [
        {"text": signed(sentence.text), "places": numbering.places(sentence.figures)}
        for sentence in told.values()
    ]


def _sources(titles: dict[str, int], known: About) -> list[Data]:
    made = []
    for title, place in titles.items():
        source = known.sources.get(title)
        one: Data = {"place": place, "title": title, "by": "", "address": "", "note": ""}
        if source is not None:
            by = [source.publisher, source.date or ""]
            one["by"] = ", ".join(part for part in by if part)
            given = source.address or ""
            one["address"] = given
            one["link"] = given.startswith(("https://", "http://")) and given.isascii()
            note = [source.note or "", source.licence or ""]
            one["note"] = "; ".join(part for part in note if part)
        made.append(one)
    return made
