"""What is made once of an agreement, or of a comparison, and kept with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar, TypeVarTuple

_Made = TypeVar("_Made")
_Asked = TypeVarTuple("_Asked")


class Keeper(Protocol):
    """Something that keeps what was made of it: it goes when its keeper does."""

    @property
    def made(self) -> dict[Any, Any]:
        """What was made, by the function that made it and what it was asked for."""


_Keeper = TypeVar("_Keeper", bound=Keeper)


def once(
    make: Callable[[_Keeper, *_Asked], _Made],
) -> Callable[[_Keeper, *_Asked], _Made]:
    """A function of a keeper that makes the same thing once and hands it out again.

    Its other arguments are hashable and passed by position, so that one thing has one key. Whoever
    is handed what was made must not change it.
    """

    @wraps(make)
    def kept(keeper: _Keeper, *asked: *_Asked) -> _Made:
        key = (make, asked)
        if key not in keeper.made:
            keeper.made[key] = make(keeper, *asked)
        found: _Made = keeper.made[key]
        return found

    return kept
