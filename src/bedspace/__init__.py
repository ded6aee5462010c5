"""bedspace simulates prison systems and appraises agreements to rent prison places.

    import bedspace as bs

    offer = bs.load("cecot-offer")
    impact = bs.compare(offer, baseline="baseline", replicates=100, seed=1)
    impact.population                     # a DuckDB relation
    bs.report(impact, "offer.html")

The verbs are imported when first used, so that a part of the package (`bedspace.engine`, say) can
be used without waiting for the rest.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from bedspace.verbs import (
        agreements,
        appraise,
        chart,
        compare,
        invoice,
        load,
        names,
        open,
        report,
        run,
        sweep,
    )

_VERBS = (
    "agreements",
    "appraise",
    "chart",
    "compare",
    "invoice",
    "load",
    "names",
    "open",
    "report",
    "run",
    "sweep",
)

__all__ = [
    "__version__",
    "agreements",
    "appraise",
    "chart",
    "compare",
    "invoice",
    "load",
    "names",
    "open",
    "report",
    "run",
    "sweep",
]


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        from bedspace import verbs

        return getattr(verbs, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_VERBS])
