"""Comparisons that several tests appraise; each is run once."""

from pathlib import Path

import pytest

from bedspace import ensemble, results, scenario
from bedspace.appraisal import Appraisal, appraise

TINY = Path(__file__).parents[1] / "ensemble" / "tiny.yaml"


def compare(asked: str, members: int, out: Path) -> results.Comparison:
    """`asked` against the baseline of the same file."""
    baseline = asked.split("#")[0] + "#baseline"
    return ensemble.compare(scenario.load(baseline), scenario.load(asked), members, 1, 2, out)


@pytest.fixture(scope="session")
def grant(tmp_path_factory: pytest.TempPathFactory) -> results.Comparison:
    return compare("cecot-offer#grant", 3, tmp_path_factory.mktemp("grant") / "out")


@pytest.fixture(scope="session")
def granted(grant: results.Comparison) -> Appraisal:
    return appraise(grant)


@pytest.fixture(scope="session")
def everyone(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    """The full offer under assumed powers."""
    folder = tmp_path_factory.mktemp("everyone") / "out"
    return appraise(compare("cecot-offer#full-everyone", 2, folder))


@pytest.fixture(scope="session")
def lease(tmp_path_factory: pytest.TempPathFactory) -> results.Comparison:
    return compare("two-hundred-places", 8, tmp_path_factory.mktemp("lease") / "out")


@pytest.fixture(scope="session")
def leased(lease: results.Comparison) -> Appraisal:
    return appraise(lease)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> results.Comparison:
    """An agreement without a fee, without costs, in force in some members only."""
    return compare(str(TINY), 12, tmp_path_factory.mktemp("tiny") / "out")
