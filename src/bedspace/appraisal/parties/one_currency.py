"""All the money of an agreement restated: the fee, and what is saved where fee and cost at home are
in two currencies."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.appraisal.fee import payments, restated
from bedspace.appraisal.fee.restated import Way
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.spread import CENT
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, costs, saving


def table(use: Use) -> Table | None:
    """Every total that can be restated; None where the scenario gives nothing to do it by."""
    rows: list[tuple[Cell, ...]] = []
    for way in restated.ways(use):
        figure = restated.paid(use, way)
        rows.append((figure.title, figure))
        if way.kind == "in":
            rows += [(f.title, f) for f in _saved(use, way)]
    if not rows:
        return None
    note = "Line by line at the rate, or the level, of the first day of each month."
    title = "The same money, restated"
    return Table(f"{use.id}.restated", title, ("", "Figure"), tuple(rows), note)


def _saved(use: Use, way: Way) -> Iterator[Figure]:
    """What is avoided less what is paid, converted into the currency of the cost at home."""
    whole = restated.paid(use, way)
    for cost_basis in avoided.ends(use):
        gain = saving.gained(use, cost_basis, False)
        if gain.value is None or whole.value is None or gain.unit != way.currency:
            continue
        pairs = zip(avoided.totals(use, cost_basis), restated.totals(use, way), strict=True)
        yield making.figure(
            f"{use.id}.saving.{cost_basis}.total.{way.key}",
            f"Net saving at {costs.IN_WORDS[cost_basis]}, {way.words}",
            way.currency,
            [(home - fee).quantize(CENT) for home, fee in pairs],
            "cost avoided less total paid, converted; below nought: a loss",
            (gain, whole),
            payments.idle(use),
        )
