"""Settings that every test shares."""

import os

from hypothesis import HealthCheck, settings

# The first example compiles the kernel, and two cores are shared: no example has a deadline.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,  # the same examples everywhere: a red test is red for everybody
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("prove", parent=settings.get_profile("house"), derandomize=False)
settings.load_profile(os.environ.get("BEDSPACE_HYPOTHESIS", "house"))
