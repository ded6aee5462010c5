"""From the people there to the places used: what each condition of an agreement leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.law.verdicts import Legal, mixes
from bedspace.appraisal.members.members import counts
from bedspace.appraisal.members.use import Use
from bedspace.compile import alike, least_left, share_with_left
from bedspace.scenario import pathways
from bedspace.scenario.model.agreements import Agreement

_Values = list[float]
_Counts = dict[tuple[str, str], _Values]
"""People by group and stage, for each member."""


@dataclass(frozen=True)
class Step:
    """One condition: its key and heading, people by group for each member once it is met, what was
    done to those before, and what that rests on by group."""

    key: str
    title: str
    people: dict[str, _Values]
    formula: str
    inputs: Callable[[str], Iterable[Input]]


@once
def steps(use: Use) -> tuple[Step, ...]:
    """The steps in their order; none where the agreement begins outside the run.

    The first six are of those there in the month of its first day; the last two are of the run.
    """
    first = use.agreement.from_
    if not max(use.ensemble.base.start, use.ensemble.scn.start) <= first < use.ensemble.base.end:
        return ()
    terms, legal = use.agreement, Legal(use.ensemble, use.id)
    there = _there(use)
    eligible = {key: n for key, n in there.items() if key[1] in terms.eligible.stages}
    left = _times(eligible, lambda key, m: _left(use, m, *key))
    lawful = _times(left, lambda key, m: _lawful(legal, m, *key))
    selected = _times(lawful, lambda _, m: _selection(_drawn(use, m)))
    willing = _times(selected, lambda _, m: _consent(_drawn(use, m)))
    days, own = least_left(terms), f"agreements.{use.id}"
    asked = "" if terms.routes else "; it names no route, so the law was not asked"
    return (
        Step(
            "in-stock",
            "In stock",
            _by_group(use, there),
            f"average of the month of {first} in the baseline, in every stage in custody",
            lambda group: [_counted(use, group)],
        ),
        Step(
            "eligible",
            "In the eligible stages",
            _by_group(use, eligible),
            f"of these, those in {making.listed(terms.eligible.stages)}",
            lambda group: (),
        ),
        Step(
            "time-left",
            f"With {days:,} d left",
            _by_group(use, left),
            f"x share who have at least {days:,} days of the stage left, in a steady state of its "
            "stay: E[(stay - days)+] / E[stay]",
            lambda group: _lengths(use, group),
        ),
        Step(
            "lawful",
            "Lawful",
            _by_group(use, lawful),
            "x share whom the law does not bar on every route, assumed powers taken as open"
            + asked,
            lambda group: (*legal.basis.gates(use.id), *mixes(legal, group)),
        ),
        Step(
            "selected",
            "Selected",
            _by_group(use, selected),
            "x selection" if terms.selection else "all, since no selection is stated",
            lambda group: use.basis.below(f"{own}.selection"),
        ),
        Step(
            "consenting",
            "Consenting",
            _by_group(use, willing),
            _consenting(terms),
            lambda group: (*use.basis.below(f"{own}.consent"), *use.basis.below(f"{own}.blocked")),
        ),
        Step(
            "placed",
            "Placed",
            _sent(use, first),
            "people sent in the first year of the term",
            lambda group: [_in_run(use, "placed", "people sent in the first year of {}")],
        ),
        Step(
            "used",
            "Used",
            {g: [n / max(use.days, 1) for n in days] for g, days in use.by_group.items()},
            "place-days used / days of the term in the simulation",
            lambda group: [_in_run(use, "used", "place-days used by each group in {}")],
        ),
    )


@once
def figure(use: Use, step: int, group: str) -> Figure:
    """The people whom a step leaves, of one group or, where it is "", of all."""
    told = steps(use)[step]
    scn, everybody = use.ensemble.scn, use.agreement.eligible.groups
    chosen = (group,) if group else everybody
    named = scn.systems[use.agreement.sending].groups
    who = (named[group].title or group) if group else "Everybody"
    values = [sum(each) for each in zip(*(told.people[g] for g in chosen), strict=True)]
    before = () if told.key in ("in-stock", "placed", "used") else (figure(use, step - 1, group),)
    inputs: tuple[Input, ...]
    if group:
        inputs = (*before, *told.inputs(group))
    else:
        inputs = tuple(figure(use, step, one) for one in everybody)
    formula = told.formula if group else "the sum over the eligible groups"
    id_ = f"{use.id}.funnel.{group or 'all'}.{told.key}"
    return making.figure(id_, f"{who}: {told.title.lower()}", "people", values, formula, inputs)


def table(use: Use) -> Table | None:
    """A row for each eligible group, and one for all; None where it begins outside the run."""
    found = steps(use)
    if not found:
        return None
    groups = use.agreement.eligible.groups
    named = use.ensemble.scn.systems[use.agreement.sending].groups
    rows: list[tuple[Cell, ...]] = [
        (named[g].title or g, *(figure(use, i, g) for i in range(len(found)))) for g in groups
    ]
    rows.append(("Everybody", *(figure(use, i, "") for i in range(len(found)))))
    return Table(
        f"{use.id}.funnel",
        f"From the people there to the places used: {use.agreement.title or use.id}",
        ("Group", *(step.title for step in found)),
        tuple(rows),
        "Each step is a part of the one before, up to those who consent, and counts who is there "
        f"in the month of {use.agreement.from_}. Placed and used are what the simulation "
        "does with them "
        "and with those who come later, as far as there are places: people sent in the first year, "
        "and people held on an average day of the term, who stay when less time is left.",
    )


def _there(use: Use) -> _Counts:
    """People by eligible group and stage in custody, in the baseline."""
    agreement, scn = use.agreement, use.ensemble.scn
    system = scn.systems[agreement.sending]
    query = (
        "SELECT member, group_name, stage, sum(people_average) FROM baseline_stages "
        "WHERE system = $system AND list_contains($groups, group_name) AND month = $month "
        "GROUP BY ALL"
    )
    where = {"system": agreement.sending, "groups": list(agreement.eligible.groups)}
    asked = where | {"month": agreement.from_.replace(day=1)}
    found = counts(use.ensemble.comparison, query, use.ensemble.members, asked)
    none = [0.0] * use.ensemble.members
    return {
        (group, stage): found.get((group, stage), none)
        for group in agreement.eligible.groups
        for stage in pathways.stages(system.pathways[system.groups[group].pathway])
    }


def _times(people: _Counts, share: Callable[[tuple[str, str], int], float]) -> _Counts:
    return {key: [n * share(key, m) for m, n in enumerate(each)] for key, each in people.items()}


def _by_group(use: Use, people: _Counts) -> dict[str, _Values]:
    members = range(use.ensemble.members)
    return {
        group: [sum(each[m] for (g, _), each in people.items() if g == group) for m in members]
        for group in use.agreement.eligible.groups
    }


def _drawn(use: Use, member: int) -> Agreement:
    return use.ensemble.drawn[member].agreements[use.id]


def _left(use: Use, member: int, group: str, stage: str) -> float:
    drawn, days = use.ensemble.drawn[member], least_left(_drawn(use, member))
    return share_with_left(drawn, use.agreement.sending, group, stage, days)


def _lawful(legal: Legal, member: int, group: str, stage: str) -> float:
    """Share of a group's people in a stage who may be sent, at the member's mixes."""
    drawn = legal.ensemble.drawn[member]
    people = drawn.systems[legal.agreement.sending].groups[group]
    open_ = {part.mix for part in legal.of(group).parts if part.stage == stage and part.may_be_sent}
    parts = alike(drawn, drawn.agreements[legal.id], people)
    return min(sum(part.share for part in parts if part.words in open_), 1.0)


def _selection(terms: Agreement) -> float:
    return terms.selection.value if terms.selection else 1.0


def _consent(terms: Agreement) -> float:
    blocked = terms.blocked.value if terms.blocked else 0.0
    return (terms.consent.value if terms.consent else 1.0) * (1 - blocked)


def _consenting(terms: Agreement) -> str:
    parts = ["consent"] * (terms.consent is not None)
    parts += ["(1 - blocked)"] * (terms.blocked is not None)
    return f"x {' x '.join(parts)}" if parts else "all, as nobody is asked"


def _sent(use: Use, first: date) -> dict[str, _Values]:
    """People sent in the first year, by group."""
    query = (
        "SELECT member, group_name, sum(people)::BIGINT FROM scenario_transfers "
        "WHERE agreement = $id AND event = 'sent' "
        "AND month < $month::DATE + INTERVAL 12 MONTH GROUP BY ALL"
    )
    asked = {"id": use.id, "month": first.replace(day=1)}
    found = counts(use.ensemble.comparison, query, use.ensemble.members, asked)
    none = [0.0] * use.ensemble.members
    return {group: found.get((group,), none) for group in use.agreement.eligible.groups}


def _counted(use: Use, group: str) -> Input:
    return use.ensemble.bases["baseline"].simulated(
        f"{use.id}.run.{group}.there", f"people of {group} in the baseline", [use.agreement.sending]
    )


def _in_run(use: Use, key: str, words: str) -> Input:
    return use.basis.simulated(f"{use.id}.run.{key}", words.format(use.id), agreements=[use.id])


def _lengths(use: Use, group: str) -> Sequence[Input]:
    """What the time left is read off: what is asked for, and the stays of the eligible stages."""
    terms = use.agreement
    pathway = use.ensemble.scn.systems[terms.sending].groups[group].pathway
    paths = [
        f"agreements.{use.id}.eligible.remaining",
        f"agreements.{use.id}.return_before_release",
    ]
    paths += [f"{terms.sending}.pathways.{pathway}.{stage}" for stage in terms.eligible.stages]
    return [number for path in paths for number in use.basis.below(path)]
