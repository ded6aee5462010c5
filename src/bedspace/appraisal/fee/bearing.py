"""Who bears what beside the fee, as the agreement says it; never computed with."""

from __future__ import annotations

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Number
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.members.use import Use
from bedspace.scenario.model.fees import Bearer

RISKS = {
    "transport": "transport",
    "visits": "visits",
    "health_care": "health care",
    "escape": "escape",
    "death": "death",
    "lawsuits": "lawsuits",
    "monitoring": "monitoring",
    "empty_places": "empty places",
    "early_end": "an end before the term",
}
"""Keys of `bears`, in words."""

_WHO = {"sending": "the sending system", "receiving": "the receiving system", "shared": "both"}


def bearer(use: Use, risk: str) -> Bearer | None:
    """Who bears one of RISKS; None where the scenario says nothing, or that it is not known."""
    found: Bearer | None = getattr(use.agreement.bears, risk)
    return None if found is None or found.who == "not-known" else found


def not_known(use: Use) -> tuple[str, ...]:
    """The risks, in words, of which nobody says who bears them."""
    return tuple(words for risk, words in RISKS.items() if bearer(use, risk) is None)


def table(use: Use) -> Table | None:
    """One row a risk; None where the scenario says nothing of any."""
    if all(getattr(use.agreement.bears, risk) is None for risk in RISKS):
        return None
    rows: list[tuple[Cell, ...]] = []
    for risk, words in RISKS.items():
        said: Bearer | None = getattr(use.agreement.bears, risk)
        source = use.ensemble.scn.sources.get(said.source or "") if said else None
        rows.append(
            (
                words.capitalize(),
                who(use, risk),
                source.title if source else "",
                (said.grade or "") if said else "",
                (said.note or "") if said else "",
            )
        )
    return Table(
        f"{use.id}.bears",
        "Who bears what",
        ("What", "Who", "Source", "Grade", "Note"),
        tuple(rows),
        "As the agreement or its sources say. In no sum unless the fee has a part for it.",
    )


@once
def who(use: Use, risk: str) -> Figure:
    """Who bears one of RISKS, in words."""
    path = f"agreements.{use.id}.bears.{risk}"
    id_, title = f"{use.id}.bears.{risk.replace('_', '-')}", f"Who bears {RISKS[risk]}"
    said = bearer(use, risk)
    if said is None:
        stated: Bearer | None = getattr(use.agreement.bears, risk)
        why = (stated.note if stated else None) or "the terms given do not say"
        return making.unknown(
            id_, title, "words", why, [use.basis.number(f"agreements.{use.id}.from")]
        )
    source = use.ensemble.scn.sources.get(said.source or "")
    number = Number(
        path,
        said.who,
        "",
        source.title if source else None,
        said.grade or "assumption",
        quote=said.quote,
        note=said.note,
    )
    return making.say(id_, title, _WHO[said.who], "as the scenario states it", [number])
