"""The headline answers of five scenarios against a script that imports nothing of bedspace."""

import ast
from importlib import resources
from pathlib import Path

import pytest

from bedspace import verbs as bs
from tests.independent import recompute


def test_the_script_imports_nothing_of_ours() -> None:
    tree = ast.parse(Path(recompute.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    named = [a.name for node in imports if isinstance(node, ast.Import) for a in node.names]
    named += [node.module or "" for node in imports if isinstance(node, ast.ImportFrom)]
    assert named and not [name for name in named if name.split(".")[0] in ("bedspace", "tests")]


@pytest.mark.slow
@pytest.mark.parametrize("name", recompute.SCENARIOS)
def test_headline_answers_are_those_of_the_script(name: str, tmp_path: Path) -> None:
    made = bs.compare(name, replicates=5, seed=2, out=tmp_path / "out")
    found = bs.appraise(made)
    with resources.as_file(resources.files("bedspace.scenario.library")) as library:
        again = recompute.answers(tmp_path / "out", library / f"{name}.yaml")
    assert len(again) >= 2
    for id_, value in again.items():
        told = found.figure(id_).value
        assert told is not None and not isinstance(told, str), id_
        # The script does not round each line of an invoice to the cent.
        assert float(told) == pytest.approx(value, rel=1e-6, abs=0.01), id_
