"""Randomness by address: Philox4x32-10, a keyed bijection of 128-bit counters.

Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011;
the tests hold it to the vectors published with their Random123 library.

Nothing here has a state. A draw is a pure function of who it is for and what it is for, so it
does not matter when, where or in which order it is made:

    key     = (seed, replicate)
    counter = (ordinal, day of arrival, cohort, spell and purpose)

`ordinal` counts the cohort's people of that day; cohort and purpose are hashes of declared names. A
draw is a block of four words, read by purpose as

    stage       luck, way out, dither (its top 8 bits), share served (of a stock)
    risk        time to the first risk, which risk
    early       who goes first among those whose stays end on one day
    release     who goes first among equals, which way out
    queue       who is first among those who join on one day
    transfer    selected, consenting, blocked, who goes first
    arrivals    (by day, not by person) two words: how many come
"""

# mypy: disable-error-code="no-untyped-def"
# What Numba compiles is typed by its first call, not by annotations.

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import numba as nb
import numpy as np
from numpy.typing import NDArray

STREAM_VERSION = 1
"""Version of the addressing: results drawn under another one cannot be mixed with these."""

DAY_WIDTH = 20
DAY_BITS = (1 << DAY_WIDTH) - 1

U64 = NDArray[np.uint64]
Whole = NDArray[np.integer[Any]]

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


def cohort_hash(name: str) -> int:
    """A cohort's 32 bits of the counter."""
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "little")


def purpose_hash(kind: str, name: str) -> int:
    """The 24 bits that say what a draw is for: `kind` is a first word of the list above, or
    "draw" for `uniform`."""
    return int.from_bytes(blake2b(f"{kind}:{name}".encode(), digest_size=3).digest(), "little")


@nb.njit(inline="always")
def philox(c0, c1, c2, c3, k0, k1):
    """One block: four 32-bit words for one counter and key, every one held in a uint64.

    The ten rounds stand in a loop that the compiler unrolls; the arithmetic never passes 64 bits,
    so it is the same with the compiler off.
    """
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _LOW, (p0 >> _HALF) ^ c3 ^ k1, p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


_plain = getattr(philox, "py_func", philox)  # with the compiler off there is only the function


def block(
    ordinal: int | Whole,
    day: int | Whole,
    cohort: int,
    spell: int,
    purpose: int,
    key: tuple[int, int],
) -> tuple[U64, U64, U64, U64]:
    """The four words for an address; `ordinal` and `day` may be arrays, the rest are numbers.

    The day takes 20 bits (so the stock's day -1 has an address too), the spell 8 bits beside the
    purpose and 8 above the day.
    """
    shape = np.broadcast_shapes(np.shape(ordinal), np.shape(day))
    when = (np.asarray(day) & DAY_BITS) | ((spell >> 8) << DAY_WIDTH)
    c0 = np.broadcast_to(np.asarray(ordinal, dtype=np.uint64), shape).copy()
    c1 = np.broadcast_to(np.asarray(when, dtype=np.uint64), shape).copy()
    c2 = np.full(shape, cohort, dtype=np.uint64)
    c3 = np.full(shape, ((spell & 255) << 24) | purpose, dtype=np.uint64)
    words: tuple[U64, U64, U64, U64] = _plain(c0, c1, c2, c3, np.uint64(key[0]), np.uint64(key[1]))
    return words


def uniform(seed: int, member: int, name: str) -> float:
    """One number in (0, 1) for a named thing of an ensemble's member, with 52 bits."""
    a, b, _, _ = block(0, member, cohort_hash(name), 0, purpose_hash("draw", name), (seed, 1 << 31))
    return fraction(a, b).item()


def fraction(a: U64, b: U64) -> NDArray[np.float64]:
    """Two 32-bit words as a number strictly between 0 and 1."""
    bits = (a << np.uint64(20)) ^ (b >> np.uint64(12))  # 52 bits: the half added stays exact
    return (bits.astype(np.float64) + 0.5) * 2.0**-52
