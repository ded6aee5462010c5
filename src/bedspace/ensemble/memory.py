"""What a run will take of the memory, told before it begins: rough, and rather too much.

Counted from the Plan before any draw, so ranges that are drawn upwards take more. The constants
are measured peaks, see docs/cluster.md.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bedspace.engine import Plan, stays
from bedspace.engine.counts import expected_arrivals
from bedspace.ensemble.chunks import CHUNK
from bedspace.exceptions import RunError

BASE = 250 * 10**6
"""Bytes of a process that has loaded everything and simulated something tiny."""

WORKER = 60 * 10**6
"""Bytes of a worker beyond its people and rows: buffers of the allocator and of the file writer."""

PERSON = 330
"""Bytes a person held: 40 in a bucket, half-empty buckets, and the calendar while it grows."""

RETIMED = 1800
"""Bytes more a person there at the start, where a measure reaches people inside: room to refile
everybody is made in advance."""

CANDIDATE = 90
"""Bytes a person and agreement: the two heaps of those who may be sent."""

RENTED = 1400
"""Bytes a rented place: room is made in advance for everybody whom a day could send there."""

MOST_ENTRIES = 10**9
"""People who enter custody in a run of one member: an hour or so."""

ROW = 60
"""Bytes of a table's row while its file is made."""


def people(plan: Plan) -> float:
    """The most people that the calendar holds at once, expected, as if there were always room.

    Little's law with every stay at its mean: those who entered within one time in the system,
    repeated stays included, those there at the start on their way out, and those whom a queue
    cannot serve in the plan's days.
    """
    index = {stage.name: i for i, stage in enumerate(plan.stages)}
    means, days = np.zeros(len(index)), plan.days
    changed: dict[str, list[stays.LawOfStay]] = {}
    for change in plan.changes:
        if change.stay is not None:
            changed.setdefault(change.stage, []).append(change.stay)
    for i, stage in enumerate(plan.stages):
        held = (stage.stay, *changed.get(stage.name, ()))
        means[i] = max(min(stays.table(law).mean_days, days) for law in held)
    ways = _ways(plan, index)
    time = np.zeros(len(index))
    for _ in range(100):  # each pass follows people one stage further
        time = np.minimum(means + _weighted(ways.of, ways.share * time[ways.to], len(index)), days)
    inside, entering = np.zeros(days), np.zeros(len(index))
    for cohort in plan.cohorts:
        own = max(time[index[cohort.stage]], 1.0)
        arrivals = expected_arrivals(cohort, days)
        so_far = np.concatenate([[0.0], np.cumsum(arrivals)])
        day = np.arange(days)
        inside += so_far[1:] - so_far[np.maximum(day + 1 - round(own), 0)]
        inside += cohort.size * np.maximum(1 - day / own, 0)
        entering[index[cohort.stage]] += so_far[-1] + cohort.size
    return float(inside.max()) + _unserved(plan, entering, ways)


class _Ways(NamedTuple):
    """The ways from stage to stage: where they begin and lead, and the share that takes them."""

    of: NDArray[np.intp]
    to: NDArray[np.intp]
    share: NDArray[np.float64]


def _ways(plan: Plan, index: Mapping[str, int]) -> _Ways:
    found = [
        (i, index[way.to], way.share)
        for i, stage in enumerate(plan.stages)
        for way in stage.exits
        if way.to is not None
    ]
    of, to, share = zip(*found, strict=True) if found else ((), (), ())
    return _Ways(np.array(of, dtype=np.intp), np.array(to, dtype=np.intp), np.array(share, float))


def _weighted(
    where: NDArray[np.intp], what: NDArray[np.float64], length: int
) -> NDArray[np.float64]:
    """What falls to each of so many stages."""
    return np.asarray(np.bincount(where, weights=what, minlength=length), dtype=np.float64)


def entries(plan: Plan) -> float:
    """People there at the start and expected to arrive."""
    arrivals = sum(float(expected_arrivals(c, plan.days).sum()) for c in plan.cohorts)
    return arrivals + sum(cohort.size for cohort in plan.cohorts)


def _unserved(plan: Plan, entering: NDArray[np.float64], ways: _Ways) -> float:
    """People whom the queues cannot serve in the plan's days, of those who come to them."""
    visits = entering
    for _ in range(100):
        further = _weighted(ways.to, ways.share * visits[ways.of], len(entering))
        visits = np.minimum(entering + further, 10 * entering.sum())
    waiting = 0.0
    for queue in plan.queues:
        days = np.append([day for day, _ in queue.served[1:]], plan.days)
        since = np.array([max(day, 0) for day, _ in queue.served])
        served = float(np.maximum(days - since, 0) @ np.array([v for _, v in queue.served]))
        came = sum(visits[i] for i, s in enumerate(plan.stages) if s.queue == queue.name)
        waiting += max(0.0, float(came) - served)
    return waiting


def chunk_bytes(plan: Plan) -> float:
    """The most bytes that simulating a chunk of the plan takes at once."""
    days, periods, stages = plan.days, len(plan.periods), len(plan.stages)
    places, transfers, queues = len(plan.places), len(plan.transfers), len(plan.queues)
    ways = max((len(s.exits) + len(s.risks) for s in plan.stages), default=0)
    monthly = periods * stages * (8 * places + 4 * ways + 16 * transfers + 16)
    outcome = 4 * days * (places + stages + queues) + monthly
    rows = days * places + periods * stages * (2 + ways)
    wheels = 8 * (stages + transfers + queues) * (days + 1)
    stock = sum(cohort.size for cohort in plan.cohorts)
    everybody = any(c.reach == "inside" for c in plan.changes) or bool(plan.releases)
    retimed = RETIMED * stock if everybody else 0
    held = people(plan) * (PERSON + CANDIDATE * transfers)
    rented = RENTED * _rented(plan)
    return WORKER + held + rented + retimed + wheels + CHUNK * (outcome + ROW * rows)


def _rented(plan: Plan) -> float:
    """The most places that there are under each transfer."""
    most = {place.name: max((v for _, v in place.capacity), default=0.0) for place in plan.places}
    return sum(most[transfer.to] for transfer in plan.transfers)


def available() -> int | None:
    """Bytes that this process could still take: what the machine has free, its control group and
    its own limit allow; None where that cannot be told."""
    found = [_free(), _of_group(), _of_process()]
    return min((n for n in found if n is not None), default=None)


def _free() -> int | None:
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
        return None
    except OSError:  # no Linux: all the memory there is, if that can be told
        names = getattr(os, "sysconf_names", {})
        if not {"SC_PHYS_PAGES", "SC_PAGE_SIZE"} <= names.keys():
            return None
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _of_group(
    top: Path = Path("/sys/fs/cgroup"), groups: Path = Path("/proc/self/cgroup")
) -> int | None:
    """What the control groups of this process leave, in version 2 or 1 of their files."""
    try:
        lines = [line.split(":", 2) for line in groups.read_text().splitlines()]
    except OSError:
        return None
    left = []
    for _, kinds, own in lines:
        if kinds == "":
            tree, limit, used, cached = top, "memory.max", "memory.current", "inactive_file"
        elif "memory" in kinds.split(","):
            tree = top / "memory"
            limit, used = "memory.limit_in_bytes", "memory.usage_in_bytes"
            cached = "total_inactive_file"
        else:
            continue
        group = tree / own.lstrip("/")
        # In a container the path may be the host's; the group's own files are then at the top.
        for folder in {tree, *(f for f in (group, *group.parents) if f.is_relative_to(tree))}:
            try:
                most, taken = (int((folder / name).read_text()) for name in (limit, used))
                left.append(max(0, most - taken + _cached(folder, cached)))
            except (OSError, ValueError):  # no such group, or "max"
                continue
    return min(left, default=None)


def _cached(group: Path, key: str) -> int:
    """Bytes of files that a control group holds and would give back."""
    for line in (group / "memory.stat").read_text().splitlines():
        if line.startswith(f"{key} "):
            return int(line.split()[1])
    return 0


def _of_process() -> int | None:
    """What the limit of this process's addresses (ulimit -v) leaves."""
    if sys.platform == "win32":
        return None
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return None
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return None
    return max(0, limit - pages * resource.getpagesize())


def check(plans: Sequence[Plan], workers: int, processes: bool, limit: int | None = None) -> None:
    """RunError with the estimate if `workers` at once would take more than there is, or if nobody
    would wait for the end.

    `processes` says that each worker loads everything for itself. `limit` is bytes for one worker
    elsewhere; without it, it is what this machine has for all.
    """
    entering = max(map(entries, plans))
    if entering > MOST_ENTRIES:
        raise RunError(
            f"a member would follow {entering:,.0f} people through the run, more than "
            f"{MOST_ENTRIES:,}: simulate fewer people or days"
        )
    worst = max(plans, key=chunk_bytes)
    each = chunk_bytes(worst) + (BASE if processes else 0)
    have = available() if limit is None else limit
    need = each if limit is not None else each * workers
    if have is None or need <= have:
        return
    many = f"some {people(worst):,.0f} people at once, {worst.days:,} days"
    if limit is not None:
        raise RunError(
            f"a member would need about {_size(each)} ({many}), and a thread of the cluster's "
            f"workers has {_size(have)}: give them more, or fewer threads"
        )
    fit = int(have // each)
    mend = f"use --workers {fit}, or " if fit else ""
    raise RunError(
        f"this run would need about {_size(need)}, {_size(each)} for each of {workers} workers "
        f"({many}), and {_size(have)} is free: {mend}simulate fewer people, days or rented places"
    )


def _size(count: float) -> str:
    return f"{count / 10**9:.1f} GB" if count >= 10**8 else f"{count / 10**6:.0f} MB"
