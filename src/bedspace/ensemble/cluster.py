"""A Dask cluster as the workers of an ensemble, known by its scheduler's address."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from dataclasses import dataclass

from bedspace.exceptions import RunError

PATIENCE = 60
"""Seconds that a scheduler has to answer, and the first worker to be there."""


@dataclass(frozen=True)
class Cluster:
    """Workers of a scheduler. `memory` is the least that one of their threads has to itself, in
    bytes; None where the workers have no limit."""

    executor: Executor
    threads: int
    memory: int | None


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at `address`, through Dask's own Executor.

    RunError when Dask is not installed, no scheduler answers, it has no workers, or the cluster
    fails within the block.
    """
    try:
        import distributed
    except ImportError:
        raise RunError(
            "a Dask cluster needs the package distributed: pip install 'bedspace[cluster]'"
        ) from None
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as e:
        raise RunError(f"no Dask scheduler answers at {address}: {_line(e)}") from e
    with contextlib.closing(client):
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise RunError(f"the Dask scheduler at {address} has no workers") from None
        workers = client.scheduler_info(n_workers=-1)["workers"].values()
        limits = [w["memory_limit"] // w["nthreads"] for w in workers if w["memory_limit"]]
        try:
            yield Cluster(
                # Each call is work to be done, not a value that Dask might know already.
                client.get_executor(pure=False),  # type: ignore[no-untyped-call]
                sum(w["nthreads"] for w in workers),
                min(limits, default=None),
            )
        except distributed.KilledWorker as e:
            raise RunError(f"Dask gave a chunk up: {_line(e)}") from e
        except CancelledError as e:
            raise RunError(f"the Dask scheduler at {address} was lost") from e


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
