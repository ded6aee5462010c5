"""How the kernel's functions are compiled.

`p` (Prepared) and `s` (State) hold some eighty arrays. Numba passes a named tuple by value, every
array as several numbers: compiling that took a minute. `borrow` puts the tuple on the caller's
stack, once, and the kernel passes the address on: a quarter of the time to compile, and not slower
to run.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    infer_getattr,
    intrinsic,
    lower_getattr_generic,
    models,
    overload,
    register_model,
)

# Without Numba's runtime: nothing in the kernel allocates, and counting references to the arrays
# of State at every use costs thirty times the work itself (docs/performance.md).
_bare: dict[str, Any] = {"_nrt": False}
compiled = nb.njit(nogil=True, **_bare)
inlined = nb.njit(inline="always", **_bare)

ZERO, ONE = np.int64(0), np.int64(1)
"""Where a count starts, and its step: Numba would compile what takes a plain number once more for
that very number."""


def borrow(record):
    """A named tuple, passed by address within the calls that the caller makes of compiled code;
    its fields are read as before. With the compiler off, the tuple itself."""
    return record


class Borrowed(nb.types.Type):
    """Numba's type of what `borrow` gives for a named tuple of type `record`."""

    def __init__(self, record: Any) -> None:
        self.record = record
        super().__init__(f"borrowed {record.instance_class.__name__}")

    @property
    def key(self) -> Any:
        """What tells two such types apart: the types of the fields, not the name alone."""
        return self.record


@register_model(Borrowed)
class _Pointer(models.PrimitiveModel):
    def __init__(self, manager: Any, borrowed: Borrowed) -> None:
        tuple_ = manager.lookup(borrowed.record).get_value_type()
        super().__init__(manager, borrowed, tuple_.as_pointer())


@infer_getattr
class _Fields(AttributeTemplate):
    key = Borrowed

    def generic_resolve(self, borrowed, name):  # type: ignore[override]  # as Numba calls it
        return borrowed.record.types[borrowed.record.fields.index(name)]


@lower_getattr_generic(Borrowed)
def _field(context, builder, borrowed, pointer, name):
    index = borrowed.record.fields.index(name)
    return builder.load(cgutils.gep_inbounds(builder, pointer, 0, index))


@intrinsic
def _on_stack(typing, record):
    def store(context, builder, signature, arguments):
        return cgutils.alloca_once_value(builder, arguments[0])

    return Borrowed(record)(record), store


@overload(borrow, inline="always")  # inline, so that it is the caller's stack
def _borrow(record):
    # An intrinsic is called without the typing context that it is defined with.
    return lambda record: _on_stack(record)  # type: ignore[call-arg]
