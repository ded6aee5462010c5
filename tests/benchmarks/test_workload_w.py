"""Workload W: its oracle, the engines that need nothing else, and what the commands say."""

import contextlib
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
SMALL = ["--stock", "200", "--days", "400", "--repeat", "20"]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Imports a module of benchmarks/ as its scripts do."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        file = getattr(sys.modules[name], "__file__", None) or ""
        if Path(file).is_relative_to(BENCHMARKS) or name == "engines":
            del sys.modules[name]


def test_the_oracle_gives_the_known_numbers(load: Any) -> None:
    """Solved apart, by another program: 110,182.8 people, 21,369.0 on remand, 3,559,524 events;
    many runs had a standard deviation of about 150."""
    found = load("oracle").expected(100_000, 3652)
    assert found.population == pytest.approx(110_182.8, abs=0.1)
    assert found.remand == pytest.approx(21_369.0, abs=0.1)
    assert found.events == pytest.approx(3_559_524, abs=1)
    assert found.population_sd == pytest.approx(150, rel=0.02)


def test_the_oracle_reaches_the_steady_state(load: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Little's law: admissions / (1 - 0.3) spells a day, of 60 + 0.7 x 365 days."""
    oracle = load("oracle")
    monkeypatch.setattr(oracle, "STEPS", 1)
    spells = 274 / 0.7
    late, early = oracle.expected(100_000, 12_000), oracle.expected(100_000, 9_000)
    assert (late.population * 12 - early.population * 9) / 3 == pytest.approx(
        spells * (60 + 0.7 * 365), rel=1e-3
    )
    assert (late.remand * 12 - early.remand * 9) / 3 == pytest.approx(spells * 60, rel=1e-3)


def test_the_deviation_is_that_of_many_runs(load: Any) -> None:
    oracle, lives = load("oracle"), load("engines.numpy_lives")
    runs = [lives.run(1000, 400, seed) for seed in range(100)]
    wanted = oracle.expected(1000, 400)
    # The standard deviation of 100 runs is itself known to within 7 % (one sigma).
    for name in ("population", "remand"):
        spread = np.std([getattr(run, f"mean_{name}") for run in runs], ddof=1)
        assert spread == pytest.approx(getattr(wanted, f"{name}_sd"), rel=0.2)


@pytest.mark.slow
def test_engines_agree_with_the_oracle() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/run.py", "--engines", "bedspace,numpy", *SMALL, "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [row["engine"] for row in rows] == ["bedspace", "numpy-lives", "numpy-scan"]
    keys = ["engine", "wall_s", "ns_per_event", "peak_mb", "events", "mean_population"]
    assert all(list(row) == keys for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["cimba", "ciw", "mesa", "simpy", "starsim"])
def test_rivals_agree_with_the_oracle(load: Any, engine: str) -> None:
    run = load("run")
    if run.missing([engine]):
        pytest.skip(f"{engine} is not installed: {run.INSTALL}")
    _, faults = run.measured(engine, 200, 400, 10, 1)
    assert faults == []


@pytest.fixture
def lives(load: Any) -> ModuleType:
    """An engine to spoil, with W's expectations known before that."""
    load("oracle").expected(20_000, 1000)
    module: ModuleType = load("engines.numpy_lives")
    return module


def faults_of(load: Any, lives: ModuleType) -> str:
    runs = [lives.run(20_000, 1000, seed) for seed in range(6)]
    return "; ".join(load("oracle").faults(runs, 20_000, 1000))


def test_a_sound_engine_has_no_fault(load: Any, lives: ModuleType) -> None:
    assert faults_of(load, lives) == ""


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("RETURNING", 0.25, "events is"),
        ("SENTENCE_MEAN", 335.0, "mean population is"),
        ("REMAND_MEAN", 58.0, "mean remand is"),
    ],
)
def test_another_number_is_found(
    load: Any,
    lives: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: float,
    fault: str,
) -> None:
    monkeypatch.setattr(load("w"), name, value)
    assert fault in faults_of(load, lives)


def test_placing_at_random_is_found(
    load: Any, lives: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(1)
    monkeypatch.setattr(
        lives,
        "least_full",
        lambda inside, capacity, people: rng.choice(10, people, p=capacity / capacity.sum()),
    )
    assert faults_of(load, lives).endswith("not placed where it is least full")


def test_placing_is_one_after_the_other(load: Any) -> None:
    """The arrays' way of it against the plain one."""
    least_full = load("engines.numpy_lives").least_full
    rng = np.random.default_rng(1)
    for _ in range(200):
        capacity = rng.integers(1, 40, 10)
        inside = rng.integers(0, 50, 10)
        people = int(rng.integers(0, 60))
        wanted = inside.copy()
        for _ in range(people):
            wanted[np.argmin(wanted / capacity)] += 1
        got = inside + np.bincount(least_full(inside, capacity, people), minlength=10)
        assert sorted(got / capacity) == pytest.approx(sorted(wanted / capacity))


@pytest.mark.slow
def test_the_floor_s_parts_check_themselves(load: Any) -> None:
    events, parts = load("engines.floor").parts(2000, 400)
    assert list(parts) == ["variates", "traffic", "placing"]
    assert events == round(load("oracle").expected(2000, 400).events)


def called(load: Any, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["run.py", *words])
    status: int = load("run").main()
    return status


def test_an_engine_that_is_not_installed_is_named(
    load: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(load("run"), "RIVALS", tmp_path / "python")
    assert called(load, monkeypatch, "--engines", "bedspace,simpy") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "simpy is not installed; install the other engines: make rivals\n"


def test_an_engine_that_fails_the_oracle_is_named(
    load: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = load("run")
    row = run.Row("numpy-scan", 1.0, 2.0, 3.0, 4, 5.0)
    monkeypatch.setattr(run, "measured", lambda *_: (row, ["events is 4, expected 5"]))
    assert called(load, monkeypatch, "--engines", "numpy-scan", "--json") == 1
    told = capsys.readouterr()
    assert json.loads(told.out)[0]["events"] == 4
    assert told.err == "numpy-scan does not give W: events is 4, expected 5\n"


def test_an_engine_that_nobody_knows_is_refused(
    load: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        called(load, monkeypatch, "--engines", "sympy")
    assert "there is no engine 'sympy'; there are all, numpy, bedspace" in capsys.readouterr().err


@pytest.mark.parametrize(("factor", "status"), [(1.05, 0), (0.8, 0), (1.12, 1)])
def test_what_is_slower_by_a_tenth_fails(
    load: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    factor: float,
    status: int,
) -> None:
    against = load("against")

    def started(source: Path) -> Any:
        factor_here = factor if source == ROOT / "src" else 1.0
        return contextlib.nullcontext(Timed(factor_here))

    monkeypatch.setattr(against, "git", lambda *_: "abc")
    monkeypatch.setattr(against, "checked_out", lambda ref: contextlib.nullcontext(Path(ref)))
    monkeypatch.setattr(against, "started", started)
    monkeypatch.setattr(sys, "argv", ["against.py", "main"])
    assert against.main() == status
    told = capsys.readouterr()
    assert told.out.startswith(f"W takes {factor:.3f} times as long here as at main (abc)")
    assert bool(told.err) == bool(status)


class Timed:
    """A process whose runs take `factor` times as long, give or take."""

    def __init__(self, factor: float) -> None:
        self.seconds = iter(factor * (1 + 0.05 * np.sin(np.arange(20))))

    def run(self, stock: int, days: int, seed: int) -> tuple[float, int]:
        return next(self.seconds), 1


@pytest.mark.slow
@pytest.mark.parametrize("compartments", [3, 21])
def test_the_job_of_compartments(load: Any, compartments: int) -> None:
    done = load("recidiviz_job").job(compartments, 2, 1)
    assert done.compartments == compartments
    assert done.low <= done.middle <= done.high
    assert done.middle == pytest.approx(done.expected_people, rel=0.2)
    assert done.expected_people == pytest.approx(88_000, rel=0.05)


def test_the_rivals_are_pinned_and_hashed() -> None:
    asked = re.findall(r"^[a-z]+", (BENCHMARKS / "requirements.in").read_text("utf-8"), re.M)
    blocks = re.split(r"^(?=\w)", (BENCHMARKS / "requirements.txt").read_text("utf-8"), flags=re.M)
    pinned = {block.partition("==")[0]: block for block in blocks if "==" in block}
    assert len(asked) == 5
    assert set(asked) <= pinned.keys()
    assert [name for name, block in pinned.items() if "--hash=sha256:" not in block] == []
