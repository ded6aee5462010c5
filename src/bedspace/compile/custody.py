"""A system's groups as stages and cohorts."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import operator
from collections.abc import Iterator

import numpy as np

from bedspace.compile import names
from bedspace.compile.names import GroupName, at_liberty
from bedspace.compile.stays import Values, exits_of, law_of, risks_of, stage_law
from bedspace.compile.times import clip, combined, day_of, months, overlay
from bedspace.engine import Cohort, Exit, Stage, Steps, stays
from bedspace.engine.stays.tables import mean_share_left, share_below
from bedspace.exceptions import PlanError
from bedspace.scenario import Quantity, Scenario, pathways
from bedspace.scenario.model.custody import WAYS_OUT, Admissions, Group, NoRelease, Served
from bedspace.scenario.model.estate import System
from bedspace.scenario.values.quantities import DAYS_A_YEAR
from bedspace.scenario.values.weekdays import WEEKDAYS


def stages_of(scn: Scenario, system_id: str, group_id: str) -> Iterator[Stage]:
    """The stages of one group: those in custody, and one at liberty for each way back."""
    system = scn.systems[system_id]
    group = system.groups[group_id]
    pathway = system.pathways[group.pathway]
    named = GroupName(system_id, group_id)
    base = f"{system_id}.pathways.{group.pathway}"
    values: Values = {}
    elsewhere = pathways.elsewhere(system)
    begun = {stage.ends_with for stage in pathway.values()}
    for name, stage in pathways.stages(pathway).items():
        path = f"{base}.{name}"
        yield Stage(
            named.stage(name),
            stage_law(stage, path, values),
            exits_of(pathway, name, path, named, values),
            places=tuple(
                names.place(system_id, f) for f in pathways.facilities(system, group, stage)
            ),
            rule="least-full" if system.placement == "least-full" else "in-order",
            when_full=system.when_full if isinstance(system.when_full, str) else "elsewhere",
            elsewhere=names.place(system_id, elsewhere) if elsewhere else None,
            queue=names.queue(system_id, stage.queue) if stage.queue else None,
            risks=risks_of(pathway, name, named),
            luck=named.stage(stage.sentence) if stage.sentence else None,
            credit=stage.credit.value if stage.credit else 0.0,
            early=_early(system, name),
            no_release_on=_without_releases(scn, stage.no_release_on),
            instead=stage.no_release_on.instead if stage.no_release_on else "before",
            whole=law_of(stage.stay, "", {}) if name in begun and stage.stay else None,
            ends_with=named.stage(stage.ends_with) if stage.ends_with else None,
        )
    for way, back in pathways.returns(pathway).items():
        to = back.to or pathways.entry(pathway)
        after = law_of(back.after, f"{base}.{way}.returns.after", values)
        exits: tuple[Exit, ...] = (Exit("returned", 1.0, named.stage(to)),)
        bound = pathway[to]
        if bound.ends_with is not None:
            exits = (*exits, Exit("sentence-over", 0.0))
        yield Stage(
            named.stage(at_liberty(way)),
            after,
            exits,
            inside=False,
            ends_with=named.stage(bound.ends_with) if bound.ends_with else None,
            counts=bound.licence_counts is not False,
        )


def share_with_left(scn: Scenario, system_id: str, group_id: str, stage: str, days: int) -> float:
    """Share of the people found in a stage who have at least `days` left of it, in a steady state.

    The law of what is left is that of renewal theory: with stays X it is E[(X - days)+] / E[X].
    Risks, credit and what queues add are left out.
    """
    pathway = scn.systems[system_id].groups[group_id].pathway
    path = f"{system_id}.pathways.{pathway}.{stage}"
    law = stage_law(scn.systems[system_id].pathways[pathway][stage], path, {})
    knots, mean = stays.table(law), law.mean_days()
    if mean == math.inf:
        return 1.0
    middles = (np.arange(days) + 0.5) * stays.TICKS
    stayed = float(np.sum(1 - share_below(knots, middles.astype(np.int64))))
    return min(max(1 - stayed / mean, 0.0), 1.0) if mean > 0 else 0.0


def _early(system: System, stage: str) -> int:
    """Days before the end of a stage within which people may be let out when places are short."""
    rule = system.early_release
    return math.ceil(rule.within.value) if rule is not None and stage in rule.stages else 0


def _without_releases(scn: Scenario, rule: NoRelease | None) -> tuple[int, ...]:
    """The days of the run on which nobody is let out, and those that follow on its last day: what
    happens in a run does not depend on where it ends."""
    if rule is None:
        return ()
    days = day_of(scn, scn.end)

    def closed(day: int) -> bool:
        date = scn.start + dt.timedelta(day)
        return date in rule.dates or WEEKDAYS[date.weekday()] in rule.days

    after = itertools.takewhile(closed, itertools.count(days))
    return (*filter(closed, range(days)), *after)


def cohorts_of(
    scn: Scenario, system_id: str, group_id: str, stages: dict[str, Stage]
) -> Iterator[Cohort]:
    """The sources of a group's people: its stock by stage, what was observed, what arrives."""
    system = scn.systems[system_id]
    group = system.groups[group_id]
    named = GroupName(system_id, group_id)
    for name, size in _stock(scn, system_id, group_id, stages).items():
        served = _served(group, name)
        yield Cohort(named.stock(name), named.stage(name), size=size, served=served)
    if group.admissions is None:
        return
    entry = named.stage(pathways.entry(system.pathways[group.pathway]))
    observed, expected = _rates(scn, group.admissions)
    for first, end, value in _measured(scn, f"{system_id}.groups.{group_id}.admissions.rate"):
        observed = overlay(observed, first, end, 0.0) if observed else observed
        expected = overlay(expected, first, end, value)
    expected = combined(operator.mul, expected, _course(scn, group.admissions))
    days = day_of(scn, scn.end)
    if any(rate > 0 for _, rate in observed):
        counted = clip(observed, days)
        yield Cohort(named.observed, entry, rate=counted, spread="even")
    spread = group.admissions.dispersion.value if group.admissions.dispersion else 1.0
    yield Cohort(named.admissions, entry, rate=clip(expected, days), dispersion=spread)


def _served(group: Group, stage: str) -> stays.LawOfStay | None:
    """The law of the time that a stage's stock has served, where the scenario gives it."""
    if not isinstance(group.stock, dict):
        return None
    held = {_where(name): held for name, held in group.stock.items()}.get(stage)
    return law_of(held.served, "", {}) if isinstance(held, Served) else None


def _where(name: str) -> str:
    """The stage that a key of a stock names: of a way out, those who took it and will return."""
    return at_liberty(name) if name in WAYS_OUT else name


def _course(scn: Scenario, admissions: Admissions) -> Steps:
    """The factor of the expected rate by calendar month: k months after the month of the start it
    is (1 + trend) ** (k / 12), times the month's season."""
    if admissions.trend is None and admissions.season is None:
        return ((0, 1.0),)
    growth = 1 + (admissions.trend.value if admissions.trend else 0.0)
    season = [factor.value for factor in admissions.season or ()] or [1.0] * 12
    mean = sum(season) / 12  # a draw may have moved it off one
    return tuple(
        (day, growth ** (k / 12) * season[(scn.start.month - 1 + k) % 12] / mean)
        for k, day in enumerate(months(scn))
    )


def _measured(scn: Scenario, path: str) -> Iterator[tuple[int, int, float]]:
    """(first day, end, value) of every measure that sets `path`, in order of date, then of name."""
    setting = [(m.begins(path), name, m) for name, m in scn.measures.items() if path in m.set]
    for begins, _, measure in sorted(setting, key=lambda item: item[:2]):
        end = day_of(scn, measure.ends or scn.end)
        yield day_of(scn, begins), end, measure.set[path].value


def dated(scn: Scenario, path: str, base: Steps) -> Steps:
    """A number's steps over time: `base`, and on top of it what measures set at `path`."""
    for first, end, value in _measured(scn, path):
        base = overlay(base, first, end, value)
    return base


def _rates(scn: Scenario, admissions: Admissions) -> tuple[Steps, Steps]:
    """Daily rates of the counts that were observed, and of those expected beside or after them."""
    days = day_of(scn, scn.end)
    then = admissions.then.value if admissions.then else 0.0
    if admissions.rate is not None:
        first = day_of(scn, admissions.from_ or scn.start)
        end = day_of(scn, admissions.until or scn.end)
        return (), overlay(((0, 0.0),), first, end, admissions.rate.value)
    observed: Steps = ((0, 0.0),)
    end = 0
    if admissions.cumulative is not None:
        before = 0.0
        for day, total in sorted(admissions.cumulative.items()):
            last = day_of(scn, day) + 1  # a running total stands at the end of its day
            observed = overlay(observed, end, last, (total.value - before) / (last - end))
            before, end = total.value, last
    for year, count in sorted((admissions.yearly or {}).items()):
        first, end = day_of(scn, dt.date(year, 1, 1)), day_of(scn, dt.date(year + 1, 1, 1))
        observed = overlay(observed, first, end, count.value / (end - first))
    return observed, overlay(((0, 0.0),), end, days, then)


def _stock(
    scn: Scenario, system_id: str, group_id: str, stages: dict[str, Stage]
) -> dict[str, int]:
    """People at the start by stage; a bare count is spread as in a steady state.

    Whole people: the largest remainders are rounded up.
    """
    group = scn.systems[system_id].groups[group_id]
    if group.stock is None:
        return {}
    if not isinstance(group.stock, Quantity):
        return {_where(name): round(count.value) for name, count in group.stock.items()}
    weights = steady_shares(scn.systems[system_id], GroupName(system_id, group_id), group, stages)
    total = sum(weights.values())
    if not 0 < total < math.inf:
        where = scn.where(f"{system_id}.groups.{group_id}.stock")
        raise PlanError(
            f"{where}: a stock of {group.stock.text} cannot be spread over stages that nobody "
            "leaves for good; give it by stage"
        )
    people = round(group.stock.value)
    exact = {name: people * weight / total for name, weight in weights.items()}
    whole = {name: math.floor(x) for name, x in exact.items()}
    by_rest = sorted(exact, key=lambda name: (whole[name] - exact[name], name))
    for name in by_rest[: people - sum(whole.values())]:
        whole[name] += 1
    return whole


def steady_shares(
    system: System, named: GroupName, group: Group, stages: dict[str, Stage]
) -> dict[str, float]:
    """Expected person-days in each stage in custody for one admission, returns included: in a
    steady state the population of a stage is in proportion to it (Little's law)."""
    mine = sorted(name for name in stages if names.read_group(name) == named)
    index = {name: i for i, name in enumerate(mine)}
    moves = np.zeros((len(mine), len(mine)))
    for name in mine:
        _, leaving = _lasting(stages[name])
        for to, share in leaving:
            moves[index[name], index[to]] += share
    start = np.zeros(len(mine))
    start[index[named.stage(pathways.entry(system.pathways[group.pathway]))]] = 1.0
    try:
        visits = np.linalg.solve(np.eye(len(mine)) - moves.T, start)
    except np.linalg.LinAlgError:  # a draw by which everybody returns for ever
        return {}
    return {
        names.read_stage(name).stage: visits[index[name]] * _lasting(stages[name])[0]
        for name in mine
        if stages[name].inside and visits[index[name]] > 1e-12
    }


def _lasting(stage: Stage) -> tuple[float, list[tuple[str, float]]]:
    """Mean days in a stage (infinite above a thousand years), and the share that goes on to each
    other stage. Credit is left out.

    With risks of hazard h in all a share L = E[exp(-h stay)] ends the stay, the rest is taken by a
    risk, and the mean is (1 - L) / h.
    """
    hazard = sum(risk.rate for risk in stage.risks)
    if hazard == 0:
        mean = stage.stay.mean_days()
        mean = mean if mean < 1000 * DAYS_A_YEAR else math.inf
        return mean, [(exit_.to, exit_.share) for exit_ in stage.exits if exit_.to]
    ended = mean_share_left(stays.table(stage.stay), hazard)
    onward = [(exit_.to, exit_.share * ended) for exit_ in stage.exits if exit_.to]
    taken = [(risk.to, risk.rate / hazard * (1 - ended)) for risk in stage.risks if risk.to]
    return (1 - ended) / hazard, onward + taken
