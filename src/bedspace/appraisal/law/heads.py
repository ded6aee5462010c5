"""How many people of a group an agreement is about: the fewest, the most, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bedspace.appraisal.figures import making, words
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.members.members import Ensemble, counts
from bedspace.compile import plan
from bedspace.compile.names import GroupName
from bedspace.scenario import Scenario, pathways
from bedspace.scenario.model.agreements import Agreement


@dataclass(frozen=True)
class End:
    """One end of how many there may be: people, what that number is, and what must be noted."""

    people: float
    what: str
    note: str = ""

    @property
    def words(self) -> str:
        """As a formula has it: "637 people (the high end of the stock stated)"."""
        return f"{words.number(self.people, 'people')} people ({self.what})"


@dataclass(frozen=True)
class Heads:
    """People of a group in some of the eligible stages: the fewest and the most there may be."""

    least: End
    most: End
    figure: Figure


def heads(ensemble: Ensemble, agreement: str, on: date, group: str, stages: Sequence[str]) -> Heads:
    """People of a group in some of an agreement's eligible stages on the date of its law.

    Each end is the wider of two: what the scenario gives for the stock, at the share of it in these
    stages, and the 2.5th or 97.5th percentile of the baseline's futures in the month of the date
    (where that lies within the run). A percentile is no bound: its note says so.
    """
    terms = ensemble.scn.agreements[agreement]
    whole = set(stages) == set(terms.eligible.stages)
    where = "the eligible stages" if whole else making.listed(stages)
    part = "" if whole else f".{'.'.join(stages)}"
    low, high = _of_stock(ensemble.scn, terms.sending, group, stages)
    stock = ensemble.bases["scenario"].below(f"{terms.sending}.groups.{group}.stock")
    title = f"{group_title(ensemble.scn, terms, group)}, in {where} on {on}"
    id_ = f"{agreement}.law.{group}{part}.people"
    inputs: list[Input] = list(stock)
    values = _people(ensemble, terms.sending, on, group, stages)
    if values:
        told = f"people of {group} in {', '.join(stages)} in the baseline"
        counted = ensemble.bases["baseline"].simulated(
            f"{agreement}.run.{group}{part}.people", told, [terms.sending]
        )
        inputs.append(counted)
        formula = "mean of the month of the date in the baseline"
    else:
        values, formula = [(low + high) / 2], "middle of the stock given at the start"
    figure = making.figure(id_, title, "people", values, formula, inputs)
    return Heads(
        min(_given(low, low, high, where), _drawn(figure, "low"), key=lambda end: end.people),
        max(_given(high, low, high, where), _drawn(figure, "high"), key=lambda end: end.people),
        figure,
    )


def group_title(scn: Scenario, agreement: Agreement, group: str) -> str:
    """How a group of the sending system is shown."""
    return scn.systems[agreement.sending].groups[group].title or group


def _given(people: float, low: float, high: float, where: str) -> End:
    end = "" if low == high else "low end of the " if people == low else "high end of the "
    return End(people, f"the {end}stock stated, at its share in {where}")


def _drawn(figure: Figure, end: str) -> End:
    """An end that the run gives; where members do not differ there is one number and no range."""
    found = figure.low if end == "low" else figure.high
    if found is None:
        assert isinstance(figure.value, int | float)
        return End(float(figure.value), figure.formula)
    percentile, beyond = ("2.5th", "fewer") if end == "low" else ("97.5th", "more")
    return End(
        float(found),
        f"the {percentile} percentile of the baseline's futures",
        f"a percentile and no bound: one future in forty has {beyond}",
    )


def _of_stock(
    scn: Scenario, sending: str, group: str, stages: Sequence[str]
) -> tuple[float, float]:
    """Lowest and highest stock of some stages at the start."""
    people = scn.systems[sending].groups[group]
    stock = people.stock
    if stock is None:
        return 0.0, 0.0
    if isinstance(stock, dict):
        chosen = [stock[stage] for stage in stages if stage in stock]
        return (
            sum(q.value if q.low is None else q.low for q in chosen),
            sum(q.value if q.high is None else q.high for q in chosen),
        )
    named, sizes = GroupName(sending, group), {c.name: c.size for c in plan(scn).cohorts}
    everywhere = pathways.stages(scn.systems[sending].pathways[people.pathway])
    spread = {stage: sizes.get(named.stock(stage), 0) for stage in everywhere}
    whole = sum(spread.values())
    share = sum(spread.get(stage, 0) for stage in stages) / whole if whole else 0.0
    low = stock.value if stock.low is None else stock.low
    high = stock.value if stock.high is None else stock.high
    return low * share, high * share


def _people(
    ensemble: Ensemble, sending: str, on: date, group: str, stages: Sequence[str]
) -> list[float]:
    if not ensemble.base.start <= on < ensemble.base.end:
        return []
    query = (
        "SELECT member, sum(people_average) FROM baseline_stages "
        "WHERE system = $system AND group_name = $group AND list_contains($stages, stage) "
        "AND month = $month GROUP BY ALL"
    )
    where = {"system": sending, "group": group, "stages": list(stages)}
    asked = where | {"month": on.replace(day=1)}
    return counts(ensemble.comparison, query, ensemble.members, asked).get((), [])
