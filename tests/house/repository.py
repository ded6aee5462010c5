"""What is in the repository, as the tests of the house see it."""

import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@cache
def _listed() -> tuple[Path, ...] | None:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return tuple(ROOT / name for name in listed.split("\0") if name)


def tracked() -> tuple[Path, ...]:
    """Files that git tracks and that are there; skips the test outside a git clone."""
    paths = _listed()
    if not paths:
        pytest.skip("not a git clone: there is no list of tracked files")
    return tuple(path for path in paths if path.is_file())
