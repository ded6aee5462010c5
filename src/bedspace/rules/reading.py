"""Reads the rule data that are shipped beside the code. Each file is parsed once a process."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from bedspace.exceptions import BedspaceError
from bedspace.rules.text import parsed

GRADES = ("official", "reported", "secondary", "derived", "assumption")
"""How far a fact can be trusted: read in an official document, in the press, in a copy; computed
from such; or from general knowledge and not re-read."""

TO_VERIFY = "from general knowledge, to be verified"
"""What every output says beside a fact of grade assumption."""


@cache
def read(package: str, name: str) -> Any:
    """The content of `data/<name>` in `package`: maps, lists and texts. Shared: callers must not
    change it. What no YAML is, or a key given twice, is a BedspaceError with its line."""
    text = files(package).joinpath("data").joinpath(name).read_text(encoding="utf-8")
    return parsed(text, name).record


def day(written: Any, where: str) -> date | None:
    """A date as it is written, None for null; raises BedspaceError where it is neither."""
    if written is None or str(written) in ("", "~", "null"):
        return None
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        raise BedspaceError(f"{where}: {written!r} is not a date") from None


def yes(written: Any, where: str) -> bool:
    """Whether a true or false is written; raises BedspaceError where it is neither."""
    if str(written).lower() not in ("true", "false"):
        raise BedspaceError(f"{where}: {written!r} is neither true nor false")
    return str(written).lower() == "true"


def whole(written: Any, where: str) -> int:
    """A whole number as it is written; raises BedspaceError where it is none."""
    try:
        return int(str(written))
    except ValueError:
        raise BedspaceError(f"{where}: {written!r} is not a whole number") from None


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
