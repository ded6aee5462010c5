"""Excel, OpenDocument and Parquet files as grids. Each reader is loaded when it is needed."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bedspace.exceptions import HistoryError
from bedspace.history.files import MOST_CELLS, MOST_UNPACKED, Cell, Grid, Row

_INSTALL = "which is not installed; install it with: pip install 'bedspace[tables]'"


def opened(path: Path, ending: str, sheet: str) -> Grid:
    """The grid of one sheet, or of a Parquet file. HistoryError when it cannot be read."""
    if ending == "parquet":
        return _parquet(path)
    _check_size(path)
    return _ods(path, sheet) if ending == "ods" else _excel(path, sheet)


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile:
        raise HistoryError(
            f"{path.name} is not what its ending says; open it and save it anew"
        ) from None
    if size > MOST_UNPACKED:
        raise HistoryError(f"{path.name} unpacks to more than {MOST_UNPACKED >> 20} MiB")


def _chosen(path: Path, names: list[str], filled: list[str], asked: str) -> str:
    """The sheet that is asked for, or the only one with anything in it."""
    if asked:
        if asked not in names:
            raise HistoryError(
                f"{path.name} has no sheet {asked!r}; it has {', '.join(map(repr, names))}"
            )
        return asked
    if not filled:
        raise HistoryError(f"{path.name} is empty")
    if len(filled) > 1:
        raise HistoryError(
            f"{path.name} has {len(filled)} sheets; say which: "
            + ", ".join(f"--sheet {name!r}" for name in filled)
        )
    return filled[0]


def _excel(path: Path, asked: str) -> Grid:
    try:
        import openpyxl
    except ImportError:
        raise HistoryError(f"Excel files are read by openpyxl, {_INSTALL}") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that hold no cells
            book = openpyxl.load_workbook(path, data_only=True)
            formulas = openpyxl.load_workbook(path, data_only=False)
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise HistoryError(f"{path.name} cannot be read as an Excel file: {error}") from None
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    filled = [
        name
        for name, sheet in sheets.items()
        if any(c is not None for row in sheet.iter_rows(values_only=True) for c in row)
    ]
    name = _chosen(path, list(sheets), filled, asked)
    sheet = sheets[name]
    for row in formulas[name].iter_rows():
        for cell in row:
            if cell.data_type == "f" and sheet[cell.coordinate].value is None:
                raise HistoryError(
                    f"{path.name}, sheet {name!r}, row {cell.row}, column {cell.column_letter}: "
                    "the formula has no value; open the file in a spreadsheet program and save it"
                )
    found = []
    hidden = [str(n) for n, d in sheet.row_dimensions.items() if d.hidden]
    if hidden:
        found.append(f"{len(hidden)} rows are hidden in the sheet and were read: {_few(hidden)}.")
    columns = [str(n) for n, d in sheet.column_dimensions.items() if d.hidden]
    if columns:
        found.append(f"Hidden columns were read: {_few(columns)}.")
    rows = tuple(tuple(_plain(c) for c in row) for row in sheet.iter_rows(values_only=True))
    return Grid(path.name, rows, name, found=tuple(found))


def _few(names: list[str]) -> str:
    return ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")


def _plain(cell: Any) -> Cell:
    if cell is None or isinstance(cell, str | bool | int | float | date):
        return cell
    return float(cell) if isinstance(cell, Decimal) else str(cell)


def _ods(path: Path, asked: str) -> Grid:
    try:
        import python_calamine
    except ImportError:
        raise HistoryError(f"OpenDocument files are read by python-calamine, {_INSTALL}") from None
    try:
        book = python_calamine.load_workbook(str(path))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    except Exception as error:  # calamine raises an error of its own for every kind of fault
        raise HistoryError(f"{path.name} cannot be read as OpenDocument: {error}") from None
    name = _chosen(path, list(sheets), [n for n, s in sheets.items() if s.total_height], asked)
    sheet = sheets[name]
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise HistoryError(f"{path.name} has more than {MOST_CELLS:,} cells; read a part of it")
    rows = (tuple(map(_value, row)) for row in sheet.to_python(skip_empty_area=False))
    return Grid(path.name, tuple(rows), name)


def _value(value: Any) -> Cell:
    """A cell as calamine gives it: an empty one as empty text, a whole number with a point."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if isinstance(value, bool | int | date) else str(value)


def _parquet(path: Path) -> Grid:
    import duckdb

    config: dict[str, Any] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        with duckdb.connect(config=config) as con, path.open("rb"):
            asked = con.read_parquet(_unglobbed(path), hive_partitioning=False)
            heads: Row = tuple(asked.columns)
            rows = tuple(_typed(asked.fetchall()))
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise HistoryError(f"{path.name} cannot be read as Parquet: {first}") from None
    return Grid(path.name, (heads, *rows))


def _unglobbed(path: Path) -> str:
    """The path, in which DuckDB would take * ? [ for a pattern."""
    told = str(path.absolute())
    return "".join(f"[{c}]" if c in "*?[" else c for c in told)


def _typed(rows: list[tuple[Any, ...]]) -> Iterator[Row]:
    for row in rows:
        yield tuple(None if _nothing(cell) else _plain(cell) for cell in row)


def _nothing(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and cell != cell)
