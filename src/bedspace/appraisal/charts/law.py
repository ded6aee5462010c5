"""From the people there to the places used, as a staircase."""

from __future__ import annotations

from bedspace.appraisal.charts import wording
from bedspace.appraisal.figures.tables import Chart, Datum
from bedspace.appraisal.law import funnel
from bedspace.appraisal.members.use import Use
from bedspace.compile import least_left

_LABELS = {
    "in-stock": "In custody, in the groups concerned",
    "eligible": "In a stage that may be sent",
    "time-left": "With at least {} days left",
    "lawful": "Not barred by the law on every route",
    "selected": "Selected",
    "consenting": "Who would consent",
    "used": "Held there on an average day",
}
_ALWAYS = ("in-stock", "lawful", "used")


def staircase(use: Use) -> Chart | None:
    """What each condition leaves of everybody; conditions that take nobody away are left out."""
    found = [(step.key, funnel.figure(use, i, "")) for i, step in enumerate(funnel.steps(use))]
    if not found or not all(wording.known(figure) for _, figure in found):
        return None
    shown, before = [], -1.0
    for key, figure in found:
        value = wording.amount(figure)
        # People sent in a year are a flow, and would be a step up among those that are there.
        if key != "placed" and (key in _ALWAYS or value != before):
            shown.append((key, figure))
        before = value
    if not use.agreement.routes:
        shown = [(key, figure) for key, figure in shown if key != "lawful"]
    rows: list[Datum] = []
    for key, figure in shown:
        low, high = wording.ends(figure)
        label = _LABELS[key].format(f"{least_left(use.agreement):,}")
        rows.append({
            "label": label,
            "text": wording.of(figure),
            "value": wording.amount(figure),
            "low": low,
            "high": high,
            "group": "",
        })  # fmt: skip
    told = dict(found)
    there, used = told["in-stock"], told["used"]
    within = told["time-left"]
    left = told["lawful"] if use.agreement.routes else within
    does = "the terms and the law leave" if use.agreement.routes else "the terms leave"
    title = (
        f"Of {wording.of(there)} people there, {does} {wording.of(left)}; "
        f"they fill {wording.of(used)} places"
    )
    if not wording.amount(left):
        title = f"The terms leave out all {wording.of(there)} people there"
        if wording.amount(within):
            title = f"The law bars all {wording.of(within)} people whom the terms allow"
    return Chart(
        f"{use.id}.funnel-steps",
        title,
        "bars",
        "",
        "people",
        tuple(rows),
        tuple(figure for _, figure in shown),
        f"{use.id}.funnel",
        (),
        f"Mean of {wording.futures(use.ensemble.members)}; line: what holds 95 % of them. Those "
        "held there include people who come into custody later.",
        "People who are left after each condition of the agreement",
        (there, within, left, used),
    )
