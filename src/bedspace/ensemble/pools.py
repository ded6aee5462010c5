"""Who does the work: threads here, processes here, or the workers of a Dask cluster."""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from dataclasses import dataclass
from typing import Any

from bedspace.ensemble.chunks import Chunk, simulate_chunk
from bedspace.ensemble.cluster import cluster
from bedspace.ensemble.found import Part
from bedspace.exceptions import RunError

THREADS, PROCESSES = "threads", "processes"

MOST_WORKERS = 256

NO_LIMIT = 2**63
"""Bytes of workers elsewhere that were given no limit; what they have cannot be told from here."""


@dataclass(frozen=True)
class Pool:
    """Workers. `workers` tells how many chunks can be at work at once, and `stop` lets what is
    under way end as soon as it can.

    `nearby` are workers that share this machine's disk for certain, `separate` those that each load
    everything for themselves, and `memory` is what one has, in bytes, where it is not this
    machine's that they share.
    """

    submit: Callable[[Chunk], Future[list[Part]]]
    workers: Callable[[], int]
    nearby: bool = False
    separate: bool = False
    memory: int | None = None
    stop: Callable[[], None] = lambda: None


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def opened(executor: Executor | str, workers: int | None) -> Iterator[Pool]:
    """Workers by the name of their kind, by a Dask scheduler's address, or in an Executor of the
    caller's own, which is left open.

    `workers` None is one a processor, or as many as the cluster has threads at the time. RunError
    within is one line on what became of the workers, and here when there is no such kind or no
    scheduler.
    """
    here = workers or processors()
    if isinstance(executor, Executor):
        yield Pool(_submitting(executor), lambda: here)
    elif executor == THREADS:
        with _threads(here) as made:
            yield made
    elif executor == PROCESSES:
        with _processes(here) as made:
            yield made
    elif isinstance(executor, str) and "://" in executor:
        with cluster(executor) as made:
            submit = _submitting(made.executor)
            yield Pool(submit, lambda: workers or made.threads(), memory=made.memory or NO_LIMIT)
    else:
        raise RunError(
            f"there is no executor {executor!r}: give {THREADS}, {PROCESSES}, or the address of a "
            "Dask scheduler such as tcp://127.0.0.1:8786"
        )


def _submitting(executor: Executor) -> Callable[[Chunk], Future[list[Part]]]:
    """One payload and nothing else: Dask's executor would take keywords for its own."""
    return lambda chunk: executor.submit(simulate_chunk, chunk)


@contextlib.contextmanager
def _threads(workers: int) -> Iterator[Pool]:
    """Threads of our own; the engine frees the interpreter's lock."""
    stopped = threading.Event()
    with ThreadPoolExecutor(workers, thread_name_prefix="bedspace") as threads:
        yield Pool(
            lambda chunk: threads.submit(simulate_chunk, chunk, stopped.is_set),
            lambda: workers,
            nearby=True,
            stop=stopped.set,
        )


def _never() -> bool:
    return False


_stopped: Callable[[], bool] = _never
"""In a worker process: whether its parent says to stop."""


def _in_process(chunk: Chunk) -> list[Part]:
    return simulate_chunk(chunk, _stopped)


def _begin_process(stopped: Any) -> None:
    """In a new worker process: Ctrl-C is its parent's to answer, and it ends when that does."""
    global _stopped
    _stopped = stopped.is_set
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = mp.parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@contextlib.contextmanager
def _processes(workers: int) -> Iterator[Pool]:
    """Processes of our own, each started anew: a fork would copy threads in unknown states."""
    context = mp.get_context("spawn")
    stopped = context.Event()
    with ProcessPoolExecutor(workers, context, _begin_process, (stopped,)) as processes:
        try:
            yield Pool(
                lambda chunk: processes.submit(_in_process, chunk),
                lambda: workers,
                nearby=True,
                separate=True,
                stop=stopped.set,
            )
        except BrokenExecutor as e:
            raise RunError(
                "a worker process was killed, perhaps for want of memory: try fewer --workers"
            ) from e
