"""How the fast engine's functions are compiled."""

from __future__ import annotations

import numba as nb

# Without Numba's runtime: nothing in the kernel allocates, and counting references to the arrays
# of State at every use costs thirty times the work itself (docs/performance.md).
compiled = nb.njit(nogil=True, _nrt=False)
inlined = nb.njit(inline="always", _nrt=False)
