"""Ten thousand random Plans, in blocks that can be proved one by one."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bedspace.engine import Plan, simulate
from tests.engine.plans import plans
from tests.engine.test_agreement import assert_equal

PLANS = 500


@pytest.mark.prove
@pytest.mark.parametrize("block", range(20))
def test_kernel_equals_reference_at_length(block: int) -> None:
    """Every block draws 500 other Plans than the other blocks and than the daily test."""

    @hypothesis.seed(1000 + block)
    @settings(
        max_examples=PLANS,
        deadline=None,
        derandomize=False,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(plan=plans(), seed=st.integers(0, 2**32 - 1), replicate=st.integers(0, 2**31 - 1))
    def agree(plan: Plan, seed: int, replicate: int) -> None:
        slow = simulate(plan, seed, replicate, engine="reference")
        assert_equal(simulate(plan, seed, replicate, trace=True), slow)

    agree()
