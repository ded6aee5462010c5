"""Real agreements side by side, in one currency and price year: prices, use, transport, ramp, who
could be sent, where each stands; those that hold people for other reasons apart; and a claim set
beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedspace.appraisal.answer import beside
from bedspace.appraisal.charts import wording
from bedspace.appraisal.comparison import comparable
from bedspace.appraisal.fee import payments
from bedspace.appraisal.figures.appraisal import Appraisal
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.tables import Cell, Chart, Datum, Section, Table
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.exceptions import BedspaceError
from bedspace.results import Comparison, Run
from bedspace.rules import countries
from bedspace.scenario import Scenario
from bedspace.scenario.model.custody import Note
from bedspace.scenario.model.scenario import Compared

MONTHS = 24
"""Months that the chart of how agreements filled shows."""

_NOTE = (
    "Each agreement as it was used, or as planned where it has not begun. Figures are simulated, "
    "not observed, unless they say so. Prices cover what each fee covers, which differs; the "
    "notes of each scenario say what is left out."
)

_BEYOND = (
    "The table has agreements that were made, not offers, so it cannot show whether an offer on "
    "the same terms was ever made. It shows that countries have held other countries' prisoners "
    "for payment before, which prisoners, and on what terms. Whether that makes the claim wrong "
    "depends on how the claim is read."
)


@dataclass(frozen=True)
class RealAgreement:
    """One agreement of one run."""

    use: Use
    compared: Compared

    @property
    def scn(self) -> Scenario:
        """Its scenario."""
        return self.use.ensemble.scn

    @property
    def title(self) -> str:
        """Whose prisoners, and where: by country or state of one, and within it by system."""
        ends = [self.scn.systems[end] for end in self._ends]
        if len(set(self._countries)) == 2:
            named = [countries.title(id_) for id_ in self._countries]
        else:
            named = [s.title or end for s, end in zip(ends, self._ends, strict=True)]
        title = " in ".join(named)
        return title[:1].upper() + title[1:]

    @property
    def between_countries(self) -> bool:
        """Whether sender and receiver are different countries, not states of one."""
        return len({countries.nation(countries.country(id_)) for id_ in self._countries}) == 2

    @property
    def _countries(self) -> tuple[str, str]:
        sending, receiving = (self.scn.systems[end].country or end for end in self._ends)
        return sending, receiving

    @property
    def _ends(self) -> tuple[str, str]:
        return self.use.agreement.sending, self.use.agreement.receiving


def side_by_side(runs: Sequence[Run]) -> Appraisal:
    """What the agreements of these runs come to beside each other, by the day they began.

    Raises BedspaceError when a scenario is not marked to be compared or has no agreement, and when
    two agreements have one id.
    """
    rows = sorted(
        (row for run in runs for row in _rows(run)),
        key=lambda row: (row.use.agreement.from_, row.use.id),
    )
    if not rows:
        raise BedspaceError("there is no agreement to compare")
    ids = [row.use.id for row in rows]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    if twice:
        raise BedspaceError(f"two agreements to compare are called {twice[0]!r}; rename one")
    main = [row for row in rows if row.compared.among == "agreements"]
    apart = [row for row in rows if row.compared.among == "apart"]
    sections = [
        *(_section("agreements", "Agreements on prison places", main) if main else ()),
        *(
            _section("apart", "Compared apart: other people, held for other reasons", apart)
            if apart
            else ()
        ),
        *_claim(rows),
    ]
    return Appraisal(
        title="Real agreements side by side",
        scenario="agreements",
        baseline="",
        members=min(run.members for run in runs),
        seed=runs[0].seed,
        start=min(row.scn.start for row in rows),
        end=max(row.scn.end for row in rows),
        sections=tuple(sections),
        answer=beside.answer([_beside(row) for row in main or rows], comparable.base()),
    )


def _beside(row: RealAgreement) -> beside.Row:
    return beside.Row(
        row.title,
        comparable.over_headline(row.use),
        comparable.price_used(row.use),
        payments.occupancy(row.use),
    )


def _rows(run: Run) -> list[RealAgreement]:
    marked = run.scenario.compared
    if marked is None:
        raise BedspaceError(
            f"{run.scenario.name} is not marked as a real agreement: it has no compared"
        )
    ensemble = Ensemble(Comparison(run.folder, run, run))
    return [RealAgreement(Use(ensemble, id_), marked) for id_ in run.scenario.agreements]


def _section(id_: str, title: str, rows: Sequence[RealAgreement]) -> tuple[Section, ...]:
    common = Table(
        f"{id_}.common",
        f"{title}: prices in {comparable.base()}",
        (
            "Agreement",
            "Headline price",
            "Price of a place-day used",
            "Used of the places available",
            "Transport share of the cost",
            "Months to 90 % of its peak",
            "Share who could be sent",
            "Where it stands",
        ),
        tuple(_common_row(row) for row in rows),
        _NOTE,
    )
    own = Table(
        f"{id_}.own",
        "The same as invoiced, each in its own currency",
        (
            "Agreement",
            "Term",
            "Places",
            "Headline price",
            "Used",
            "Used / headline",
            "Place-days used",
            "Used of what was agreed",
        ),
        tuple(_own_row(row) for row in rows),
        "A term to come, or one that continues after the simulation, is invoiced for the "
        "days of the simulation.",
    )
    words = Table(
        f"{id_}.words",
        "What was promised, what was paid, who could be sent, how it ended",
        ("Agreement", "Promised", "Paid", "Eligible", "Ended"),
        tuple(_words_row(row) for row in rows),
        "In our words, after the source named; nothing is computed from them.",
    )
    charts = [_prices(id_, rows), _shares(id_, rows), _filling(id_, rows)]
    drawn = tuple(one for one in charts if one is not None)
    return (Section(id_, title, (common, own, words), drawn),)


def _common_row(row: RealAgreement) -> tuple[Cell, ...]:
    use = row.use
    return (
        row.title,
        comparable.headline(use),
        comparable.price_used(use),
        payments.occupancy(use),
        comparable.transport(use),
        comparable.ramp(use),
        comparable.eligible(use),
        row.compared.state,
    )


def _own_row(row: RealAgreement) -> tuple[Cell, ...]:
    use = row.use
    agreement = use.agreement
    places = use.basis.number(f"agreements.{use.id}.places")
    said = Figure(
        f"{use.id}.common.places",
        "Places agreed",
        agreement.places.value,
        "places",
        "as agreed",
        (places,),
    )
    return (
        row.title,
        f"{agreement.from_} to {agreement.ended[0]}",
        said,
        payments.announced(use),
        payments.price_used(use),
        comparable.over_headline(use),
        payments.place_days(use),
        None if agreement.from_ < row.scn.start else payments.taken_up(use),
    )


def _words_row(row: RealAgreement) -> tuple[Cell, ...]:
    notes = (getattr(row.compared, key) for key in ("promised", "paid", "eligible", "ended"))
    return (row.title, *(_said(row.scn, note) for note in notes))


def _said(scn: Scenario, note: Note) -> str:
    """A statement with who says it."""
    source = scn.sources.get(note.source or "")
    who = f"{source.publisher}, {source.date or 'undated'}" if source else "no source"
    return f"{note.text} ({who}; {note.grade or 'not graded'})"


def _prices(id_: str, rows: Sequence[RealAgreement]) -> Chart | None:
    pairs = [(r.title, comparable.headline(r.use), comparable.price_used(r.use)) for r in rows]
    both = [(a, b) for _, a, b in pairs if wording.known(a) and wording.known(b)]
    more = sum(wording.amount(used) > wording.amount(headline) for headline, used in both)
    return _bars(
        f"{id_}.prices",
        f"A day used costs more than announced in {more} of {len(both)} agreements",
        "Headline price and price of a place-day used",
        [
            (title, group, figure)
            for title, headline, used in pairs
            for group, figure in (("announced", headline), ("used", used))
        ],
        f"a place-day, {comparable.base()}",
        f"{id_}.common",
        [figure for pair in both for figure in pair],
    )


def _shares(id_: str, rows: Sequence[RealAgreement]) -> Chart | None:
    made = [
        (row.title, name, figure)
        for row in rows
        for name, figure in (
            ("places used", payments.occupancy(row.use)),
            ("transport of the cost", comparable.transport(row.use)),
            ("who could be sent", comparable.eligible(row.use)),
        )
    ]
    used = sorted(
        (f for _, name, f in made if name == "places used" and wording.known(f)),
        key=wording.amount,
    )
    if not used:
        return None
    first, last = wording.of(used[0]), wording.of(used[-1])
    return _bars(
        f"{id_}.shares",
        f"Agreements used {first} to {last} of the places they had",
        "Shares of places used, of transport in the cost, and of people who could be sent",
        made,
        "share",
        f"{id_}.common",
        [used[0], used[-1]],
    )


def _bars(
    id_: str,
    title: str,
    subject: str,
    made: Sequence[tuple[str, str, Figure]],
    unit: str,
    table: str,
    told: Sequence[Figure],
) -> Chart | None:
    known = [
        (label, group, f, float(f.value))
        for label, group, f in made
        if isinstance(f.value, int | float | Decimal)
    ]
    if not known:
        return None
    rows: list[Datum] = [
        {
            "label": label,
            "text": wording.percent(value) if unit == "share" else f"{value:,.0f}",
            "value": round(value, 4),
            "group": group,
        }
        for label, group, _, value in known
    ]
    chart = Chart(
        id_,
        title,
        "bars",
        "",
        unit,
        tuple(rows),
        tuple(f for _, _, f, _ in known),
        table,
        (),
        "What is not known has no bar.",
        subject if unit == "share" else f"{subject}, {unit}",
        tuple(told),
    )
    return None if chart.is_flat else chart


def _filling(id_: str, rows: Sequence[RealAgreement]) -> Chart | None:
    points: list[Datum] = []
    ramps: list[Figure] = []
    for row in rows:
        found = comparable.filling(row.use, MONTHS)
        points += [{"x": month, "y": 100 * share, "group": row.title} for month, share in found]
        ramps += [comparable.ramp(row.use)] if found else []
    known = sorted((ramp for ramp in ramps if wording.known(ramp)), key=wording.amount)
    if not points or not known:
        return None
    first, last = (wording.count(wording.amount(ramp)) for ramp in (known[0], known[-1]))
    chart = Chart(
        f"{id_}.filling",
        f"Agreements took {first} to {last} months to hold 90 % of their most people",
        "line",
        "months since the start",
        "% of the places agreed",
        tuple(points),
        tuple(ramps),
        f"{id_}.common",
        note="Means of the futures. What began before its run is not drawn.",
        subject=f"People held, % of the places agreed, in the first {MONTHS} months",
        told=(known[0], known[-1]),
    )
    return None if chart.is_flat else chart


def _claim(rows: Sequence[RealAgreement]) -> tuple[Section, ...]:
    """A claim that something was never done before, beside what began earlier in this table."""
    found = next(
        ((row, said) for row in rows for said in row.scn.context if said.never_before), None
    )
    if found is None:
        return ()
    claimant, said = found
    day = claimant.use.agreement.from_
    earlier = [
        row
        for row in rows
        if row.between_countries
        and row.use.agreement.from_ < day
        and row.compared.among == "agreements"
    ]
    source = claimant.scn.sources.get(said.source or "")
    quote = f' ("{said.quote}")' if said.quote else ""
    inputs = [row.use.basis.number(f"agreements.{row.use.id}.from") for row in (claimant, *earlier)]
    count = Figure(
        "claim.earlier",
        "Agreements between two countries, in the table above, that began earlier",
        len(earlier),
        "agreements",
        f"counted: from before {day}",
        tuple(inputs),
        note="; ".join(f"{row.title}, {row.use.agreement.from_}" for row in earlier),
    )
    table = Table(
        "claim.table",
        "A claim, and what the table above shows",
        ("What is said", "By whom", "Began earlier", "Which"),
        ((f"{said.statement}{quote}", source.title if source else "", count, count.note),),
        _BEYOND,
    )
    return (Section("claim", "A claim set beside them", (table,)),)
