"""A file opened as a grid, by its ending: text here, the rest in `sheets`.

The readers are Python's csv, openpyxl, python-calamine and DuckDB.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bedspace.exceptions import HistoryError
from bedspace.history import sheets
from bedspace.history.files import MOST_BYTES, MOST_CELLS, Grid, Opening, Row, is_blank

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LOOKED_AT = 400
"""Rows of text from which the delimiter is found."""


def opened(path: Path, said: Opening) -> Grid:
    """The grid of a file, by its ending. HistoryError when it cannot be read."""
    if not path.exists():
        raise HistoryError(f"{path}: there is no such file")
    if path.is_dir():
        raise HistoryError(f"{path}: this is a folder; name a file")
    if path.stat().st_size > MOST_BYTES:
        raise HistoryError(f"{path.name} has more than {MOST_BYTES >> 20} MiB; read a part of it")
    ending = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if ending in ("csv", "tsv", "tab", "txt"):
        grid = _text(path, ending, said)
    elif ending in ("xlsx", "xlsm", "ods", "parquet"):
        grid = sheets.opened(path, ending, said.sheet)
    elif ending == "xls":
        raise HistoryError(f"{path.name}: the old Excel form is not read; save it as .xlsx")
    else:
        raise HistoryError(
            f"{path.name}: files ending in {ending!r} are not read; "
            "give a .csv, .tsv, .xlsx, .ods or .parquet file"
        )
    width = max((len(row) for row in grid.rows), default=0)
    if width * len(grid.rows) > MOST_CELLS:
        raise HistoryError(f"{path.name} has more than {MOST_CELLS:,} cells; read a part of it")
    if not any(not is_blank(cell) for row in grid.rows for cell in row):
        raise HistoryError(f"{path.name} is empty")
    rows = tuple(row + (None,) * (width - len(row)) for row in grid.rows)
    return Grid(grid.file, rows, grid.sheet, grid.encoding, grid.delimiter, grid.found)


def _text(path: Path, ending: str, said: Opening) -> Grid:
    raw = path.read_bytes()
    if path.name.lower().endswith(".gz"):
        try:
            with gzip.open(io.BytesIO(raw)) as stream:
                raw = stream.read(MOST_BYTES + 1)
        except (OSError, EOFError) as error:
            raise HistoryError(f"{path.name}: {error}; unpack it and read what comes out") from None
        if len(raw) > MOST_BYTES:
            raise HistoryError(f"{path.name} unpacks to more than {MOST_BYTES >> 20} MiB")
    text, encoding, found = _decoded(path.name, raw, said.encoding)
    if "\0" in text:
        raise HistoryError(f"{path.name} is no text: it holds zero bytes; is its ending right?")
    asked = "\t" if said.delimiter in ("tab", "\\t") else said.delimiter
    if asked and (len(asked) != 1 or asked in '"\r\n'):
        raise HistoryError(f"--delimiter {said.delimiter!r} is no single character")
    if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS:  # Excel's own line about it
        first, _, text = text.partition("\n")
        text = "\n" + text  # so that rows keep their numbers
        delimiter = asked or first[4]
    elif asked:
        delimiter = asked
    else:
        delimiter = "\t" if ending in ("tsv", "tab") else _delimiter(text)
    rows = _rows(path.name, text, delimiter)
    name = DELIMITERS.get(delimiter, delimiter)
    return Grid(path.name, tuple(rows), "", encoding, name, tuple(found))


def _decoded(name: str, raw: bytes, asked: str) -> tuple[str, str, list[str]]:
    """Text, encoding, and what to say of it."""
    if asked:
        try:
            return raw.decode(asked), asked, []
        except LookupError:
            raise HistoryError(
                f"--encoding {asked}: there is no such encoding; try cp1252"
            ) from None
        except UnicodeDecodeError as error:
            raise HistoryError(f"{name} is not {asked}: byte {error.start + 1}") from None
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16"), "UTF-16", []
        except UnicodeDecodeError:
            raise HistoryError(f"{name} begins as UTF-16 and is not; say --encoding") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError:
            raise HistoryError(
                f"{name}, line {line}: byte {raw[error.start]:#04x} is neither UTF-8 nor cp1252; "
                "say --encoding NAME"
            ) from None
        told = f"The file is not UTF-8 (line {line}); read as cp1252, Windows' Western encoding."
        return text, "cp1252", [told]
    lost = text.count("\ufffd")
    told = f"{lost} characters were lost before this file was saved (they stand as \ufffd)."
    return text, "UTF-8", [told] if lost else []


def _rows(name: str, text: str, delimiter: str) -> list[Row]:
    """Rows of text. A quote that is never closed would swallow the rest, so it is refused."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [tuple(cell if cell != "" else None for cell in row) for row in reader]
    except csv.Error as error:
        raise HistoryError(
            f"{name}, line {reader.line_num}: {error}; mend the quotation marks there"
        ) from None


def _delimiter(text: str) -> str:
    """The delimiter by which most rows have one width of two or more."""
    head = "".join(text.splitlines(keepends=True)[:_LOOKED_AT])

    def agreeing(delimiter: str) -> tuple[int, int]:
        rows = _widths(head, delimiter)
        if not rows:
            return 0, 0
        width, count = Counter(rows).most_common(1)[0]
        return count, width

    return max(DELIMITERS, key=agreeing)


def _widths(head: str, delimiter: str) -> Sequence[int]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        return [len(row) for row in reader if len(row) > 1]
    except csv.Error:
        return []
