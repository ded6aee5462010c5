"""A Dask cluster as the workers of an ensemble, known by its scheduler's address."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from dataclasses import dataclass
from typing import Any

from bedspace.exceptions import RunError

PATIENCE = 30
"""Seconds that a scheduler has to answer, and its first worker to be there."""

# What is ignored below as untyped are distributed's own functions, few of which are annotated.


@dataclass(frozen=True)
class Cluster:
    """`threads` tells how many the workers have, who may come and go. `memory` is the least that
    one of these threads has to itself, in bytes; None where the workers have no limit."""

    executor: Executor
    threads: Callable[[], int]
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
    with _closed(client):
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise RunError(f"the Dask scheduler at {address} has no workers") from None
        workers = client.scheduler_info(n_workers=-1)["workers"].values()
        limits = [w["memory_limit"] // w["nthreads"] for w in workers if w["memory_limit"]]

        def threads() -> int:
            try:
                return max(1, sum(client.nthreads().values()))  # type: ignore[no-untyped-call]
            except OSError:  # the scheduler is gone: the work under way will say so
                return 1

        try:
            # Each call is work to be done, not a value that Dask might know already.
            executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
            yield Cluster(executor, threads, min(limits, default=None))
        except distributed.KilledWorker as e:
            raise RunError(f"Dask gave a chunk up: {_line(e)}") from e
        except (ImportError, RuntimeError) as e:
            raise RunError(
                f"the cluster at {address} cannot load the work, install the same bedspace on its "
                f"scheduler and workers: {_line(e)}"
            ) from e
        except CancelledError as e:
            raise RunError(f"the Dask scheduler at {address} was lost") from e


@contextlib.contextmanager
def _closed(client: Any) -> Iterator[None]:
    """Leave the cluster at the end; whether that goes smoothly changes nothing of what is done."""
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            client.close()


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
