"""Transfers in the kernel: who may be sent, in the order of their own priority draws.

Nobody is looked through daily. Whoever is in a stage that a transfer takes from on its first day,
or settles there later, is drawn for once; those who pass wait in a heap until the day they may be
sent, then in a heap by priority. An entry says where in the pool the person is. A record stays
where it was filed until it is due, so an entry that is out of date finds somebody else, or nobody.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np

from bedspace.engine.kernel.compiled import compiled, inlined
from bedspace.engine.kernel.luck import draw
from bedspace.engine.kernel.state import BATCH, after, fits, span
from bedspace.engine.prepare import NONE

_PENDING, _READY = 0, 1


@inlined
def before(a, b):
    """Order of two candidates: by key, then, as equal draws do occur, by who they are."""
    if a["key"] != b["key"]:
        return a["key"] < b["key"]
    if a["cohort"] != b["cohort"]:
        return a["cohort"] < b["cohort"]
    if a["arrived"] != b["arrived"]:
        return a["arrived"] < b["arrived"]
    return a["ordinal"] < b["ordinal"]


@compiled
def push(heap, size, entry):
    """Add `entry` (a CANDIDATE array of one) to a binary heap of `size` entries."""
    i = size
    while i > 0:
        parent = (i - 1) // 2
        if not before(entry[0], heap[parent]):
            break
        heap[i] = heap[parent]
        i = parent
    heap[i] = entry[0]


@compiled
def pop(heap, size, entry):
    """Move the least of `size` entries into `entry`, a CANDIDATE array of one."""
    entry[0] = heap[0]
    last = size - 1
    i = 0
    while 2 * i + 1 < last:
        child = 2 * i + 1
        if child + 1 < last and before(heap[child + 1], heap[child]):
            child += 1
        if not before(heap[child], heap[last]):
            break
        heap[i] = heap[child]
        i = child
    heap[i] = heap[last]


@inlined
def address_of(person, entry):
    """Write into a candidate who the person is."""
    entry["arrived"] = person["arrived"]
    entry["ordinal"] = person["ordinal"]
    entry["due"] = person["due"]
    entry["cohort"] = person["cohort"]
    entry["stage"] = person["stage"]
    entry["spell"] = person["spell"]


@compiled
def located(s, wanted):
    """The index in the pool of a candidate who is not due yet, or NONE if they have moved."""
    i = np.int64(wanted["at"])
    if not same(s.people[i], wanted):
        i = np.int64(NONE)
    return i


@inlined
def same(person, wanted):
    """Whether a person is the one whom a candidate names, and still in that stay."""
    return (
        person["ordinal"] == wanted["ordinal"]
        and person["arrived"] == wanted["arrived"]
        and person["cohort"] == wanted["cohort"]
        and person["spell"] == wanted["spell"]
        and person["due"] == wanted["due"]
        and person["stage"] == wanted["stage"]
    )


@inlined
def propose(s, heaps, which, transfer, entry):
    """Put a candidate into one of a transfer's two heaps."""
    if fits(s, s.heaped[which, transfer], heaps.shape[1]):
        push(heaps[transfer], s.heaped[which, transfer], entry)
        s.heaped[which, transfer] += 1


@compiled
def offer(p, s, day, i):
    """Put person `i` of the pool, who is at home, before every transfer that may take them."""
    person = s.people[i]
    stage = np.int64(person["stage"])
    for transfer in range(p.transfer_to.size):
        begun = p.transfer_first[transfer] <= day < p.transfer_end[transfer]
        if begun and p.transfer_stage[transfer, stage]:
            r0, r1, r2, r3 = draw(p, person, 0, p.transfer_purpose[transfer])
            if (
                r0 < p.transfer_selected[transfer]
                and r1 < p.transfer_consenting[transfer]
                and r2 >= p.transfer_blocked[transfer, stage]
            ):
                since = max(np.int64(p.transfer_first[transfer]), np.int64(person["entered"]))
                entry = s.offered
                address_of(person, entry[0])
                entry[0]["at"] = i
                entry[0]["priority"] = np.int64(r3)
                if since + p.transfer_delay[transfer] <= day:
                    entry[0]["key"] = np.int64(r3)
                    propose(s, s.ready, _READY, transfer, entry)
                else:
                    entry[0]["key"] = since + p.transfer_delay[transfer]
                    propose(s, s.pending, _PENDING, transfer, entry)


@compiled
def must_offer_everybody(p, s, day):
    """Whether a transfer begins, or most of its offers are of people who have left."""
    for transfer in range(p.transfer_to.size):
        if p.transfer_first[transfer] == day:
            return True
        people = np.int64(BATCH)
        for stage in range(p.stage_table.size):
            if p.transfer_stage[transfer, stage]:
                people += s.staged[stage]
        if s.heaped[_PENDING, transfer] + s.heaped[_READY, transfer] > 2 * people:
            return True
    return False


@compiled
def most_offers(p, s, day):
    """The most people that one transfer is offered today at once; nought on an ordinary day."""
    most = np.int64(0)
    if must_offer_everybody(p, s, day):
        for transfer in range(p.transfer_to.size):
            people = np.int64(0)
            for stage in range(p.stage_table.size):
                if p.transfer_stage[transfer, stage]:
                    people += s.staged[stage]
            most = max(most, people)
    return most


@compiled
def offer_everybody(p, s, day):
    """Offer all who are at home anew: a change has altered when their stays end, or see above."""
    for transfer in range(p.transfer_to.size):
        s.heaped[_PENDING, transfer] = 0
        s.heaped[_READY, transfer] = 0
    for stage in range(p.stage_table.size):
        wanted = False
        for transfer in range(p.transfer_to.size):
            wanted |= p.transfer_stage[transfer, stage]
        if wanted:
            for bucket in range(day, p.days + 1):
                i, last = span(s, stage, bucket)
                while i != NONE:
                    if s.people[i]["stage"] != NONE:
                        offer(p, s, day, i)
                    i = after(s, i, last)


@compiled
def next_to_send(p, s, day, transfer):
    """The index in the pool of the next person to send, or NONE."""
    entry = s.chosen
    pending, ready = s.pending[transfer], s.ready[transfer]
    while s.heaped[_PENDING, transfer] > 0 and pending[0]["key"] <= day:
        pop(pending, s.heaped[_PENDING, transfer], entry)
        s.heaped[_PENDING, transfer] -= 1
        entry[0]["key"] = entry[0]["priority"]
        propose(s, s.ready, _READY, transfer, entry)
    while s.heaped[_READY, transfer] > 0:
        pop(ready, s.heaped[_READY, transfer], entry)
        s.heaped[_READY, transfer] -= 1
        wanted = entry[0]
        if wanted["due"] - day >= p.transfer_min[transfer]:
            i = located(s, wanted)
            if i != NONE:
                return i
    return NONE
