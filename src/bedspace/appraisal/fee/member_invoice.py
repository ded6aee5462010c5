"""The invoice of one member's run, with what each part of it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bedspace.appraisal.fee import invoices, payments, restated
from bedspace.appraisal.fee.restated import Way
from bedspace.appraisal.figures.figure import Figure, Input, Stamp
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.exceptions import RunError
from bedspace.results import Comparison, Run
from bedspace.rules import fees
from bedspace.scenario.reading.faults import advise


@dataclass(frozen=True)
class MemberInvoice:
    """What is invoiced for one member's use of an agreement. `chosen` says how the member was
    chosen and `restated` by what it was restated, in that order, if it is not as the fee is
    written."""

    use: Use
    member: int
    chosen: str
    invoice: fees.Invoice
    restated: tuple[Way, ...] = ()

    @cached_property
    def parts(self) -> tuple[Figure, ...]:
        """What each part of the fee comes to, in the order of the schedule."""
        return tuple(self._part(item) for item in range(len(self.use.agreement.fee)))

    @property
    def told_in(self) -> str:
        """In what currency or prices it is, in words; empty where as the fee is written."""
        return ", ".join(way.words for way in self.restated)

    @cached_property
    def total(self) -> Figure:
        """The sum of all lines."""
        return Figure(
            f"{self.use.id}.invoice.total",
            f"Total of the invoice of future {self.member}",
            self.invoice.total,
            self.invoice.currency,
            "the sum of the lines",
            self.parts,
            note=self.told_in,
        )

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """Everything that any line rests on."""
        return self.total.stamps

    @cached_property
    def _levels(self) -> tuple[Input, ...]:
        return tuple(number for way in self.restated for number in self.use.basis.below(way.path))

    def _part(self, item: int) -> Figure:
        part = self.use.agreement.fee[item]
        return Figure(
            f"{self.use.id}.invoice.part-{item}",
            part.label or part.kind,
            self.invoice.of_item(item),
            self.invoice.currency,
            "the sum of its lines",
            (*inputs_of(self.use, item), *self._levels),
        )


def inputs_of(use: Use, item: int) -> tuple[Input, ...]:
    """What one part of a fee rests on: its prices, its index, the dates, the places, the run. An
    invoice goes about alone, so each part also names the gates by which anybody is sent at all."""
    part, path = use.agreement.fee[item], f"agreements.{use.id}"
    found: list[Input] = [
        *use.basis.gates(use.id),
        *use.basis.taken[use.id],
        *use.basis.below(f"{path}.fee.{item}"),
        *use.basis.numbers((f"{path}.from", f"{path}.until")),
        *use.basis.below(f"{path}.early_end"),
    ]
    if isinstance(part.indexed, str):
        found += use.basis.below(f"indices.{part.indexed}")
    if use.agreement.ends_early is not None:
        found += use.basis.numbers([f"{path}.ends_early.on"])
    kind = fees.PARTS[part.kind]
    if kind.hangs_on_places:
        found += [use.basis.number(f"{path}.places"), *use.basis.below(f"{path}.ramp")]
    if kind.hangs_on_use:
        found.append(payments.place_days(use))
    return tuple(found)


def invoice(
    made: Run | Comparison,
    agreement: str | None = None,
    member: int | None = None,
    currency: str | None = None,
    purchasing_power: bool = False,
    real: bool = False,
) -> MemberInvoice:
    """The invoice for one member's use of an agreement, in a run or in a comparison's scenario.

    Without `agreement` the only one; without `member` the one whose total is the middle one (the
    lower of two) of those in which it is in force. `currency` converts it line by line by the
    scenario's `exchange`, or by its `purchasing_power`; `real` restates it in the scenario's
    `prices`. Raises RunError when there is no such agreement, member, fee, rate or deflator.
    """
    comparison = made if isinstance(made, Comparison) else Comparison(made.folder, made, made)
    ensemble = Ensemble(comparison)
    use = Use(ensemble, _agreement(ensemble, agreement))
    if not use.agreement.fee:
        raise RunError(f"{use.id} states no fee, so there is nothing to invoice")
    number, chosen = _member(use, member)
    found = invoices.of(use)[number]
    if found is None:
        raise RunError(f"{use.id} is not in force in future {number}; choose another")
    known = {(way.kind, way.currency): way for way in restated.ways(use)}
    asked: list[tuple[restated.Kind, str]] = [("real", found.currency)] if real else []
    if currency is not None and currency != found.currency:
        asked.append(("ppp" if purchasing_power else "in", currency))
    for kind, into in asked:
        if (kind, into) not in known:
            raise RunError(_no_way(kind, found.currency, into))
        found = known[kind, into].restate(ensemble.drawn[number], found)
    return MemberInvoice(use, number, chosen, found, tuple(known[one] for one in asked))


def _no_way(kind: restated.Kind, of: str, into: str) -> str:
    if kind == "real":
        return f"the scenario gives no deflator of {of} under prices"
    return f"the scenario gives no rate of {of} to {into} under {restated.TABLES[kind]}"


def _agreement(ensemble: Ensemble, asked: str | None) -> str:
    known = list(ensemble.scn.agreements)
    if asked is None and len(known) == 1:
        return known[0]
    if not known:
        raise RunError("the scenario has no agreement, so nothing is invoiced")
    if asked is None:
        raise RunError(f"there are several agreements: name one of {', '.join(known)}")
    if asked not in known:
        raise RunError(f"there is no agreement {asked!r}; {advise(asked, known, 'agreements')}")
    return asked


def _member(use: Use, asked: int | None) -> tuple[int, str]:
    members = use.ensemble.members
    if asked is not None:
        if not 0 <= asked < members:
            raise RunError(f"there is no future {asked}; they are 0 to {members - 1}")
        return asked, "as asked"
    there = sorted((invoices.totals(use)[m], m) for m in range(members) if use.in_force[m])
    if not there:
        raise RunError(f"{use.id} is in force in no future, so nothing is invoiced")
    chosen = there[(len(there) - 1) // 2][1]
    return chosen, f"the one whose total is the middle one of {len(there)}"
