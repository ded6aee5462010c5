"""The whole Appraisal of a comparison: every agreement, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bedspace.appraisal.answer import agreement as of_agreement
from bedspace.appraisal.answer import reform
from bedspace.appraisal.charts import conditions, fee, law, money, moved, scored, wording
from bedspace.appraisal.charts import people as drawn
from bedspace.appraisal.charts import places as strips
from bedspace.appraisal.conditions import against_standards
from bedspace.appraisal.fee import bearing, payments, purposes
from bedspace.appraisal.fee import observed as agreed
from bedspace.appraisal.figures.answer import Answer
from bedspace.appraisal.figures.appraisal import Appraisal, figures_of
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.tables import Chart, Section, Table
from bedspace.appraisal.law import funnel, verdicts
from bedspace.appraisal.law.verdicts import Legal
from bedspace.appraisal.members.members import Ensemble, day_in_short
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.parties import (
    accounts,
    corridor,
    discounted,
    one_currency,
    opening,
    relative,
    rent_or_build,
)
from bedspace.appraisal.people import full, held, instead, observed, places
from bedspace.appraisal.receiver import coverage, earned, exposure
from bedspace.appraisal.sender import (
    avoided,
    break_even,
    emptied,
    measure,
    refilling,
    saving,
    term,
    who,
)
from bedspace.appraisal.uncertainty import ledger, sensitivity, unknowns
from bedspace.results import Comparison
from bedspace.scenario import Scenario


def appraise(comparison: Comparison) -> Appraisal:
    """Figures on people, law, money and conditions for every agreement of the scenario.

    Everything is counted from the comparison's tables and the scenario as it was run; nothing is
    simulated again.
    """
    ensemble = Ensemble(comparison)
    uses = [Use(ensemble, name) for name in ensemble.scn.agreements]
    legal = [Legal(ensemble, use.id) for use in uses]
    sections = (
        _population(ensemble),
        _places(ensemble),
        *(_of_agreements(uses, legal) if uses or ensemble.base.agreements else [_costs(ensemble)]),
    )
    told = figures_of(sections)
    people = (*_people(ensemble), *_saved(ensemble))
    answers = (*_answers(uses, told, (*_OF_LAW, *_OF_MONEY)), *people)
    # No number here says what to assume for a gate of the law to open.
    others = (*_answers(uses, told, _OF_MONEY), *people)
    moving, answered = sensitivity.section(ensemble, _signed(uses, ensemble), others)
    shown = _drawn([moved.matrix(ensemble.scn, answered, ensemble.members)])
    sections = (*sections, replace(moving, charts=shown), _unknowns(uses, legal))
    figures = figures_of(sections)
    basis = ensemble.bases["scenario"]
    tables = ledger.tables(sections, tuple(figures.values()), basis)
    evidence = Section("evidence", "What this rests on", tables)
    return Appraisal(
        title=ensemble.scn.title,
        scenario=_name(ensemble.scn),
        baseline=_name(ensemble.base),
        members=ensemble.members,
        seed=comparison.seed,
        start=ensemble.scn.start,
        end=ensemble.scn.end,
        sections=(*sections, evidence),
        answer=_answer(ensemble, uses, legal, figures),
        answers=tuple(figure.id for figure in answers),
    )


def _answer(
    ensemble: Ensemble, uses: Sequence[Use], legal: Sequence[Legal], told: Mapping[str, Figure]
) -> Answer:
    """The first screen: about the agreements, or about a change without any."""
    if not uses:
        return reform.answer(ensemble, told)
    each = [of_agreement.answer(use, one, told) for use, one in zip(uses, legal, strict=True)]
    return of_agreement.several(each)


def _population(ensemble: Ensemble) -> Section:
    names = list(ensemble.scn.systems)
    seen = _given(observed.table(ensemble, name) for name in names)
    return Section(
        "population",
        "How many people are held",
        (*(held.table(ensemble, name) for name in names), *seen),
        _drawn(
            chart
            for name in names
            for chart in (
                drawn.months(ensemble, name),
                drawn.difference(ensemble, name),
                scored.against_observed(ensemble, name),
            )
        ),
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
        _drawn(
            chart
            for name in names
            for chart in (
                strips.strip(
                    (before, after),
                    ensemble.scn,
                    name,
                    f"places.{name}",
                    ends,
                    wording.sides(ensemble),
                ),
                strips.returns(ensemble, name),
            )
        ),
    )


def _costs(ensemble: Ensemble) -> Section:
    """What a reform saves where no agreement is in question."""
    tables = _given(measure.table(ensemble, name) for name in ensemble.scn.systems)
    none = () if tables else ("No cost of any prison system is given.",)
    charts = _drawn(money.reform(ensemble, name) for name in ensemble.scn.systems)
    return Section("costs", "What it saves", tables, charts, none)


def _of_agreements(uses: Sequence[Use], legal: Sequence[Legal]) -> tuple[Section, ...]:
    """Law, both parties' money and conditions, of every agreement."""
    return (
        _law(uses, legal),
        Section(
            "money-sender",
            "What the sending system pays and saves",
            _given(table for use in uses for table in _sender(use)),
            _drawn(
                chart
                for use in uses
                for chart in (money.futures(use), money.day(use), money.by_share(use))
            ),
        ),
        Section(
            "money-receiver",
            "What the receiving system earns",
            _given(table for use in uses for table in _receiver(use)),
        ),
        Section(
            "corridor",
            "Is there a fee that satisfies both?",
            _given(table for use in uses for table in _corridor(use)),
            _drawn(chart for use in uses for chart in (fee.ranges(use), fee.grid(use))),
        ),
        Section(
            "conditions",
            "Conditions against standards",
            _flat(against_standards.tables(use) for use in uses),
            _drawn(conditions.areas(use) for use in uses),
        ),
    )


def _law(uses: Sequence[Use], legal: Sequence[Legal]) -> Section:
    """The law of every agreement; one that names no route is said not to have been asked."""
    unasked = tuple(
        f"{one.agreement.title or one.id} names no legal route, so the law was not asked: "
        "everybody eligible is sent, and nothing here says that they lawfully may be."
        for one in legal
        if not one.agreement.routes
    )
    tables = _flat(verdicts.tables(one) for one in legal)
    passed = _given(funnel.table(use) for use in uses)
    charts = _drawn(law.staircase(use) for use in uses)
    return Section("law", "Who may lawfully be sent", (*tables, *passed), charts, unasked)


def _sender(use: Use) -> Iterable[Table | None]:
    yield payments.table(use)
    yield agreed.table(use)
    yield purposes.table(use)
    yield bearing.table(use)
    yield saving.table(use)
    yield saving.cheaper(use)
    yield emptied.table(use)
    yield emptied.limits(use)
    yield refilling.table(use)
    yield one_currency.table(use)
    yield who.table(use)
    yield who.multiples(use)
    yield break_even.table(use)
    yield term.table(use)
    yield accounts.fee_table(use)
    yield accounts.sender_table(use)
    yield discounted.sender_table(use)
    yield rent_or_build.table(use)


def _receiver(use: Use) -> Iterable[Table | None]:
    yield earned.table(use)
    yield coverage.table(use)
    yield exposure.table(use)
    yield accounts.receiver_table(use)
    yield discounted.receiver_table(use)


def _corridor(use: Use) -> Iterable[Table | None]:
    yield from corridor.tables(use)
    yield from opening.tables(use)
    yield relative.table(use)


def _unknowns(uses: Sequence[Use], legal: Sequence[Legal]) -> Section:
    tables = [
        table
        for use, one in zip(uses, legal, strict=True)
        for table in (
            unknowns.table(use, one),
            unknowns.notes(use.ensemble.scn, use.id),
        )
    ]
    return Section("cannot-know", "What this cannot know", _given(tables), notes=unknowns.ALWAYS)


_OF_LAW = ("law.at-least", "law.at-most")

_OF_MONEY = (
    "fee.headline",
    "fee.price-used",
    "fee.paid",
    "saving.average.total",
    "saving.marginal.total",
    "receiver.income",
    "receiver.coverage",
    "receiver.coverage.first-year",
    "receiver.coverage.last-year",
    "relative.sender",
    "relative.receiver",
    "corridor.marginal-stated.observed",
    "corridor.marginal-stated.simulated",
    "corridor.average-stated.observed",
    "corridor.average-stated.simulated",
    "area.simulated",
)
"""Ends of the ids of an agreement's figures that answer the main questions, in their order."""


def _answers(
    uses: Sequence[Use], told: Mapping[str, Figure], keys: Iterable[str]
) -> Iterator[Figure]:
    """The figures of these keys, agreement by agreement, where there are such figures."""
    wanted = list(keys)
    for use in uses:
        yield from (told[id_] for key in wanted if (id_ := f"{use.id}.{key}") in told)


def _people(ensemble: Ensemble) -> Iterator[Figure]:
    """How many each system holds while an agreement is in force."""
    day = day_in_short(ensemble.scn)
    for name in ensemble.scn.systems:
        yield from (held.held(ensemble, name, day, side) for side in held.SIDES)
        yield held.impact(ensemble, name, day)


_SIGNED = ("average", "marginal", "short-run", "long-run")
"""Cost bases on which a saving is asked what moves it."""


def _signed(uses: Sequence[Use], ensemble: Ensemble) -> Iterator[Figure]:
    """The answers that may lie below nought: what is saved, what the receiver is left with, people
    more or fewer, and how wide each corridor is."""
    for use in uses:
        for cost_basis in _SIGNED:
            if cost_basis in avoided.bases(use):
                yield saving.saving(use, cost_basis, False)
        yield earned.surplus(use)
    for name in ensemble.scn.systems:
        yield held.impact(ensemble, name, day_in_short(ensemble.scn))
    yield from _saved(ensemble)
    for use in uses:
        yield from corridor.widths(use)


def _saved(ensemble: Ensemble) -> Iterator[Figure]:
    """What a reform saves, where no agreement is in question."""
    if ensemble.scn.agreements or ensemble.base.agreements:
        return
    for name in ensemble.scn.systems:
        known = [b for b in _SIGNED if b in measure.bases(ensemble, name)]
        yield from (measure.saved(ensemble, name, cost_basis) for cost_basis in known)


def _flat(groups: Iterable[Sequence[Table]]) -> tuple[Table, ...]:
    return tuple(table for group in groups for table in group)


def _given(tables: Iterable[Table | None]) -> tuple[Table, ...]:
    return tuple(table for table in tables if table is not None)


def _drawn(charts: Iterable[Chart | None]) -> tuple[Chart, ...]:
    """The charts that there are, without any in which there would be nothing to see."""
    return tuple(chart for chart in charts if chart is not None and not chart.is_flat)


def _name(scn: Scenario) -> str:
    return f"{scn.name}#{scn.variant}" if scn.variant else scn.name
