"""The floor of W: what its events must cost at the least, three parts timed alone in Numba.

- *variates*: a counter hashed to 64 random bits (splitmix64 of Steele, Lea and Flood, 2014), and
  with them a stay in whole days from an alias table (Walker, 1977): one for each event;
- *traffic*: an 8-byte record taken out of its day's bucket and filed in a later one, a bucket being
  a chain of 32-record chunks from a recycled pool: one for each event;
- *placing*: the least full of ten facilities for an admission, and one less for a release: one for
  each admission.

Each runs as often as in W, over as many records, and nothing else does. What simulates W does all
three and more. This is no engine and has no population to check, so each part checks itself.
"""

# What Numba compiles is typed by its first call, not by annotations.

from __future__ import annotations

import time

import numba as nb
import numpy as np
import oracle
import w

CHUNK = 32
FULL = 63
"""A pointer is a chunk's number above 6 bits that say how full it is; 0 is no chunk."""
RING = 8192
"""Days in the ring of buckets; a power of two above any stay here."""
CELL_BITS = 11
"""Of the number of cells of an alias table."""
BATCH = 256
PLACES = 16
"""A power of two above the number of facilities."""


def parts(stock: int, days: int) -> tuple[int, dict[str, float]]:
    """The events of W, and the seconds that each part takes for them."""
    wanted = oracle.expected(stock, days)
    events = round(wanted.events)
    admitted = round((events - stock) / (2 + w.SENTENCED))  # two events for each, or three
    records = round(wanted.population + w.RETURNING * w.AWAY_MEAN * admitted / days)
    return events, {
        "variates": time_variates(events),
        "traffic": time_traffic(events, records, days),
        "placing": time_placing(admitted, stock),
    }


@nb.njit
def splitmix(counter):
    """64 random bits of a counter."""
    z = counter * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def alias_table(weights):
    """Walker's table: in each of equal cells a share (of 2^32) is the cell's own, the rest is
    another's."""
    share = weights / weights.sum() * len(weights)
    other = np.arange(len(weights))
    small, large = (list(np.flatnonzero(x)) for x in (share < 1, share >= 1))
    while small and large:
        low, high = small.pop(), large[-1]
        other[low] = high
        share[high] -= 1 - share[low]
        if share[high] < 1:
            small.append(large.pop())
    return np.minimum(share * 2.0**32, 2.0**32 - 1).astype(np.uint64), other


@nb.njit
def draw(draws, share, own, other, law, stays):
    """So many stays, in batches that fill `stays`, each from the table of its `law`; the sum of
    the first of every batch."""
    total = 0
    counter = np.uint64(0)
    for _ in range(0, draws, stays.size):
        for i in range(stays.size):
            counter += np.uint64(1)
            bits = splitmix(counter)
            cell = law[i] + (bits >> np.uint64(64 - CELL_BITS))
            mine = (bits & np.uint64(0xFFFFFFFF)) < share[cell]
            stays[i] = own[cell] if mine else other[cell]
        total += stays[0]
    return total


def time_variates(events: int) -> float:
    cells = 1 << CELL_BITS
    tables, means = [], []
    for mean in (w.SENTENCE_MEAN, w.REMAND_MEAN):
        middle = (np.arange(cells) + 0.5) * (8 * mean / cells)
        z = (np.log(middle) - w.mu(mean)) / w.SIGMA
        weights = np.exp(-(z**2) / 2) / middle
        share, alias = alias_table(weights)
        own = middle.astype(np.int32)
        tables.append((share, own, own[alias]))
        means.append(np.average(own, weights=weights))
    share, own, other = (np.concatenate(columns) for columns in zip(*tables, strict=True))
    law = np.random.default_rng(1).integers(0, 2, BATCH).astype(np.uint64) * np.uint64(cells)
    law[0] = 0
    stays = np.zeros(BATCH, dtype=np.int32)
    draw(BATCH, share, own, other, law, stays)
    begun = time.perf_counter()
    total = draw(events, share, own, other, law, stays)
    seconds = time.perf_counter() - begun
    batches = -(-events // BATCH)
    assert abs(total / batches / means[0] - 1) < 10 / np.sqrt(batches)
    return seconds


@nb.njit
def fill(head, following, chunks, due):
    """File records in the buckets of their days; the first chunk not used."""
    free = 1
    for i in range(due.size):
        top = head[due[i]]
        if top & FULL == CHUNK or top == 0:
            following[free] = top
            top = free << 6
            free += 1
        chunks[top >> 6, top & FULL] = i
        head[due[i]] = top + 1
    return free


@nb.njit
def move(head, following, chunks, free, stays, days):
    """Every record of each day's bucket goes to the bucket of a later day; how many did."""
    moved = 0
    for day in range(days):
        at = head[day & (RING - 1)]
        head[day & (RING - 1)] = 0
        while at:
            chunk = at >> 6
            for i in range(at & FULL):
                due = (day + stays[moved & (stays.size - 1)]) & (RING - 1)
                moved += 1
                top = head[due]
                if top & FULL == CHUNK or top == 0:
                    following[free], free, top = top, following[free], free << 6
                chunks[top >> 6, top & FULL] = chunks[chunk, i]
                head[due] = top + 1
            at, following[chunk], free = following[chunk], free, chunk
    return moved


def time_traffic(events: int, records: int, days: int) -> float:
    """As many records as there are people in W, in custody or on the way back, whose days in a
    bucket are such that as many move as there are events."""
    rng = np.random.default_rng(1)
    mean = records * days / events
    stays = (1 + rng.exponential(mean - 0.5, 1 << 14)).clip(1, RING - 2).astype(np.int32)

    def state():
        pool = 2 * RING + records // CHUNK
        head, following = np.zeros(RING, dtype=np.int64), np.arange(1, pool + 1)
        chunks = np.zeros((pool, CHUNK), dtype=np.int64)
        due = rng.exponential(mean, records).clip(0, RING - 2).astype(np.int64)
        return head, following, chunks, fill(head, following, chunks, due)

    move(*state(), stays, 1)
    head, following, chunks, free = state()
    begun = time.perf_counter()
    moved = move(head, following, chunks, free, stays, days)
    seconds = time.perf_counter() - begun
    assert abs(moved / events - 1) < 0.1
    assert everybody(head, following, chunks, np.zeros(records, dtype=np.bool_))
    return seconds * events / moved


@nb.njit
def everybody(head, following, chunks, seen):
    """Whether the buckets hold every record once."""
    held = 0
    for top in head:
        while top:
            for i in range(top & FULL):
                seen[chunks[top >> 6, i]] = True
                held += 1
            top = following[top >> 6]
    return held == seen.size and seen.all()


@nb.njit
def place(inside, weight, key, leaving, times):
    """An admission where it is least full and a release, so many times. A facility's `key` is
    occupied / capacity as a whole number, with the facility in the low bits."""
    for n in range(times):
        # In pairs, so that the comparisons need not wait for one another.
        a, b, c = min(key[0], key[1]), min(key[2], key[3]), min(key[4], key[5])
        d, e = min(key[6], key[7]), min(key[8], key[9])
        into = min(min(min(a, b), min(c, d)), e) & (PLACES - 1)
        out = leaving[n & (leaving.size - 1)]
        inside[into] += 1
        inside[out] -= 1
        key[into] += weight[into]
        key[out] -= weight[out]


def time_placing(admitted: int, stock: int) -> float:
    capacity = np.array(w.capacities(stock))
    leaving = np.random.default_rng(1).choice(10, 1 << 14, p=capacity / capacity.sum())
    weight = (1 << 40) // capacity * PLACES
    inside = capacity.copy()
    key = inside * weight + np.arange(10)
    place(inside.copy(), weight, key.copy(), leaving, 1)
    begun = time.perf_counter()
    place(inside, weight, key, leaving, admitted)
    seconds = time.perf_counter() - begun
    ratio = inside / capacity
    assert inside.sum() == capacity.sum()
    assert ratio.max() - ratio.min() < 0.01 + 4 / capacity.min()
    return seconds
