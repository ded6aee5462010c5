"""Settings that every test shares."""

import atexit
import os
import tempfile

import pytest
from hypothesis import HealthCheck, settings

# The first example compiles the kernel, and two cores are shared: no example has a deadline.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,  # the same examples everywhere: a red test is red for everybody
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("prove", parent=settings.get_profile("house"), derandomize=False)
# No test finds what a user kept, or keeps anything among it; processes that tests start neither.
_kept = tempfile.TemporaryDirectory(prefix="bedspace-cache-")
atexit.register(_kept.cleanup)
os.environ["BEDSPACE_CACHE"] = _kept.name

settings.load_profile(os.environ.get("BEDSPACE_HYPOTHESIS", "house"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """A page is as wide as where no terminal says, whatever a test before left behind; also for
    what is made once for several tests, which is why this is no fixture."""
    os.environ.pop("COLUMNS", None)
