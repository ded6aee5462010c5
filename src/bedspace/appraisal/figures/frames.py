"""Tables and figures as DuckDB relations, and so as pandas, polars and Arrow frames."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bedspace.appraisal.figures import words
from bedspace.appraisal.figures.figure import Figure
from bedspace.exceptions import BedspaceError

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

    from bedspace.appraisal.figures.tables import Cell, Table

Columns = dict[str, Sequence[float | str | None]]
"""Columns by name: numbers or words, all of one length."""


class Framed(ABC):
    """What has columns, and gives them in whichever form is asked for."""

    @abstractmethod
    def columns_of(self) -> Columns:
        """Its columns."""

    def relation(self) -> DuckDBPyRelation:
        """A DuckDB relation: .filter(), .aggregate(), .fetchall(), .to_parquet(), .show()."""
        return relation(self.columns_of())

    def df(self) -> Any:
        """A pandas frame. BedspaceError where pandas is not installed."""
        _needs("pandas")
        return self.relation().df()

    def pl(self) -> Any:
        """A polars frame. BedspaceError where polars or pyarrow is not installed."""
        _needs("polars", "pyarrow")
        return self.relation().pl()

    def arrow(self) -> Any:
        """An Arrow table. BedspaceError where pyarrow is not installed."""
        _needs("pyarrow")
        return self.relation().to_arrow_table()


def _needs(*modules: str) -> None:
    for module in modules:
        try:
            import_module(module)
        except ImportError:
            raise BedspaceError(
                f"frames of this kind need {module}, which is not installed; "
                "install it with: pip install 'bedspace[frames]'"
            ) from None


def relation(columns: Columns) -> DuckDBPyRelation:
    """A relation of these columns, its rows kept: a column of words alone is text, any other is
    double."""
    # What is kept is shown without the libraries that a frame needs.
    from bedspace.results import rows

    return rows.relation(
        {
            head: ("VARCHAR" if any(isinstance(c, str) for c in cells) else "DOUBLE", cells)
            for head, cells in columns.items()
        }
    )


def of_table(table: Table) -> Columns:
    """A table as it stands: a column of words is one column; a column of figures has the value, and
    then, as far as there are any, the ends of the interval, units and words. The last column are
    the stamps of the row."""
    heads = _told_apart(head or "what" for head in table.columns)
    columns: Columns = {}
    for i, head in enumerate(heads):
        columns |= _of_column(head, [row[i] for row in table.rows])
    columns["stamps"] = ["; ".join(_stamps(row)) for row in table.rows]
    return columns


def of_figures(figures: Iterable[Figure]) -> Columns:
    """Figures, one a row, with all that one says of itself."""
    every = tuple(figures)
    return {
        "figure": [f.id for f in every],
        "title": [f.title for f in every],
        "value": [_number(f.value) for f in every],
        "low": [_number(f.low) for f in every],
        "high": [_number(f.high) for f in every],
        "unit": [f.unit for f in every],
        "words": [words.show(f) for f in every],
        "formula": [f.formula for f in every],
        "note": [f.note for f in every],
        "stamps": ["; ".join(f.stamps) for f in every],
    }


def _of_column(head: str, cells: Sequence[Cell]) -> Columns:
    figures = [cell if isinstance(cell, Figure) else None for cell in cells]
    numbers = [_number(f.value) if f else None for f in figures]
    if not any(number is not None for number in numbers):
        return {head: [words.show(cell) for cell in cells]}
    found: Columns = {head: numbers}
    for end in ("low", "high"):
        ends = [_number(getattr(f, end)) if f else None for f in figures]
        if any(value is not None for value in ends):
            found[f"{head}, {end}"] = ends
    units = [f.unit if f and _number(f.value) is not None else None for f in figures]
    if any(units):
        found[f"{head}, unit"] = units
    rest = [
        words.show(cell) if number is None and cell is not None else None
        for cell, number in zip(cells, numbers, strict=True)
    ]
    return found | ({f"{head}, words": rest} if any(rest) else {})


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float | Decimal) else None


def _stamps(row: Sequence[Cell]) -> list[str]:
    """Every stamp of a row's figures, once."""
    return list(dict.fromkeys(s for cell in row if isinstance(cell, Figure) for s in cell.stamps))


def _told_apart(heads: Iterable[str]) -> list[str]:
    """Headings, a second of one name with its number."""
    found: list[str] = []
    for head in heads:
        times = sum(one == head or one.startswith(f"{head} (") for one in found)
        found.append(f"{head} ({times + 1})" if times else head)
    return found
