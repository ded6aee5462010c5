"""The scripts of docs/cluster.md are run, with a cluster on this machine for Slurm's and
Kubernetes' launchers."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import bedspace as bs
from tests.docs.pages import ROOT, blocks

distributed = pytest.importorskip("distributed", reason="needs bedspace[cluster]: distributed")

SCRIPTS = blocks(ROOT / "docs" / "cluster.md", "python")


def stand_in(wanted: set[str], given: list[dict[str, Any]]) -> type:
    """A launcher that starts two threads here, and keeps what it was asked for."""

    class Launcher(distributed.LocalCluster):  # type: ignore[misc, name-defined]
        def __init__(self, **options: Any) -> None:
            assert options.keys() <= wanted
            given.append(options)
            super().__init__(
                n_workers=1,
                threads_per_worker=2,
                processes=False,
                host="127.0.0.1",
                protocol="tcp",
                dashboard_address=None,
            )

        def scale(self, jobs: int) -> None:
            given.append({"jobs": jobs})

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
    setattr(made, name, stand_in(wanted, given))
    monkeypatch.setitem(sys.modules, module, made)
    monkeypatch.setitem(sys.modules, module.partition(".")[0], made)
    monkeypatch.chdir(tmp_path)
    script = SCRIPTS[number]
    for old, new in (("cecot-offer", "two-hundred-places"), ("10_000", "12")):
        assert script.count(old) == 1
        script = script.replace(old, new)
    names: dict[str, Any] = {}
    exec(compile(script, f"script {number}", "exec"), names)
    names["cluster"].close()
    assert given[0].keys() == wanted
    here = bs.compare("two-hundred-places", replicates=12, out=tmp_path / "here")
    assert bs.open(tmp_path / "offer").population.fetchall() == here.population.fetchall()
    assert len(SCRIPTS) == 2
