"""Checks a lawyer's rule tests: `python -m bedspace.rules.law CASES.yaml --law ROUTE.yaml`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bedspace.exceptions import BedspaceError
from bedspace.rules import law

REFUSED, DIFFERS = 2, 1
"""Exit status when a file cannot be read, and when a case does not come out as it says."""


def main(words: Sequence[str] | None = None) -> int:
    """Checks every case of the files named, by the shipped routes and those of the law files."""
    parser = argparse.ArgumentParser(prog="python -m bedspace.rules.law", description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path, help="files of cases")
    parser.add_argument(
        "--law", action="append", default=[], type=Path, metavar="FILE", help="a route of your own"
    )
    asked = parser.parse_args(words)
    try:
        own = [law.read(_text(file), str(file)) for file in asked.law]
        known = {**law.routes(), **{route.id: route for route in own}}
        found = [case for file in asked.cases for case in law.cases(_text(file), str(file), known)]
    except BedspaceError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return REFUSED
    wrong = 0
    for case in found:
        told = law.differences(case, known)
        wrong += bool(told)
        for line in told:
            print(f"{case.where}: {case.title}: {line}")
    print(f"{len(found) - wrong} of {len(found)} cases come out as they say")
    return DIFFERS if wrong else 0


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
