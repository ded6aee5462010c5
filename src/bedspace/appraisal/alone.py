"""A single run on a page of its own: people, places, and what holding them costs where that is
given. Nothing is compared, so nothing here is an impact."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bedspace.appraisal.answer import run as of_one
from bedspace.appraisal.charts import people as drawn
from bedspace.appraisal.charts import places as strips
from bedspace.appraisal.fee import payments
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.appraisal import Appraisal
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.tables import Cell, Section, Table
from bedspace.appraisal.members.members import Ensemble, counts, day_in_short, days_shown
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.people import full, held, places
from bedspace.appraisal.sender import costs, priced
from bedspace.results import Comparison, Run

_SIDE = "scenario"


def of_run(run: Run) -> Appraisal:
    """What a single run says of people, places and costs; its `baseline` is empty."""
    ensemble = Ensemble(Comparison(run.folder, run, run))
    scn, names = ensemble.scn, list(ensemble.scn.systems)
    spent = tuple(table for name in names for table in _costs(ensemble, name))
    uses = [Use(ensemble, name) for name in scn.agreements]
    paid = tuple(payments.table(use) for use in uses)
    sections = [
        Section(
            "population",
            "How many people are held",
            tuple(_people(ensemble, name) for name in names),
            tuple(
                chart
                for name in names
                if not (chart := drawn.months(ensemble, name, (_SIDE,))).is_flat
            ),
        ),
        _places(run, ensemble),
    ]
    if spent or paid:
        sections.append(Section("costs", "What it costs", (*spent, *paid)))
    day = day_in_short(scn)
    answers = [held.held(ensemble, name, day, _SIDE) for name in names]
    totals = [table.rows[-1][1] for table in spent]
    costing = {t.id.partition(".")[2]: f for t, f in zip(spent, totals, strict=True)}
    told = {name: figure for name, figure in costing.items() if isinstance(figure, Figure)}
    people = dict(zip(names, answers, strict=True))
    paying = [use for use in uses if payments.paid(use).value is not None]
    seen = full.of_run(run)
    return Appraisal(
        title=scn.title,
        scenario=f"{scn.name}#{scn.variant}" if scn.variant else scn.name,
        baseline="",
        members=ensemble.members,
        seed=run.seed,
        start=scn.start,
        end=scn.end,
        sections=tuple(sections),
        answer=of_one.answer(ensemble, people, told, seen, day, paying),
        answers=tuple(f.id for f in (*answers, *totals) if isinstance(f, Figure)),
        is_run=True,
    )


def _people(ensemble: Ensemble, system: str) -> Table:
    days = days_shown(ensemble.scn)
    return Table(
        f"population.{system}",
        f"People held in {_title(ensemble, system)}",
        ("At the end of", "People"),
        tuple((day.isoformat(), held.held(ensemble, system, day, _SIDE)) for day in days),
        held.NOTE,
        about=_title(ensemble, system),
        keys=tuple(day.isoformat() for day in days),
    )


def _places(run: Run, ensemble: Ensemble) -> Section:
    seen, scn = full.of_run(run), ensemble.scn
    ends = places.month_ends(scn.start, scn.end)
    charts = (strips.strip((seen,), scn, name, "places", ends, {}) for name in scn.systems)
    shown = tuple(chart for chart in charts if not chart.is_flat)
    return Section("places", "When places run out", (places.when_places_run_out(run),), shown)


def _costs(ensemble: Ensemble, system: str) -> Iterator[Table]:
    """Cost of holding a system's own people in its own places, by year, at the average cost of
    their groups; nothing where a group that is held has no cost in the one currency."""
    groups = tuple(ensemble.scn.systems[system].groups)
    currency = costs.currency(ensemble.scn, system, groups)
    found = counts(
        ensemble.comparison,
        "SELECT member, year(month), group_name, sum(person_days)::BIGINT "
        "FROM scenario_person_days WHERE system = $system AND holder = $system GROUP BY ALL",
        ensemble.members,
        {"system": system},
    )
    each = {
        (year, group): [_cost(ensemble, year, m, system, group, n) for m, n in enumerate(days)]
        for (year, group), days in found.items()
    }
    if currency is None or not each or any(None in values for values in each.values()):
        return
    years = sorted({year for year, _ in each})
    rows: list[tuple[Cell, ...]] = []
    for year in (*years, None):
        mine = [values for (when, _), values in each.items() if year in (when, None)]
        sums = [sum((c for c in one if c), Decimal(0)) for one in zip(*mine, strict=True)]
        figure = _figure(ensemble, system, currency, year, sums)
        rows.append((str(year or "All years"), figure))
    yield Table(
        f"costs.{system}",
        f"What holding its own people costs {_title(ensemble, system)}, at average cost",
        ("In", "Cost"),
        tuple(rows),
        "At the prices of each year where the scenario gives their year and an index, and else at "
        "those of its source. People held under an agreement elsewhere, and those whom others send "
        "here, are not in it.",
    )


def _cost(
    ensemble: Ensemble, year: int, member: int, system: str, group: str, days: float
) -> Decimal | None:
    """Cost of a group's person-days of a year at its average cost, as the member drew it and at the
    prices of that year."""
    if not days:
        return Decimal(0)
    each = costs.person_day(priced.drawn(ensemble, year)[member], system, group, "average")
    return None if each is None else each * int(days)


def _figure(
    ensemble: Ensemble, system: str, currency: str, year: int | None, values: list[Decimal]
) -> Figure:
    basis = ensemble.bases[_SIDE]
    paths = dict.fromkeys(
        path
        for group in ensemble.scn.systems[system].groups
        if (found := costs.paths_of(ensemble.scn, system, group))
        for path in (found.average, found.times)
        if path
    )
    days = basis.simulated(
        f"costs.{system}.days.run", f"person-days of {system} in its own facilities", [system]
    )
    return making.figure(
        f"costs.{system}.{year or 'run'}",
        f"Cost of holding its own people in {_title(ensemble, system)}, {year or 'over all years'}",
        currency,
        values,
        "person-days of each group x its average cost a person-day",
        [*priced.inputs(basis, paths), days],
    )


def _title(ensemble: Ensemble, system: str) -> str:
    return ensemble.scn.systems[system].title or system
