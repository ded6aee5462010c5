"""The whole Appraisal of a comparison: every agreement, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import TypeVar

from bedspace.appraisal.conditions import checked
from bedspace.appraisal.fee import bearing, payments, purposes, restated
from bedspace.appraisal.figures.appraisal import Appraisal, Section, Series, Table, figures_of
from bedspace.appraisal.law import verdicts
from bedspace.appraisal.law.verdicts import Legal
from bedspace.appraisal.members.basis import Basis
from bedspace.appraisal.members.members import Ensemble, year_ends
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import accounts, corridor, discounted, opening, relative
from bedspace.appraisal.people import full, held, instead, places
from bedspace.appraisal.receiver import earned, exposure
from bedspace.appraisal.sender import break_even, emptied, saving, who
from bedspace.appraisal.uncertainty import ledger, sensitivity, unknowns
from bedspace.results import Comparison
from bedspace.scenario import Scenario

_Part = TypeVar("_Part", Table, Series)


def appraise(comparison: Comparison) -> Appraisal:
    """Figures on people, law, money and conditions for every agreement of the scenario.

    Everything is counted from the comparison's tables and the scenario as it was run; nothing is
    simulated again.
    """
    ensemble = Ensemble(comparison)
    basis = ensemble.bases["scenario"]
    uses = [Use(ensemble, name) for name in ensemble.scn.agreements]
    legal = [Legal(ensemble, basis, use.id) for use in uses]
    sections: tuple[Section, ...] = (
        _population(ensemble),
        _places(ensemble),
        _law(legal),
        Section(
            "money-sender",
            "What the sending system pays and saves",
            _given(table for use in uses for table in _sender(use, basis)),
            _given(saving.series(use, basis) for use in uses),
        ),
        Section(
            "money-receiver",
            "What the receiving system earns",
            _given(table for use in uses for table in _receiver(use, basis)),
        ),
        Section(
            "corridor",
            "Is there a fee that satisfies both?",
            _given(table for use in uses for table in _corridor(use, basis)),
            _given(corridor.series(use, basis) for use in uses),
        ),
        Section(
            "conditions",
            "Conditions against standards",
            _flat(checked.tables(use, basis) for use in uses),
            _given(checked.series(use, basis) for use in uses),
        ),
    )
    told = figures_of(sections)
    answers = tuple(_answers(uses, ensemble, told.keys()))
    moved = sensitivity.section(ensemble, told, answers)
    sections = (*sections, moved, _unknowns(uses, legal))
    figures = figures_of(sections)
    evidence = Section(
        "evidence", "What this rests on", ledger.tables(sections, tuple(figures.values()), basis)
    )
    return Appraisal(
        title=ensemble.scn.title,
        scenario=_name(ensemble.scn),
        baseline=_name(ensemble.base),
        members=ensemble.members,
        seed=comparison.seed,
        start=ensemble.scn.start,
        end=ensemble.scn.end,
        sections=(*sections, evidence),
        answers=answers,
    )


def _population(ensemble: Ensemble) -> Section:
    names = list(ensemble.scn.systems)
    observed = _given(held.scored(ensemble, name) for name in names)
    return Section(
        "population",
        "How many people are held",
        (*(held.table(ensemble, name) for name in names), *observed),
        tuple(held.series(ensemble, name) for name in names),
    )


def _places(ensemble: Ensemble) -> Section:
    before, after = full.of_comparison(ensemble)
    names = list(ensemble.scn.systems)
    ends = places.month_ends(ensemble.scn.start, ensemble.scn.end)
    return Section(
        "places",
        "When places run out",
        (
            *_flat(places.tables(before, after, name) for name in names),
            *_given(instead.table(ensemble, name) for name in names),
        ),
        (
            *_given(places.series(before, after, name, ends) for name in names),
            *_given(instead.series(ensemble, name) for name in names),
        ),
    )


def _law(legal: Sequence[Legal]) -> Section:
    """The law of every agreement; one that names no route is said not to have been asked."""
    unasked = tuple(
        f"{one.agreement.title or one.id} names no legal route, so the law was not asked: "
        "everybody eligible is sent, and nothing here says that they lawfully may be."
        for one in legal
        if not one.agreement.routes
    )
    tables = _flat(verdicts.tables(one) for one in legal)
    return Section("law", "Who may lawfully be sent", tables, notes=unasked)


def _sender(use: Use, basis: Basis) -> Iterable[Table | None]:
    yield payments.table(use, basis)
    yield purposes.table(use, basis)
    yield bearing.table(use, basis)
    yield saving.table(use, basis)
    yield saving.cheaper(use, basis)
    yield emptied.table(use, basis)
    yield emptied.limits(use, basis)
    yield saving.refilling(use, basis)
    yield restated.table(use, basis)
    yield who.table(use, basis)
    yield who.multiples(use, basis)
    yield break_even.table(use, basis)
    yield accounts.fee_table(use, basis)
    yield accounts.sender_table(use, basis)
    yield discounted.sender_table(use, basis)


def _receiver(use: Use, basis: Basis) -> Iterable[Table | None]:
    yield earned.table(use, basis)
    yield exposure.table(use, basis)
    yield accounts.receiver_table(use, basis)
    yield discounted.receiver_table(use, basis)


def _corridor(use: Use, basis: Basis) -> Iterable[Table | None]:
    yield from corridor.tables(use, basis)
    yield from opening.tables(use, basis)
    yield relative.table(use, basis)


def _unknowns(uses: Sequence[Use], legal: Sequence[Legal]) -> Section:
    tables = [
        table
        for use, one in zip(uses, legal, strict=True)
        for table in (
            unknowns.table(use, one, use.ensemble.bases["scenario"]),
            unknowns.notes(use.ensemble.scn, use.id),
        )
    ]
    return Section("cannot-know", "What this cannot know", _given(tables), notes=unknowns.ALWAYS)


def _answers(uses: Sequence[Use], ensemble: Ensemble, known: Set[str]) -> Iterable[str]:
    """Ids of the figures that answer the main questions, where there are such figures."""
    day = year_ends(ensemble.scn.start, ensemble.scn.end)[-1]
    wanted = [
        f"{use.id}.{key}"
        for use in uses
        for key in (
            "law.at-least",
            "law.at-most",
            "fee.headline",
            "fee.price-used",
            "fee.paid",
            "saving.average.total",
            "saving.marginal.total",
            "receiver.income",
            "receiver.coverage",
            "relative.sender",
            "relative.receiver",
            "corridor.marginal-stated.observed",
            "corridor.marginal-stated.simulated",
            "corridor.average-stated.observed",
            "corridor.average-stated.simulated",
            "area.simulated",
        )
    ]
    wanted += [
        f"population.{name}.{day}.{side}"
        for name in ensemble.scn.systems
        for side in ("baseline", "scenario", "impact")
    ]
    return [id_ for id_ in wanted if id_ in known]


def _flat(groups: Iterable[Sequence[Table]]) -> tuple[Table, ...]:
    return tuple(table for group in groups for table in group)


def _given(parts: Iterable[_Part | None]) -> tuple[_Part, ...]:
    return tuple(part for part in parts if part is not None)


def _name(scn: Scenario) -> str:
    return f"{scn.name}#{scn.variant}" if scn.variant else scn.name
