"""Values as JSON: the one form in which files, answers and the terminal hold them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any


def text(value: Any, sort: bool = True) -> str:
    """A document with sorted keys, so that equal values are equal texts. ValueError for a number
    that is not finite, TypeError for what JSON does not know: see `plain`.

    `sort` False keeps the order of keys, where that is what somebody wrote.
    """
    return json.dumps(value, sort_keys=sort, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def line(value: Any) -> str:
    """A document in one line, its keys in their order, for files that only programs read."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def plain(value: Any) -> Any:
    """A value in what JSON knows: Decimal as text, dates in ISO 8601, what is no number as null."""
    if hasattr(value, "model_dump"):
        return plain(value.model_dump())
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
