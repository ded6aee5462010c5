"""The kernel's memory: people in chunks of eight, chained into day buckets.

A bucket is a chain of chunks: first in, first out. Chunks come from one pool and go back to it; a
person's position is chunk x CHUNK + place in the chunk.
Buckets are numbered by wheel and day: one wheel per stage, then one per transfer (people away),
then one per queue (its bucket 0 waits, its bucket 1 joins), then one more per queue for the day on
which a risk would end the wait. Bucket `days` holds everything due
after the horizon, because a change may yet bring it forward.
"""

# mypy: disable-error-code="no-untyped-def"
# What Numba compiles is typed by its first call, not by annotations.

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from bedspace.engine.kernel.compiled import inlined
from bedspace.engine.outcome import Outcome
from bedspace.engine.prepare import NONE, PERSON, Prepared

Scalar = TypeVar("Scalar", bound=np.generic)

CHUNK = 8
BATCH = 256

MORE = 1.5
"""What grows becomes at least so many times as long, so that it need not grow every day."""

FREE, NEEDED, SEEKERS, TRACE, EVENTS, PEOPLE, TRACING, ELSEWHERE, SHORT, OFFERS, NUMBERS = range(11)
"""Indexes of State.number."""

CANDIDATE = np.dtype(
    [
        ("key", np.int64),  # the priority draw, or the day from which the person may be sent
        ("priority", np.int64),
        ("arrived", np.int32),
        ("ordinal", np.uint32),
        ("due", np.int32),
        ("cohort", np.uint16),
        ("stage", np.int16),
        ("spell", np.uint16),
        ("at", np.int32),  # index in the pool; of somebody joining a queue, in State.line
    ]
)
"""Somebody whom a transfer may send, or who waits for something, and where their record is."""


class State(NamedTuple):
    """Everything that changes during a replicate. W wheels, D days, N chunks, others as in
    Prepared and Outcome."""

    people: NDArray[np.void]  # N x CHUNK flat, PERSON
    following: NDArray[np.int32]  # N, the next chunk of the chain, unless it is the last
    free: NDArray[np.int32]  # stack of free chunks
    head: NDArray[np.int32]  # W x (D + 1), the bucket's first position
    tail: NDArray[np.int32]  # W x (D + 1), its last; NONE: it is empty
    number: NDArray[np.int64]  # see FREE ... OFFERS
    table: NDArray[np.int32]  # S, the law in force
    exits: NDArray[np.int32]  # S, the exits in force
    held: NDArray[np.int32]  # P, with the places within
    own: NDArray[np.int32]  # P, without
    staged: NDArray[np.int32]  # S
    soonest: NDArray[np.int32]  # S, the first day on which a stay ends that may be cut for its room
    cell: NDArray[np.int32]  # S x P, people now
    cell_days: NDArray[np.int64]  # S x P, person-days of the period if nobody moves any more
    queue_credit: NDArray[np.float64]
    queue_length: NDArray[np.int64]
    transfer_credit: NDArray[np.float64]
    batch: NDArray[np.void]  # BATCH, PERSON
    words: NDArray[np.uint32]  # 4 x BATCH
    seekers: NDArray[np.void]  # PERSON
    pending: NDArray[np.void]  # A x heap, CANDIDATE by day
    ready: NDArray[np.void]  # A x heap, CANDIDATE by priority
    heaped: NDArray[np.int64]  # 2 x A, entries of pending and ready
    near: NDArray[np.void]  # two CANDIDATEs, working space for who is let out
    offered: NDArray[np.void]  # one CANDIDATE, working space
    chosen: NDArray[np.void]  # one CANDIDATE, working space
    line: NDArray[np.void]  # PERSON, working space for who joins a queue
    order: NDArray[np.void]  # CANDIDATE heap, likewise
    elsewhere: NDArray[np.void]  # CANDIDATE heap by day of entering: people held elsewhere
    trace: NDArray[np.int32]
    population: NDArray[np.int32]
    stages: NDArray[np.int32]
    person_days: NDArray[np.int64]
    arrivals: NDArray[np.int32]
    left: NDArray[np.int32]
    diverted: NDArray[np.int32]
    early: NDArray[np.int32]
    remitted: NDArray[np.int64]
    moved: NDArray[np.int32]
    waiting: NDArray[np.int32]
    served: NDArray[np.int32]
    waited: NDArray[np.int64]
    over: NDArray[np.int64]


def allocate(p: Prepared, out: Outcome, tracing: bool) -> State:
    """An empty State with some room, which counts into `out`; `grow` gives more."""
    S, P, A, Q = len(p.stage_table), len(p.within), len(p.transfer_to), len(p.queue_purpose)
    wheels, chunks = S + A + 2 * Q, 64
    room = 64
    state = State(
        people=np.zeros(chunks * CHUNK, dtype=PERSON),
        following=np.zeros(chunks, dtype=np.int32),
        free=np.arange(chunks, dtype=np.int32),
        head=np.full((wheels, p.days + 1), NONE, dtype=np.int32),
        tail=np.full((wheels, p.days + 1), NONE, dtype=np.int32),
        number=np.zeros(NUMBERS, dtype=np.int64),
        table=p.stage_table.copy(),
        exits=p.stage_exits.copy(),
        held=np.zeros(P, dtype=np.int32),
        own=np.zeros(P, dtype=np.int32),
        staged=np.zeros(S, dtype=np.int32),
        soonest=np.zeros(S, dtype=np.int32),
        cell=np.zeros((S, P), dtype=np.int32),
        cell_days=np.zeros((S, P), dtype=np.int64),
        queue_credit=np.zeros(Q),
        queue_length=np.zeros(Q, dtype=np.int64),
        transfer_credit=np.zeros(A),
        batch=np.zeros(BATCH, dtype=PERSON),
        words=np.zeros((4, BATCH), dtype=np.uint32),
        seekers=p.stock.copy(),
        pending=np.zeros((A, room), dtype=CANDIDATE),
        ready=np.zeros((A, room), dtype=CANDIDATE),
        heaped=np.zeros((2, A), dtype=np.int64),
        near=np.zeros(2, dtype=CANDIDATE),
        offered=np.zeros(1, dtype=CANDIDATE),
        chosen=np.zeros(1, dtype=CANDIDATE),
        line=np.zeros(room, dtype=PERSON),
        order=np.zeros(room, dtype=CANDIDATE),
        elsewhere=np.zeros(room, dtype=CANDIDATE),
        trace=np.zeros((room if tracing else 0, 7), dtype=np.int32),
        population=out.population,
        stages=out.stages,
        person_days=out.person_days,
        arrivals=out.arrivals,
        left=out.exits,
        diverted=out.diverted,
        early=out.early,
        remitted=out.remitted,
        moved=out.transfers,
        waiting=out.waiting,
        served=out.served,
        waited=out.waited,
        over=out.over,
    )
    state.number[FREE] = chunks
    state.number[SEEKERS] = p.stock.size
    state.number[PEOPLE] = p.stock.size
    state.number[NEEDED] = 4 * p.stock.size + 2 * BATCH
    state.number[TRACING] = int(tracing)
    return state


def _longer(array: NDArray[Scalar], length: int, axis: int = 0) -> NDArray[Scalar]:
    shape = list(array.shape)
    if shape[axis] >= length:
        return array
    shape[axis] = max(length, round(shape[axis] * MORE))
    bigger: NDArray[Scalar] = np.zeros(shape, dtype=array.dtype)
    bigger[tuple(slice(n) for n in array.shape)] = array
    return bigger


def grow(s: State, moves: int) -> State:
    """The same state with room for `moves` more filings, seekers, candidates and trace rows."""
    chunks, free = len(s.following), int(s.number[FREE])
    bigger = max(chunks + moves - free, chunks) if free < moves else chunks
    if bigger > chunks:
        bigger = max(bigger, round(chunks * MORE))
        stack = np.zeros(bigger, dtype=np.int32)
        stack[:free] = s.free[:free]
        stack[free : free + bigger - chunks] = np.arange(chunks, bigger)
        s = s._replace(
            people=_longer(s.people, bigger * CHUNK)[: bigger * CHUNK],
            following=_longer(s.following, bigger)[:bigger],
            free=stack,
        )
        s.number[FREE] = free + bigger - chunks
    heaped = max(int(s.heaped.max()), int(s.number[OFFERS])) if s.heaped.size else 0
    elsewhere = int(s.number[ELSEWHERE]) + moves
    traced = int(s.number[TRACE]) + 6 * moves if s.number[TRACING] else 0
    return s._replace(
        seekers=_longer(s.seekers, int(s.number[SEEKERS]) + moves),
        line=_longer(s.line, moves),
        order=_longer(s.order, elsewhere),
        elsewhere=_longer(s.elsewhere, elsewhere),
        pending=_longer(s.pending, heaped + moves, axis=1),
        ready=_longer(s.ready, 2 * heaped + moves, axis=1),
        trace=_longer(s.trace, traced),
    )


@inlined
def fits(s, used, size):
    """Whether an array of `size` entries, of which `used` are taken, has room for one more.

    No day begins without room for all that it can bring. If that was reckoned wrongly, what has no
    room is dropped, nothing is written beyond an array, and the run ends with an error that day.
    """
    if used >= size:
        s.number[SHORT] = 1
    return used < size


@inlined
def file(s, wheel, bucket, source, i):
    """Append person `i` of `source` to a bucket."""
    last = s.tail[wheel, bucket]
    at = last + 1
    if at & (CHUNK - 1) == 0:  # no chunk yet, or a full one
        if s.number[FREE] == 0:
            s.number[SHORT] = 1
            return
        s.number[FREE] -= 1
        fresh = s.free[s.number[FREE]]
        at = fresh * CHUNK
        if last == NONE:
            s.head[wheel, bucket] = at
        else:
            s.following[last // CHUNK] = fresh
    s.people[at] = source[i]
    s.tail[wheel, bucket] = at


@inlined
def span(s, wheel, bucket):
    """The positions of the first and the last in a bucket, NONE if it is empty."""
    return np.int64(s.head[wheel, bucket]), np.int64(s.tail[wheel, bucket])


@inlined
def empty(s, wheel, bucket):
    """Empty a bucket whose chunks are about to be given back, see done_with."""
    s.head[wheel, bucket] = NONE
    s.tail[wheel, bucket] = NONE


@inlined
def after(s, i, last):
    """The position after `i` in a bucket; NONE after the last."""
    if i == last:
        return np.int64(NONE)
    i += 1
    if i & (CHUNK - 1) == 0:
        i = np.int64(s.following[i // CHUNK - 1]) * CHUNK
    return i


@inlined
def most_in(s, wheel, bucket):
    """No fewer than there are people in a bucket: its chunks, counted as full."""
    i, last = span(s, wheel, bucket)
    number = 0
    while i != NONE:
        number += CHUNK
        i = NONE if i // CHUNK == last // CHUNK else s.following[i // CHUNK] * CHUNK
    return number


@inlined
def done_with(s, i, last):
    """The same, giving the chunk back to the pool when all of it has been read."""
    if i == last or (i + 1) & (CHUNK - 1) == 0:
        s.free[s.number[FREE]] = i // CHUNK
        s.number[FREE] += 1
    return after(s, i, last)
