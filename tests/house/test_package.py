"""What is installed is what is tracked, under one version."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import bedspace
from tests.house.repository import ROOT, tracked


def test_one_version_everywhere() -> None:
    assert metadata.version("bedspace") == bedspace.__version__, "install anew: make test"
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest is not None
    assert newest[1] == bedspace.__version__


def test_wheel_holds_every_tracked_file_of_the_package(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    src = ROOT / "src"
    wanted = {path.relative_to(src).as_posix() for path in tracked() if path.is_relative_to(src)}
    assert wanted
    assert not wanted - packed


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.M))


def test_locks_agree_and_every_pin_is_hashed() -> None:
    run, dev = _pins("requirements.lock"), _pins("requirements-dev.lock")
    assert run
    assert run.items() <= dev.items()
    for name in ("requirements.lock", "requirements-dev.lock"):
        blocks = re.split(r"^(?=\S)", (ROOT / name).read_text(encoding="utf-8"), flags=re.M)
        pinned = [block for block in blocks if "==" in block.partition("\n")[0]]
        assert len(pinned) == len(_pins(name))
        assert [block for block in pinned if "--hash=sha256:" not in block] == []


def test_locks_hold_every_dependency_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    build = project["dependency-groups"]["build"]
    run = [*project["project"]["dependencies"], *extras["report"], *build]

    def missing(requirements: list[str], lock: str) -> set[str]:
        names = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in requirements}
        return names - _pins(lock).keys()

    assert missing(run, "requirements.lock") == set()
    assert missing([*run, *extras["dev"]], "requirements-dev.lock") == set()
