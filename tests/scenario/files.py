"""The scenario that the tests of this room change, and how to load a changed one."""

from pathlib import Path

from bedspace.exceptions import Problem, ScenarioError
from bedspace.scenario import Scenario, load

HERE = Path(__file__).parent
GOOD = (HERE / "good.yaml").read_text(encoding="utf-8")


def written(folder: Path, text: str | bytes, name: str = "x.yaml") -> str:
    """Write a scenario file; its path as a user would give it."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def changed(folder: Path, old: str, new: str, variant: str = "") -> Scenario:
    """good.yaml with one change, loaded."""
    assert GOOD.count(old) == 1, old
    return load(written(folder, GOOD.replace(old, new)) + variant)


def problems(folder: Path, text: str | bytes) -> list[Problem]:
    """What is wrong with a file, none when it loads; its path is taken out of the messages."""
    try:
        load(written(folder, text))
    except ScenarioError as error:
        return error.problems
    return []
