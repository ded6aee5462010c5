"""Which uncertain numbers move which answers, in one matrix."""

from __future__ import annotations

from bedspace.appraisal.charts import wording
from bedspace.appraisal.figures.figure import Figure
from bedspace.appraisal.figures.tables import Chart, Datum
from bedspace.appraisal.uncertainty.sensitivity import Answers, Moved
from bedspace.scenario import Scenario

COLUMNS, ROWS = 5, 10
"""Answers and numbers that are drawn at most: the signed answers, and the strongest numbers."""

_BOXES = ("groups", "facilities", "agreements", "pathways", "cohorts", "measures", "set", "flows")
"""Words of a path that only say what kind of thing follows."""


def matrix(scn: Scenario, found: Answers, members: int) -> Chart | None:
    """The share of each answer's variance that each number makes."""
    shown = [(answer, moved) for answer, moved in found if moved][:COLUMNS]
    if not shown:
        return None
    strongest: dict[str, float] = {}
    for _, moved in shown:
        for one in moved:
            strongest[one.path] = max(strongest.get(one.path, 0.0), _share(one))
    kept = sorted(strongest, key=lambda path: -strongest[path])[:ROWS]
    cells: list[Datum] = [
        {
            "row": f"{called(scn, one.path)}{'' if one.assumed else ' (with a source)'}",
            "column": _brief(answer.title),
            "value": round(_share(one), 4),
            "text": wording.percent(round(_share(one), 2)),
        }
        for path in kept
        for answer, moved in shown
        for one in moved
        if one.path == path
    ]
    # What is really avoided decides whether it pays: where it is known, the title is about it.
    answer, movers = next((one for one in shown if _is_first(one[0])), shown[0])
    most, what = movers[0], _brief(answer.title)
    share, name = wording.of(most.share), called(scn, most.path)
    start = f"{share} of the spread in {what[:1].lower()}{what[1:]} comes from"
    title = wording.shortest(f"{start} {name}", f"{start} one number")
    return Chart(
        "sensitivity.matrix",
        title,
        "matrix",
        "answer",
        "uncertain number",
        tuple(cells),
        tuple(one.share for _, moved in shown for one in moved if one.path in kept),
        "sensitivity.moves",
        (),
        "A number is an assumption where no source is named. Only what stands out from chance in "
        f"{wording.futures(members)} is shown; the table has the intervals.",
        "Share of each answer's variance that each uncertain number makes",
        (most.share,),
    )


def _share(one: Moved) -> float:
    return min(max(one.index.share, 0.0), 1.0)


def _is_first(answer: Figure) -> bool:
    return answer.id.endswith(("saving.marginal.total", "saving.short-run.total", ".marginal"))


def called(scn: Scenario, path: str) -> str:
    """A number of the scenario by its path, without the words that only say what follows."""
    parts = [part for part in path.split(".") if part not in _BOXES]
    named = [
        wording.system(scn, part) if part in scn.systems else part.replace("_", " ")
        for part in parts
    ]
    return ", ".join(name.replace("-", " ") for name in named)


def _brief(title: str) -> str:
    """An answer's title for the head of a column: without its day."""
    text = title.partition(" on 20")[0]
    return text.replace("Impact on the people held in", "People held in").partition(",")[0]
