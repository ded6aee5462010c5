"""A small Plan with something of everything, and an Outcome of made-up counts for it."""

import datetime as dt
from pathlib import Path

import numpy as np

from bedspace.engine.outcome import Outcome
from bedspace.engine.plan import Cohort, Exit, Place, Plan, Queue, Stage, Transfer
from bedspace.engine.stays import Fixed
from bedspace.results import folder as layout
from bedspace.results import parquet
from bedspace.results.frames import Frame, Key, concatenate
from bedspace.results.schema import TABLES
from bedspace.results.tables import BUILDERS, Member

START = dt.date(2025, 1, 20)
PERIODS = (0, 12, 40)  # 20-31 January, February, 1-5 March


def plan(rented: bool = True) -> Plan:
    """45 days; `rented` False leaves the agreement and its places out."""
    law = Fixed(30.0)
    home, away, lent = "alpha/north", "beta/tower", "beta/tower@lease"
    stages = (
        Stage("alpha/men/released", law, (Exit("returned", 1.0, "alpha/men/remand"),), False),
        Stage(
            "alpha/men/remand",
            law,
            (Exit("convicted", 0.7, "alpha/men/sentenced"), Exit("released", 0.3)),
        ),
        Stage("alpha/men/sentenced", law, (Exit("released", 1.0, "alpha/men/released"),)),
        Stage(
            "beta/all/sentenced",
            law,
            (Exit("died", 0.1), Exit("escaped", 0.1), Exit("released", 0.8)),
        ),
    )
    places = [
        Place(home, ((0, 100.0), (39, 80.9), (42, 70.0))),
        Place(away, ((0, 60.0),)),
        Place(lent, ((0, 0.0), (10, 20.0)), within=away),
    ]
    transfers = (
        Transfer("lease", lent, ("alpha/men/sentenced",), 10, 40),
        Transfer("let-go", lent, ("alpha/men/remand",), 10, 30, at_end="leave"),
        Transfer("let-go-2", lent, ("alpha/men/remand",), 10, 30, at_end="leave"),
    )
    return Plan(
        days=45,
        cohorts=(
            Cohort("alpha/men/admissions", "alpha/men/remand", rate=((0, 2.0),)),
            Cohort("alpha/men/stock/remand", "alpha/men/remand", size=50),
            Cohort("beta/all/admissions", "beta/all/sentenced", rate=((0, 1.0),)),
        ),
        stages=stages,
        places=tuple(places if rented else places[:2]),
        queues=(Queue("alpha/appeal", ((0, 1.0),)), Queue("alpha/court", ((0, 3.0),))),
        transfers=transfers if rented else (),
        periods=PERIODS,
    )


def outcome(p: Plan, seed: int) -> Outcome:
    """Made-up counts, about half of the monthly ones zero."""
    rng = np.random.default_rng(seed)
    days, periods, stages, places = p.days, len(p.periods), len(p.stages), len(p.places)

    def daily(width: int) -> np.ndarray:
        return rng.integers(0, 90, (days, width)).astype(np.int32)

    def monthly(*shape: int, kind: type = np.int32) -> np.ndarray:
        return np.maximum(rng.integers(-50, 50, (periods, *shape)), 0).astype(kind)

    widest = max(len(s.exits) for s in p.stages)
    exits = monthly(stages, widest)
    for i, stage in enumerate(p.stages):
        exits[:, i, len(stage.exits) :] = 0
    arrivals = monthly(len(p.cohorts))
    arrivals[:, [bool(c.size) for c in p.cohorts]] = 0  # the engine counts no arrival of a stock
    return Outcome(
        population=daily(places),
        stages=daily(stages),
        person_days=monthly(stages, places, kind=np.int64) * 10**9,
        arrivals=arrivals,
        exits=exits,
        diverted=monthly(stages),
        early=monthly(stages),
        remitted=monthly(stages, kind=np.int64),
        transfers=monthly(len(p.transfers), stages, 4),
        waiting=daily(len(p.queues)),
        served=monthly(len(p.queues)),
        waited=monthly(len(p.queues), kind=np.int64),
        over=monthly(places, kind=np.int64),
        trace=np.zeros((0, 7), dtype=np.int32),
        events=0,
    )


def member(number: int, rented: bool = True, draws: dict[str, float] | None = None) -> Member:
    p = plan(rented)
    return Member(number, START, p, outcome(p, number), draws or {})


def run_folder(out: Path, members: int, rented: bool = True, rename: str = "") -> Path:
    """A run folder of made-up members, ten a chunk, written without the ensemble; `rename` turns
    the system beta into another."""
    (out / "tables").mkdir(parents=True)
    con = parquet.connect()
    chunks = []
    for number, first in enumerate(range(0, members, 10)):
        made = [member(m, rented) for m in range(first, min(first + 10, members))]
        files = []
        for name, table in TABLES.items():
            frame = concatenate([BUILDERS[name](m) for m in made])
            path = layout.part(name, number)
            (out / path).parent.mkdir(exist_ok=True)
            if rename:
                frame = replace_word(frame, "beta", rename)
            parquet.write(con, table, frame, out / path)
            files.append(layout.record(path, (out / path).read_bytes(), len(frame)))
        chunks.append({"chunk": number, "first": first, "members": len(made), "files": files})
    values = {
        "kind": "run",
        "members": members,
        "seed": 7,
        "scenario": "made",
        "variant": None,
        "files": [layout.write_json(out, "scenario.json", {})],
        "chunks": chunks,
    }
    layout.write_json(out, layout.MANIFEST, layout.stamped(values))
    return out


def replace_word(frame: Frame, old: str, new: str) -> Frame:
    """The frame with one word exchanged in all its columns."""
    keys = tuple(
        Key(k.codes, {c: tuple(new if w == old else w for w in ws) for c, ws in k.words.items()})
        for k in frame.keys
    )
    return Frame(frame.numbers, keys)


def comparison_folder(out: Path) -> Path:
    """A comparison of made-up runs of two members; the baseline rents nothing and calls beta
    gamma."""
    run_folder(out / "baseline", 2, rented=False, rename="gamma")
    run_folder(out / "scenario", 2)
    paths = [f"{side}/{layout.MANIFEST}" for side in ("baseline", "scenario")]
    files = [layout.record(path, (out / path).read_bytes()) for path in paths]
    values = {"kind": "comparison", "members": 2, "seed": 7, "files": files}
    layout.write_json(out, layout.MANIFEST, layout.stamped(values))
    return out
