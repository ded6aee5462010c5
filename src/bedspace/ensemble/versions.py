"""What the bytes of a run depend on beside scenario, seed and members: our code, our libraries."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import duckdb
import numba
import numpy as np

from bedspace import __version__

ROOMS = ("engine", "rules", "scenario", "compile", "results", "ensemble")
"""The rooms that results come from."""


@cache
def made_by() -> dict[str, str]:
    """Versions by name; `code` is a hash of the rooms' source and of the rules' data."""
    return {
        "bedspace": __version__,
        "code": _code(),
        "duckdb": duckdb.__version__,
        "numba": numba.__version__,
        "numpy": np.__version__,
    }


def _code() -> str:
    found = hashlib.sha256()
    top = Path(__file__).parents[1]
    for room in ROOMS:
        data = "*.yaml" if room == "rules" else "*.py"
        for file in sorted({*(top / room).rglob("*.py"), *(top / room).rglob(data)}):
            found.update(f"{file.relative_to(top).as_posix()}\n".encode())
            found.update(file.read_bytes())
    return found.hexdigest()[:16]
