"""The most important things that nobody knows: open law first, where it decides; then the numbers
that move the answer most and are assumed; then what the terms do not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bedspace.appraisal.answer import naming, wording
from bedspace.appraisal.figures.answer import Sentence
from bedspace.appraisal.figures.currencies import currency_of
from bedspace.appraisal.figures.figure import Figure, Number
from bedspace.appraisal.law.verdicts import Legal, bounds, totals
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import saving
from bedspace.scenario import Scenario

MOST = 3
"""Things that are told."""

_ORDER = (
    "selection",
    "consent",
    "in-force",
    "disputed",
    "count",
    "liabilities",
    "transport",
    "conditions",
)
"""What the terms leave open, by how much of the answer hangs on it."""


def of_agreement(
    use: Use, legal: Legal, basis: str | None, told: Mapping[str, Figure]
) -> list[Sentence]:
    """The first of them."""
    found = [*_law(legal)]
    if basis is not None:
        found += moving(use.ensemble.scn, saving.saving(use, basis, False), told)[:1]
    else:
        found += _cost(use)
    found += _left(use, told)
    return found[:MOST]


def _law(legal: Legal) -> list[Sentence]:
    """Questions of law that nobody has decided, those that most people wait for first."""
    if not legal.agreement.routes or totals(legal)[0].value:
        return []
    found: dict[str, tuple[float, str, Figure, str]] = {}
    titles = legal.ensemble.scn.routes
    for group in legal.groups:
        for part in group.parts:
            for of in part.routes:
                most = bounds(legal, group.group, of.real.route)[1]
                size = float(most.value) if isinstance(most.value, int | float) else 0.0
                for finding in of.real.findings:
                    if finding.status == "unsettled" and (
                        finding.gate_id not in found or found[finding.gate_id][0] < size
                    ):
                        way = titles[of.real.route].title
                        found[finding.gate_id] = size, f"{way} ({finding.title})", most, group.group
    ranked = sorted(found.values(), key=lambda one: -one[0])
    groups = [who for _, _, most, who in ranked if most.value]
    return [
        Sentence(
            f"Whether the law allows it: {title}. Nobody has decided it; it concerns at most "
            f"{wording.told(most)} people{_shared(who, groups)}.",
            (most,),
        )
        for _, title, most, who in ranked
        if most.value
    ]


def _shared(who: str, groups: Sequence[str]) -> str:
    """That people of one group may wait for several questions, so that their numbers do not add."""
    return ", some of whom may be sent by more than one way" if groups.count(who) > 1 else ""


def moving(scn: Scenario, answer: Figure, told: Mapping[str, Figure]) -> list[Sentence]:
    """The numbers that stand out in moving the answer, the strongest first."""
    prefix = f"sensitivity.{answer.id}."
    found: list[tuple[float, Figure, Number]] = []
    for id_, figure in told.items():
        if not id_.startswith(prefix) or not isinstance(figure.value, float):
            continue
        path = id_.removeprefix(prefix)
        number = next(
            (i for i in figure.inputs if isinstance(i, Number) and i.path.startswith(path)), None
        )
        if number is not None:
            found.append((figure.value, figure, number))
    ranked = sorted(found, key=lambda one: -one[0])
    in_what = "in what is saved" if currency_of(answer.unit) else "in how many are held"
    return [
        Sentence(
            f"{wording.upper(naming.number(scn, number.path))}: "
            f"{'an assumption that' if number.grade == 'assumption' else 'it'} explains "
            f"{wording.percent(share)} of the difference between futures {in_what}.",
            (figure,),
        )
        for share, figure, number in ranked
    ]


def _cost(use: Use) -> Iterator[Sentence]:
    """Why nothing can be said of what is saved."""
    gain = saving.gained(use, "marginal", True)
    if gain.value is None:
        sender, _ = naming.parties(use.ensemble.scn, use.agreement)
        yield Sentence(f"What a day less really saves {sender}: {gain.note}.", (gain,))


def _left(use: Use, told: Mapping[str, Figure]) -> Iterator[Sentence]:
    """What the terms and the sources leave open."""
    prefix = f"{use.id}.unknown."
    open_ = {id_.removeprefix(prefix): f for id_, f in told.items() if id_.startswith(prefix)}
    open_ = {key: f for key, f in open_.items() if ".observed." not in key}  # moves nothing
    if use.agreement.observed:  # what has been observed has entered into force
        open_.pop("in-force", None)
    for kind in _ORDER:
        for key, figure in open_.items():
            if key == kind or key.startswith(f"{kind}."):
                yield _said(use, key, figure)
                break


def _said(use: Use, key: str, figure: Figure) -> Sentence:
    if key.startswith("disputed."):
        path = key.removeprefix("disputed.")
        name = naming.number(use.ensemble.scn, path)
        return Sentence(f"{wording.upper(name)}: sources do not agree.", (figure,))
    title = figure.title
    note = figure.note.partition(":")[0] if key.startswith("count.") else figure.note
    return Sentence(f"{title}: {note}.", (figure,))
