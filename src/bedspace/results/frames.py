"""Rows in memory: NumPy columns, and words as integer codes so that no text is ever repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bedspace.exceptions import RunError

Words = tuple[str | None, ...]


@dataclass(frozen=True)
class Key:
    """Text columns that go together: row r has `words[column][codes[r]]` in each column."""

    codes: NDArray[np.int32]
    words: dict[str, Words]


@dataclass(frozen=True)
class Frame:
    """Rows of one table. `numbers` maps column -> array (days are datetime64[s], which is the
    coarsest unit DuckDB takes); all arrays and codes have one length."""

    numbers: dict[str, NDArray[Any]]
    keys: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        """RunError when a number is none: infinite, or the quotient of two noughts."""
        for name, column in self.numbers.items():
            if column.dtype.kind == "f" and not np.isfinite(column).all():
                raise RunError(f"the column {name} of a table holds what is no finite number")

    def __len__(self) -> int:
        arrays = [*self.numbers.values(), *(k.codes for k in self.keys)]
        return len(arrays[0])


def _join(parts: Sequence[Key]) -> Key:
    """Keys of several members one after another; the same words get the same code."""
    columns = tuple(parts[0].words)
    index: dict[tuple[str | None, ...], int] = {}
    codes = []
    for part in parts:
        rows = zip(*(part.words[c] for c in columns), strict=True)
        recode = np.array([index.setdefault(row, len(index)) for row in rows], dtype=np.int32)
        codes.append(recode[part.codes] if len(recode) else part.codes)
    words = {c: tuple(row[i] for row in index) for i, c in enumerate(columns)}
    return Key(np.concatenate(codes), words)


def concatenate(frames: Sequence[Frame]) -> Frame:
    """Frames of the same table, one after another (at least one)."""
    numbers = {c: np.concatenate([f.numbers[c] for f in frames]) for c in frames[0].numbers}
    keys = tuple(_join(parts) for parts in zip(*(f.keys for f in frames), strict=True))
    return Frame(numbers, keys)
