"""What cannot be known from the scenario, each with its reason; and what it says in words only."""

from __future__ import annotations

from collections.abc import Iterator

from bedspace.appraisal.conditions import against_standards
from bedspace.appraisal.fee import bearing, payments, purposes
from bedspace.appraisal.figures import making
from bedspace.appraisal.figures.figure import Figure, Input
from bedspace.appraisal.figures.once import once
from bedspace.appraisal.figures.tables import Cell, Table
from bedspace.appraisal.law.verdicts import Legal, rule_of_finding
from bedspace.appraisal.members.use import Use
from bedspace.scenario import Quantity, Scenario
from bedspace.scenario.model.custody import Note

ALWAYS = (
    "Effects on crime, on reoffending and on deaths in custody are not modelled in this version. "
    "Moving somebody who is already held prevents no crime by itself.",
    "Conditions are as the sources state them. Nobody has inspected them for this appraisal.",
    "Intervals cover chance in people's paths and the ranges given to numbers. They do not cover "
    "numbers without a range, nor the possibility that the model is wrong.",
)


def table(use: Use, legal: Legal) -> Table:
    """Everything that the appraisal would need and the scenario does not give."""
    found = (
        *_burdens(use),
        *_counts(use),
        *_terms(use),
        *_undecided(legal),
        *_unmeasured(use),
        *_disputed(use),
    )
    rows: list[tuple[Cell, ...]] = [(figure.title, figure, figure.note) for figure in found]
    return Table(f"{use.id}.unknown", "What cannot be known", ("What", "Known", "Why"), tuple(rows))


def notes(scn: Scenario, agreement: str) -> Table | None:
    """What the scenario says of the agreement in words, with the sources."""
    found = scn.agreements[agreement].notes
    if not found:
        return None
    rows = tuple((note.text, _source(scn, note), note.grade or "") for note in found)
    return Table(
        f"{agreement}.notes",
        "Said of the agreement, and not computed with",
        ("Statement", "Source", "Grade"),
        rows,
    )


def _source(scn: Scenario, note: Note) -> str:
    return scn.sources[note.source].title if note.source in scn.sources else ""


@once
def _unknown(use: Use, key: str, title: str, why: str, inputs: tuple[Input, ...]) -> Figure:
    return making.unknown(f"{use.id}.unknown.{key}", title, "", why, inputs)


def _burdens(use: Use) -> Iterator[Figure]:
    path = f"agreements.{use.id}"
    fee = use.basis.below(f"{path}.fee") or use.basis.numbers([f"{path}.places"])
    unsaid = bearing.not_known(use)
    if "transport" in unsaid and "transport" not in purposes.purposes(use):
        yield _unknown(
            use,
            "transport",
            "Who pays for transport, and how much",
            "no part of the fee is for transport",
            fee,
        )
    borne = [risk for risk in payments.LIABILITIES if risk in unsaid]
    if borne:
        yield _unknown(
            use,
            "liabilities",
            f"Who bears {making.listed(borne)}",
            "the terms given do not say",
            fee,
        )
    yield _unknown(
        use,
        "treatment",
        "Whether the fee depends on how people are treated",
        "the fee given has no condition on treatment",
        fee,
    )


def _counts(use: Use) -> Iterator[Figure]:
    """Groups whose number is only known within bounds."""
    system = use.ensemble.scn.systems[use.agreement.sending]
    for group in use.agreement.eligible.groups:
        stock = system.groups[group].stock
        parts = stock.items() if isinstance(stock, dict) else [("", stock)]
        for stage, number in parts:
            if not isinstance(number, Quantity) or number.low is None or number.high is None:
                continue
            path = ".".join(
                p for p in (use.agreement.sending, "groups", group, "stock", stage) if p
            )
            name = system.groups[group].title or group
            why = f"no count; {number.low:,.0f} to {number.high:,.0f}"
            if number.note:
                why += f": {number.note}"
            yield _unknown(
                use,
                f"count.{group}{'.' + stage if stage else ''}",
                f"How many there are: {name}",
                why,
                use.basis.numbers([path]),
            )


def _terms(use: Use) -> Iterator[Figure]:
    agreement, path = use.agreement, f"agreements.{use.id}"
    dates = use.basis.numbers([f"{path}.from", f"{path}.until"])
    what = "brought back" if use.ended[1] == "return" else "let go"
    yield _unknown(
        use,
        "end",
        "What becomes of people at the end",
        f"the scenario says it in a word, and a word has no source: they are {what}",
        dates,
    )
    if agreement.in_force is None:
        yield _unknown(
            use,
            "in-force",
            "Whether it enters into force at all",
            "no probability is given; it is taken as certain",
            dates,
        )
    for key, word in (("selection", "pass selection"), ("consent", "consent")):
        if getattr(agreement, key) is None:
            yield _unknown(
                use,
                key,
                f"How many would {word}",
                "not given; everybody is taken to",
                use.basis.numbers([f"{path}.places"]),
            )
    if use.ensemble.scn.end < agreement.until and use.ended[0] > use.ensemble.scn.end:
        yield _unknown(
            use,
            "horizon",
            "What happens between the end of the simulation and the end of the term",
            f"the simulation ends before {agreement.until}",
            dates,
        )


def _undecided(legal: Legal) -> Iterator[Figure]:
    """Gates that nobody has decided, once each."""
    found = {
        finding.gate_id: finding
        for group in legal.groups
        for part in group.parts
        for of in part.routes
        for finding in of.real.findings
        if finding.status == "unsettled"
    }
    for gate, finding in found.items():
        yield making.unknown(
            f"{legal.id}.unknown.law.{gate.replace('/', '.')}",
            f"{finding.title} ({gate})",
            "",
            finding.words,
            [rule_of_finding(finding)],
        )


def _unmeasured(use: Use) -> Iterator[Figure]:
    """What a standard asks for and nobody states."""
    prefix = f"{use.agreement.receiving}.facilities.{use.agreement.facility}"
    missing = {
        check.standard.unless if check.measured else check.standard.measure
        for check in against_standards.checks(use, None)
        if check.meets is None
        and check.standard.direction is not None
        and check.standard.measure != "floor_area_per_person"
    }
    words = sorted(word.replace("_", " ") for word in missing if word)
    cells = against_standards.facility_of(use).cells
    if cells is None or cells.floor is None:
        words.append("floor area a person")
    if words:
        yield _unknown(
            use,
            "conditions",
            "Conditions that nobody states",
            f"asked by a standard and not given: {', '.join(words)}",
            use.basis.numbers([f"{prefix}.places"]),
        )


def _disputed(use: Use) -> Iterator[Figure]:
    """Numbers of the receiving system and the agreement for which others give another value."""
    mine = (
        f"{use.agreement.receiving}.facilities.",
        f"{use.agreement.receiving}.costs.",
        f"agreements.{use.id}.",
    )
    for path, entry in use.basis.ledger.items():
        if entry.disputed_by and path.startswith(mine):
            others = "; ".join(
                f"{d.text}{f' ({d.note})' if d.note else ''}" for d in entry.disputed_by
            )
            yield _unknown(
                use,
                f"disputed.{path}",
                f"Which is right: {path}",
                f"{entry.value} is used; others give {others}",
                use.basis.numbers([path]),
            )
