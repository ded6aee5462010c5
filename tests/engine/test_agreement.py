"""The fast engine is the reference engine, person for person."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.plans import plans

from bedspace.engine import Outcome, Plan, simulate


def in_order(trace: np.ndarray) -> np.ndarray:
    """A trace by person, each person's moves in the order in which they were made."""
    return trace[np.lexsort((np.arange(len(trace)), *trace[:, [3, 2, 1]].T))]


def assert_equal(one: Outcome, two: Outcome) -> None:
    for field in fields(Outcome):
        a, b = getattr(one, field.name), getattr(two, field.name)
        if field.name == "trace":
            a, b = in_order(a), in_order(b)
        assert np.array_equal(a, b), f"{field.name} differs"


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(plan=plans(), seed=st.integers(0, 2**32 - 1), replicate=st.integers(0, 2**31 - 1))
def test_fast_equals_reference(plan: Plan, seed: int, replicate: int) -> None:
    slow = simulate(plan, seed, replicate, engine="reference")
    assert_equal(simulate(plan, seed, replicate, trace=True), slow)
