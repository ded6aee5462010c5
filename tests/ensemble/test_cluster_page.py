"""The scripts of docs/cluster.md are run, with a cluster on this machine for Slurm's and
Kubernetes' launchers."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import bedspace as bs
from tests.docs.pages import ROOT, blocks
from tests.ensemble import dask
from tests.ensemble.files import tree

distributed = pytest.importorskip("distributed", reason="needs bedspace[cluster]: distributed")

SCRIPTS = blocks(ROOT / "docs" / "cluster.md", "python")


def stand_in(running: dask.Cluster, wanted: set[str], given: list[dict[str, Any]]) -> type:
    """A launcher whose workers are there already; it keeps what it was asked for."""

    class Launcher:
        scheduler_address, status = running.address, distributed.Status.running

        def __init__(self, **options: Any) -> None:
            assert options.keys() <= wanted
            given.append(options)

        def scale(self, jobs: int) -> None:
            given.append({"jobs": jobs})

        def __enter__(self) -> "Launcher":
            return self

        def __exit__(self, *_: object) -> None:
            given.append({"closed": True})

    return Launcher


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "module", "name", "wanted"),
    [
        (
            0,
            "dask_jobqueue",
            "SLURMCluster",
            {"queue", "cores", "processes", "memory", "walltime", "worker_extra_args"},
        ),
        (1, "dask_kubernetes.operator", "KubeCluster", {"name", "image", "n_workers", "resources"}),
    ],
)
def test_the_scripts_run(
    number: int,
    module: str,
    name: str,
    wanted: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[dict[str, Any]] = []
    made = ModuleType(module)
    monkeypatch.setitem(sys.modules, module, made)
    monkeypatch.setitem(sys.modules, module.partition(".")[0], made)
    monkeypatch.chdir(tmp_path)
    script = SCRIPTS[number]
    for old, new in (("cecot-offer", "two-hundred-places"), ("10_000", "12")):
        assert script.count(old) == 1
        script = script.replace(old, new)
    (tmp_path / "dask").mkdir()
    with dask.cluster(tmp_path / "dask", workers=1) as running:
        setattr(made, name, stand_in(running, wanted, given))
        exec(compile(script, f"script {number}", "exec"), {})
    assert given[0].keys() == wanted
    assert len(given) == 2  # the jobs, or the end of the cluster
    here = bs.compare("two-hundred-places", replicates=12, out=tmp_path / "here")
    assert tree(tmp_path / "offer") == tree(here.folder)
    assert len(SCRIPTS) == 2
