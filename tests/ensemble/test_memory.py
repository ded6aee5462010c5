"""Memory: estimated before anything is simulated, and the same however many members there are."""

import subprocess
import sys
from pathlib import Path

import pytest

from bedspace import compile as compiler
from bedspace import engine, ensemble, scenario
from bedspace.engine import Cohort, Exit, Plan, Queue, Stage
from bedspace.engine.stays import Fixed
from bedspace.ensemble import memory
from bedspace.exceptions import RunError
from tests.ensemble.commands import SRC, call
from tests.ensemble.files import TINY

PEAK = """
import sys
from pathlib import Path
from bedspace import ensemble, scenario

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(x.split()[1]) * 1024 for x in lines if x.startswith("VmHWM:"))

tiny, file, members, out = sys.argv[1:]
ensemble.run(scenario.load(tiny), 1, 1, 1, Path(out) / "first")
before = peak()
ensemble.run(scenario.load(file), int(members), 1, 1, Path(out) / "run")
print(before, peak())
"""


def peaks(file: Path, members: int, out: Path) -> tuple[int, int]:
    """Peak bytes of a process of its own: after one tiny member, and after the run."""
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc here to read a process's peak from")
    out.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", PEAK, TINY, file, str(members), out],
        env={"PYTHONPATH": str(SRC)},
        check=True,
        capture_output=True,
        text=True,
    )
    before, after = map(int, done.stdout.split())
    return before, after


def larger(folder: Path, times: int, end: str = "2025-07-01") -> Path:
    """The tiny scenario with many times the people, or to a later day."""
    text = TINY.read_text()
    for old, new in (
        ("end: 2025-07-01", f"end: {end}"),
        ("stock: {value: 90, low: 60, high: 120, spread: uniform}", f"stock: {90 * times}"),
        ("{value: 1 / day, low: 0.5 / day, high: 2 / day}", f"{times} / day"),
        ("north: {places: 80}", f"north: {{places: {80 * times}}}"),
        ("tower: {places: 60}", f"tower: {{places: {60 * times}}}"),
        ("places: 15\n", f"places: {15 * times}\n"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    file = folder / f"larger-{times}.yaml"
    file.write_text(text)
    return file


@pytest.mark.slow
def test_memory_is_flat_in_the_number_of_members(tmp_path: Path) -> None:
    """The rows of 130 members more would be some 3,650 x 4 x 20 bytes each, 38 MB, in one table
    alone; what grows is the allocator's, a few MB."""
    file = larger(tmp_path, 1, end="2035-01-10")
    few = peaks(file, 20, tmp_path / "few")
    many = peaks(file, 150, tmp_path / "many")
    assert many[1] - few[1] < 20 * 10**6


@pytest.mark.slow
def test_the_estimate_holds(tmp_path: Path) -> None:
    """Measured peaks are below what is told, and not by so much that runs are refused in vain."""
    for name, times in (("big", 1000), ("small", 100)):
        file = larger(tmp_path, times)
        told = memory.chunk_bytes(compiler.plan(scenario.load(str(file))))
        before, after = peaks(file, 4, tmp_path / name)
        assert after - before < told < 5 * (after - before)


@pytest.mark.parametrize("name", [str(TINY), "cecot-offer", "el-salvador", "two-hundred-places"])
def test_people_are_estimated(name: str) -> None:
    """Where places bind little, against the engine."""
    plan = compiler.plan(scenario.load(name))
    held = engine.simulate(plan, 1, 0).stages.sum(axis=1).max()
    assert 0.75 < memory.people(plan) / held < 1.5


def test_people_by_hand() -> None:
    """100 a day for 10 days each; then with everybody returning once after 5 days at liberty; then
    behind a court that serves 60 a day."""
    inside = Stage("a", Fixed(10.0), (Exit("out", 1.0),), places=())
    flow = Cohort("flow", "a", rate=((0, 100.0),))
    plan = Plan(200, (flow,), (inside,), ())
    assert memory.people(plan) == pytest.approx(1000)

    first = Stage("a", Fixed(10.0), (Exit("freed", 1.0, "b"),))
    free = Stage("b", Fixed(5.0), (Exit("back", 1.0, "c"),), inside=False)
    again = Stage("c", Fixed(10.0), (Exit("out", 1.0),))
    assert memory.people(Plan(200, (flow,), (first, free, again), ())) == pytest.approx(2500)

    waits = Stage("a", Fixed(10.0), (Exit("out", 1.0),), queue="court")
    court = Queue("court", ((0, 60.0),))
    assert memory.people(Plan(200, (flow,), (waits,), (), (court,))) == pytest.approx(
        1000 + 200 * 40
    )

    stock = Cohort("stock", "a", size=700)
    assert memory.people(Plan(200, (stock,), (inside,), ())) == pytest.approx(700)


def test_a_run_that_would_exceed_memory_says_so_before_it_starts(
    scn: scenario.Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bedspace.ensemble import members

    monkeypatch.setattr(members, "simulate", lambda *a: pytest.fail("work was done"))
    file = larger(tmp_path, 1000)
    many = scenario.load(str(file))
    each = memory.chunk_bytes(compiler.plan(many))
    for have, mend in ((2.5 * each, "use --workers 2, or simulate"), (each / 2, "simulate")):
        monkeypatch.setattr(memory, "available", lambda have=have: int(have))
        with pytest.raises(RunError) as caught:
            ensemble.run(many, 100, 1, 10, tmp_path / "run")
        told = str(caught.value)
        assert told.startswith(f"this run would need about {10 * each / 10**9:.1f} GB, ")
        assert "each of 10 workers (some 91,020 people at once, 172 days)" in told
        assert f"is free: {mend} fewer people, days or rented places" in told
    assert [p.suffix for p in tmp_path.iterdir()] == [".yaml"]


def test_workers_elsewhere_have_their_own_memory() -> None:
    plan = compiler.plan(scenario.load("cecot-offer"))
    memory.check([plan], 1000, False, limit=10**9)
    with pytest.raises(RunError, match="and a thread of the cluster's workers has 50 MB"):
        memory.check([plan], 1, False, limit=5 * 10**7)


def test_processes_each_load_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = compiler.plan(scenario.load(str(TINY)))
    for_three = int(3.5 * (memory.BASE + memory.chunk_bytes(plan)))
    monkeypatch.setattr(memory, "available", lambda: for_three)
    memory.check([plan], 4, False)
    with pytest.raises(RunError, match="--workers 3"):
        memory.check([plan], 4, True)


@pytest.mark.slow
def test_a_limit_of_the_process_is_known(tmp_path: Path) -> None:
    """`ulimit -v`, for one: a real process with 8 GB of addresses and 60 million people."""
    import resource

    file = larger(tmp_path, 500_000)
    limit = 8 * 10**9
    status, said, told = call(
        "run", file, "--out", tmp_path / "run", "-n", 1,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )  # fmt: skip
    assert (status, said) == (2, "")
    assert len(told.splitlines()) == 1
    assert "this run would need about" in told
    assert [p.suffix for p in tmp_path.iterdir()] == [".yaml"]


def test_limits_of_control_groups_are_read(tmp_path: Path) -> None:
    groups = tmp_path / "groups"

    def group(path: str, version: int, most: object, used: int, cached: int) -> None:
        folder = tmp_path / path
        folder.mkdir(parents=True, exist_ok=True)
        names = ("memory.max", "memory.current", "inactive_file")
        if version == 1:
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
        (folder / names[0]).write_text(f"{most}\n")
        (folder / names[1]).write_text(f"{used}\n")
        (folder / "memory.stat").write_text(f"anon 5\n{names[2]} {cached}\n")

    groups.write_text("0::/job/step\n")
    assert memory._of_group(tmp_path, groups) is None
    group("job/step", 2, "max", 70, 0)
    group("job", 2, 1000, 600, 100)
    assert memory._of_group(tmp_path, groups) == 500
    group(".", 2, 800, 500, 0)  # a container: its own group is at the top
    assert memory._of_group(tmp_path, groups) == 300
    groups.write_text("4:cpu:/x\n3:memory:/box\n")
    group("memory", 1, 2**63 - 4096, 900, 0)
    group("memory/box", 1, 1000, 900, 50)
    assert memory._of_group(tmp_path, groups) == 150
    assert memory._of_group(tmp_path, tmp_path / "nothing") is None


def test_what_is_available_here_is_a_number_of_bytes() -> None:
    assert (memory.available() or 10**9) > 10**7
