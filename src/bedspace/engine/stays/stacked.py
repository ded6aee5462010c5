"""Tables of stays as the arrays that the engines read: those with regular knots only as rows of one
array, the knots of the others one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bedspace.engine.stays.law import REGULAR
from bedspace.engine.stays.tables import Table

NONE = -1


class Stacked(NamedTuple):
    """L tables, of which U have knots beside the K regular ones; of those there are N in all."""

    tables: NDArray[np.int32]  # L x K, ticks at the regular knots
    uneven: NDArray[np.int32]  # L, row of uneven_first, or NONE
    uneven_first: NDArray[np.int32]  # U x K, the knot that is or lies last before a regular one
    uneven_lucks: NDArray[np.int64]  # N
    uneven_ticks: NDArray[np.int32]  # N


def stack(tables: Sequence[Table]) -> Stacked:
    """The arrays of some tables, in their order."""
    rows = np.zeros((len(tables), len(REGULAR)), dtype=np.int32)
    uneven = np.full(len(tables), NONE, dtype=np.int32)
    first: list[NDArray[np.int64]] = []
    lucks: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    ticks: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
    for i, table in enumerate(tables):
        at = np.searchsorted(table.lucks, REGULAR, side="right") - 1
        rows[i] = table.ticks[at]
        if not table.regular:
            uneven[i] = len(first)
            first.append(at + sum(map(len, lucks)))
            lucks.append(table.lucks)
            ticks.append(table.ticks)
    firsts = np.array(first, dtype=np.int32).reshape(len(first), len(REGULAR))
    return Stacked(rows, uneven, firsts, np.concatenate(lucks), np.concatenate(ticks))


def unstack(stacked: Stacked, number: int) -> Table:
    """One of the tables again."""
    row = stacked.uneven[number]
    if row == NONE:
        return Table(REGULAR, stacked.tables[number])
    knots = slice(stacked.uneven_first[row, 0], stacked.uneven_first[row, -1] + 1)
    return Table(stacked.uneven_lucks[knots], stacked.uneven_ticks[knots])
