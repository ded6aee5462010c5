"""The tiny scenario, and a run of it that others are compared with."""

import pytest

from bedspace import ensemble, results, scenario
from tests.ensemble.files import TINY


@pytest.fixture(scope="session")
def scn() -> scenario.Scenario:
    return scenario.load(str(TINY))


@pytest.fixture(scope="session")
def twenty(scn: scenario.Scenario, tmp_path_factory: pytest.TempPathFactory) -> results.Run:
    """Twenty members with seed 3, by one thread."""
    return ensemble.run(scn, 20, 3, 1, tmp_path_factory.mktemp("twenty") / "run")
