"""Run one replicate of a Plan: by the kernel, or by the reference engine on the same draws."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from hashlib import blake2b

from bedspace.engine import kernel, reference
from bedspace.engine.outcome import Outcome, empty
from bedspace.engine.plan import Plan
from bedspace.engine.prepare import prepare
from bedspace.exceptions import PlanError

MOST_SEED = 2**32 - 1

KERNEL, REFERENCE = "kernel", "reference"
"""The engines. They give the same Outcome; the reference engine is far slower."""


def plan_hash(plan: Plan) -> str:
    """A Plan's fingerprint: equal Plans give equal results, so this names a result."""
    return blake2b(_told(plan).encode(), digest_size=16).hexdigest()


def _told(one: object) -> str:
    """A noun as text, without the fields that have their defaults: a Plan keeps its fingerprint
    when a field is added that it does not use."""
    if isinstance(one, tuple):
        return f"({', '.join(map(_told, one))})"
    if not is_dataclass(one):
        return repr(one)
    given = [(f.name, getattr(one, f.name)) for f in fields(one)]
    default = {f.name: f.default for f in fields(one)}
    told = (f"{name}={_told(value)}" for name, value in given if value != default[name])
    return f"{type(one).__name__}({', '.join(told)})"


def check_engine(engine: str) -> None:
    """PlanError unless there is an engine of that name."""
    if engine not in (KERNEL, REFERENCE):
        raise PlanError(f'there is no engine "{engine}": "{KERNEL}" or "{REFERENCE}"')


def simulate(
    plan: Plan, seed: int, replicate: int, engine: str = KERNEL, trace: bool = False
) -> Outcome:
    """One replicate of `plan`. `engine` is "kernel" or "reference"; both give the same Outcome.

    With `trace`, every move of every person is kept (the reference engine always keeps it). The
    kernel holds no interpreter lock. Raises PlanError for a Plan that does not hold together and
    for a seed or replicate outside 0 .. 2^32 - 1 (replicates: 2^31 - 1).
    """
    check_engine(engine)
    if not 0 <= seed <= MOST_SEED or not 0 <= replicate < 2**31:
        raise PlanError("a seed lies in 0 .. 4294967295, a replicate in 0 .. 2147483647")
    p = prepare(plan, seed, replicate)
    if engine == REFERENCE:
        return reference.simulate(plan, p, empty(plan))
    return kernel.simulate(p, empty(plan), trace)
