"""Recall until the sentence ends, from the file to the day of release, by hand."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from bedspace import compile as compiler
from bedspace import engine
from bedspace.exceptions import ScenarioError
from bedspace.scenario import load
from tests.compile.made import GROUP, USUAL, made, named, plan
from tests.scenario.files import written

RECALL = """
bedspace: 1
title: recall ends with the sentence
start: 2024-01-01
end: 2025-07-01
systems:
  home:
    groups:
      all: {admissions: {cumulative: {2024-01-01: 100}}, pathway: usual}
    pathways:
      usual:
        sentenced: {stay: {fixed: 200 d}, share: 50 %}
        recalled: {ends_with: sentenced}
        released: {returns: {share: 100 %, after: {fixed: 80 d}, to: recalled}}
    facilities: {a: {places: 200}}
"""
RETURNS = RECALL[RECALL.index("recalled: {") : RECALL.index("    facilities")]


def dates(tmp_path: Path, change: str, to: str) -> list[str]:
    """The dates on which all come in and go out, in turn."""
    assert change in RECALL
    scn = load(written(tmp_path, RECALL.replace(change, to)))
    inside = engine.simulate(compiler.plan(scn), 1, 0).population.sum(axis=1)
    assert set(inside.tolist()) <= {0, 100}
    moves = np.flatnonzero(np.diff(inside, prepend=0))
    return [str(scn.start + dt.timedelta(int(day))) for day in moves]


@pytest.mark.parametrize(
    ("change", "to", "moves"),
    [
        # Out on day 100 (April 10), recalled on day 180 (June 29), until day 200 (July 19).
        ("usual", "usual", ["2024-01-01", "2024-04-10", "2024-06-29", "2024-07-19"]),
        # The sentence ended 50 days before day 250.
        ("80 d", "150 d", ["2024-01-01", "2024-04-10"]),
        # 56 days from day 110 (April 20) on: until day 166 (June 15), and on licence until the end.
        (
            RETURNS,
            RETURNS.replace("{ends", "{stay: {fixed: 56 d}, ends").replace("80 d", "10 d"),
            ["2024-01-01", "2024-04-10", "2024-04-20", "2024-06-15", "2024-06-25", "2024-07-19"],
        ),
        # Days on licence do not count: 100 days are left on June 29, too: until October 7.
        (
            "{ends_with: sentenced}",
            "{ends_with: sentenced, licence_counts: false}",
            ["2024-01-01", "2024-04-10", "2024-06-29", "2024-10-07"],
        ),
    ],
)
def test_dates(change: str, to: str, moves: list[str], tmp_path: Path) -> None:
    found = dates(tmp_path, change, to)
    assert found[: len(moves)] == moves
    assert len(found) == len(moves)


def test_only_those_released_from_the_sentence_are_recalled() -> None:
    """Remand lets 30 % out. They had no sentence, so they do not return; the others may."""
    found = plan(
        {
            f"{USUAL}/recalled": "{ends_with: sentenced}",
            f"{USUAL}/released": "{returns: {share: 40 %, after: {fixed: 9 d}, to: recalled}}",
            f"{GROUP}/stock": "{sentenced: 100}",
        }
    )
    remand, sentenced, recalled, liberty = (
        named(found.stages, f"home/all/{name}")
        for name in ("remand", "sentenced", "recalled", "released, to return")
    )
    assert {exit_.to for exit_ in remand.exits} == {None, "home/all/sentenced"}
    for stage in (sentenced, recalled):
        assert [(e.share, e.to) for e in stage.exits] == [(0.6, None), (0.4, liberty.name)]
    assert sentenced.whole is not None
    assert recalled.ends_with == liberty.ends_with == sentenced.name


def test_a_measure_may_change_the_share_but_not_the_sentence() -> None:
    recalled = {
        f"{USUAL}/recalled": "{ends_with: sentenced}",
        f"{USUAL}/released": "{returns: {share: 40 %, after: {fixed: 9 d}, to: recalled}}",
        f"{GROUP}/stock": "{sentenced: 100}",
    }
    path = "home.pathways.usual.sentenced"
    made({**recalled, "measures": f"{{m: {{on: 2025-05-01, set: {{{path}.share: 40 %}}}}}}"})
    with pytest.raises(ScenarioError, match="the sentence of 'sentenced' changes"):
        to = f"{path}.stay.exponential.mean: 90 d"
        made({**recalled, "measures": f"{{m: {{on: 2025-05-01, set: {{{to}}}}}}}"})
