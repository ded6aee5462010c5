"""An appraisal, a table and a figure as a notebook shows them: in words, and as a little HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedspace import plain_html as html
from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.letters import KEY, letters

if TYPE_CHECKING:
    from bedspace.appraisal.figures.appraisal import Appraisal
    from bedspace.appraisal.figures.tables import Cell, Table


def cell(given: Cell) -> str:
    """A cell with the letters of its stamps."""
    text = words.show(given)
    return f"{text} {letters(given.stamps)}".rstrip() if isinstance(given, Figure) else text


def figure_html(figure: Figure) -> str:
    """A figure: its value, and behind a click how it was made and what it rests on."""
    made = [figure.formula, *([figure.note] if figure.note else []), f"id {figure.id}"]
    return html.block(
        html.line(f"{figure.title}: {cell(figure)}", strong=True),
        html.more("How it was made", html.listed(made)),
        html.more("What it rests on that is not certain", html.listed(figure.stamps)),
    )


def table_html(table: Table) -> str:
    """A table with its note, the letters of its stamps and what they say."""
    rows = [[cell(one) for one in row] for row in table.rows]
    return html.block(
        html.table(table.title, table.columns, rows),
        html.line(table.note) if table.note else "",
        html.more(KEY, html.listed(table.stamps)),
    )


def appraisal_html(found: Appraisal) -> str:
    """The answer, and behind clicks what turns it, what nobody knows, and what there is to ask."""
    told = found.answer
    tiles = "".join(
        html.line(f"{tile.title}: {' '.join(s.text for s in tile.sentences)}")
        for tile in told.tiles
    )
    return html.block(
        html.line(told.question),
        html.line(told.sentence.text, strong=True),
        html.listed(s.text for s in told.grounds),
        tiles,
        html.line(found.caution) if found.caution else "",
        html.more("What would change it", html.listed(s.text for s in told.turns)),
        html.more("What nobody knows", html.listed(s.text for s in told.unknown)),
        html.line(told.rests_on) if told.rests_on else "",
        html.more(
            f"Tables: {len(found.tables)}",
            html.listed(f"{one.id}: {one.title}" for one in found.tables.values()),
        ),
        html.more(
            f"Charts: {len(found.charts)}",
            html.listed(f"{one.id}: {one.title}" for one in found.charts.values()),
        ),
        html.line(_of_what(found)),
    )


def appraisal_text(found: Appraisal) -> str:
    """The answer as lines of text."""
    return "\n".join((str(found.answer), *filter(None, (found.caution, _of_what(found)))))


def _of_what(found: Appraisal) -> str:
    """What was run, for how many figures."""
    against = f" against {found.baseline}" if found.baseline else ""
    futures = f"{found.members} simulated future{'' if found.members == 1 else 's'}"
    return f"{found.scenario}{against}: {futures}, seed {found.seed}, {len(found.figures)} figures."
