"""Reads the rule data that are shipped beside the code. Each file is parsed once a process."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bedspace.exceptions import BedspaceError

GRADES = ("official", "reported", "secondary", "derived", "assumption")
"""How far a fact can be trusted: read in an official document, in the press, in a copy; computed
from such; or from general knowledge and not re-read."""

TO_VERIFY = "from general knowledge, to be verified"
"""What every output says beside a fact of grade assumption."""


@cache
def read(package: str, name: str) -> Any:
    """The parsed content of `data/<name>` in `package`. Shared: callers must not change it."""
    text = files(package).joinpath("data").joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def need(record: Any, where: str, required: set[str], optional: set[str]) -> dict[str, Any]:
    """`record` as a mapping that has every required key and no key that is not known.

    Raises BedspaceError naming the place: a rule with a misspelt key must never load, since the
    key it was meant to be would silently count as absent.
    """
    if not isinstance(record, dict):
        raise BedspaceError(f"{where}: a mapping is needed here")
    missing = sorted(required - record.keys())
    unknown = sorted(str(k) for k in record.keys() - required - optional)
    if missing:
        raise BedspaceError(f"{where}: {', '.join(missing)} missing")
    if unknown:
        raise BedspaceError(f"{where}: unknown {', '.join(unknown)}")
    return record


def grade(text: Any, where: str) -> str:
    """`text` if it is one of GRADES; raises BedspaceError otherwise."""
    if text not in GRADES:
        raise BedspaceError(f"{where}: grade {text!r} is none of {', '.join(GRADES)}")
    return str(text)
