"""Every tracked file is short enough to read, and holds for any machine."""

import re
from pathlib import Path

import pytest

from tests.house.repository import ROOT, tracked

LINES = 450

# In two halves each, so that this file does not hold what it forbids.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "ana" + "conda.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "crates" + ".io",
    "proxy.gol" + "ang.org",
    "deb.deb" + "ian.org",
    "archive.ubu" + "ntu.com",
    "ghcr" + ".io",
]
OPTIONS = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links"]
FOLDERS = ["ro" + "ot", "ho" + "me", "Us" + "ers", "wo" + "rk", "op" + "t", "m" + "nt"]
LIBRARY = ["." + "library/"]

# A folder counts only at the start of a path: the same word inside an address is somebody else's.
FORBIDDEN = re.compile(
    "|".join([re.escape(word) for word in HOSTS + OPTIONS + LIBRARY])
    + r"|(?<![\w.\-~/%{}$)])/(?:"
    + "|".join(FOLDERS)
    + r")/[\w.]",
    re.IGNORECASE,
)


def forbidden(text: str) -> list[str]:
    """Lines of `text` that name a registry's host or a path of one machine, with their numbers."""
    lines = enumerate(text.splitlines(), 1)
    return [f"{n}: {line.strip()[:120]}" for n, line in lines if FORBIDDEN.search(line)]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_source_files_are_short() -> None:
    long = []
    for path in tracked():
        if path.suffix == ".py" and not relative(path).startswith("benchmarks/"):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines >= LINES:
                long.append(f"{relative(path)} has {lines} lines; the limit is below {LINES}")
    assert not long, "\n".join(long)


def test_no_tracked_file_is_bound_to_a_machine() -> None:
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [f"{relative(path)}:{line}" for line in forbidden(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "see https://" + HOSTS[0] + "/project/x",
        OPTIONS[0] + " elsewhere",
        "path = '/" + FOLDERS[0] + "/x'",
        "cd /" + FOLDERS[3] + "/main",
        LIBRARY[0] + "search",
    ],
)
def test_checker_sees_what_is_bound_to_a_machine(line: str) -> None:
    assert forbidden("first\n" + line) == [f"2: {line}"]


@pytest.mark.parametrize(
    "line",
    [
        "https://www.example.org/" + FOLDERS[3] + "/paper.pdf",
        "../shared/data/x.csv",
        "#!/usr/bin/env python3",
        "make demo PYTHON=/path/to/python3.12",
        "a rate of 3/work per day",
    ],
)
def test_checker_passes_what_holds_anywhere(line: str) -> None:
    assert forbidden(line) == []
