"""The answer's sentences: every number is a figure's, and the sign and the chance are those of its
futures, counted again here."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import bedspace as bs
from bedspace import results, scenario
from bedspace.appraisal import Appraisal, Figure, appraise, of_run, side_by_side
from bedspace.appraisal.answer import futures
from bedspace.appraisal.figures.answer import Answer
from bedspace.appraisal.figures.appraisal import figures_of
from bedspace.exceptions import RunError
from tests.appraisal.sentences import unexplained

REFORM = Path(__file__).with_name("reform.yaml")


def losing(found: Appraisal, id_: str) -> tuple[int, int, int]:
    """In how many futures a figure lies below nought, above it, and of how many."""
    values = [float(value) for value in found.figure(id_).by_member]
    return sum(v < 0 for v in values), sum(v > 0 for v in values), len(values)


def test_every_number_of_the_answer_is_a_figure_s(leased: Appraisal, granted: Appraisal) -> None:
    assert unexplained(leased, scenario.load("two-hundred-places")) == []
    assert unexplained(granted, scenario.load("cecot-offer#grant")) == []


def test_a_number_that_no_figure_has_is_seen(leased: Appraisal) -> None:
    """The test of the test: another amount, another count, another share."""
    answer = leased.answer
    for wrong in ("€12.3 m", "7 of 8", "88 %", "1,234 people"):
        first = replace(answer.sentence, text=f"{answer.sentence.text} It is {wrong}.")
        changed = replace(leased, answer=replace(answer, sentence=first))
        assert unexplained(changed, None), wrong


def test_the_sign_and_the_count_are_those_of_the_futures(
    leased: Appraisal, granted: Appraisal
) -> None:
    for found, id_ in (
        (leased, "lease.saving.long-run.total"),
        (granted, "offer.saving.marginal.total"),
    ):
        below, above, every = losing(found, id_)
        assert (below, above) == (every, 0)  # each of them loses
        text = found.answer.sentence.text
        assert "lose" in text and f"in all {every} simulated futures" in text
        assert "(too few to state a chance)" in text
        assert found.answer.sentence.figures[0].id == id_
        assert found.answer.sentence.figures[1].value == every


def test_what_happened_is_told_as_what_is(leased: Appraisal, granted: Appraisal) -> None:
    """252 people were held under the grant, so no open question of law is a condition of the loss;
    nobody has been held under the made-up lease."""
    assert granted.answer.sentence.text.startswith(
        "The United States loses money by holding people in El Salvador"
    )
    assert leased.answer.sentence.text.startswith(
        "Homeland would lose money by holding people in Neighbour"
    )


def test_powers_that_no_law_gives_are_a_condition_of_the_sentence(everyone: Appraisal) -> None:
    first = everyone.answer.sentence.text
    assert first.startswith(("Even if it had the legal powers it assumes", "If it had"))
    (who, *_) = everyone.answer.tiles
    assert "powers are assumed that no law gives" in " ".join(s.text for s in who.sentences)
    assert everyone.answer.rests_on.startswith("Rests on")
    assert "assumed legal power" in everyone.answer.rests_on


def test_without_a_fee_nothing_is_said_of_what_is_saved(tiny: results.Comparison) -> None:
    answer = appraise(tiny).answer
    assert "is not known: " in answer.sentence.text
    assert any(s.text.startswith("No fee is stated") for s in answer.grounds)
    assert answer.turns == ()


def test_a_change_without_an_agreement_is_told_in_people_places_and_money(tmp_path: Path) -> None:
    base = scenario.load(str(REFORM))
    made = bs.compare(f"{REFORM}#reform", base, replicates=4, seed=1, out=tmp_path / "out")
    found = appraise(made)
    answer = found.answer
    (change, counted) = answer.sentence.figures
    assert change.id.startswith("population.") and change.id.endswith(".impact")
    below = sum(float(value) < 0 for value in change.by_member)
    assert counted.value == max(below, len(change.by_member) - below)
    assert [tile.title for tile in answer.tiles] == ["People", "Places", "Money"]
    assert unexplained(found, base) == []
    alone = of_run(made.scenario)
    assert "would hold" in alone.answer.sentence.text
    assert unexplained(alone, base) == []


def test_agreements_side_by_side_say_in_how_many_a_day_used_cost_more() -> None:
    names = ("norway-netherlands", "wyoming-mississippi")
    made = side_by_side([bs.run(name, replicates=2, seed=1) for name in names])
    over = [made.figure(f"{id_}.common.over-headline") for id_ in ("norgerhaven",)]
    assert float(str(over[0].value)) > 1.2  # transport and empty places beside the rent
    assert made.answer.sentence.text.startswith("In 1 of the 2 agreements")
    assert unexplained(made, None) == []


def test_it_is_the_first_thing_in_json_and_its_figures_can_be_explained(leased: Appraisal) -> None:
    told = json.loads(leased.to_json())
    answer = told["answer"]
    assert answer["question"] == "Does holding people in Neighbour save Homeland money?"
    assert answer["sentence"]["text"] == leased.answer.sentence.text
    every = [answer["sentence"], *answer["grounds"], *answer["turns"], *answer["unknown"]]
    every += [one for tile in answer["tiles"] for one in tile["sentences"]]
    ids = {id_ for one in every for id_ in one["figures"]}
    assert ids and ids <= told["figures"].keys()
    assert "lease.saving.long-run.total.futures.lose" in ids - figures_of(leased.sections).keys()
    assert answer["rests_on"] == leased.answer.rests_on
    assert 1 <= len(answer["grounds"]) <= 5 and len(answer["turns"]) <= 3


def test_in_python_it_shows_its_sentence_and_prints_the_whole(leased: Appraisal) -> None:
    answer = leased.answer
    assert repr(answer) == f"<Answer: {answer.sentence.text}>"
    assert answer.sentence.text in " ".join(repr(leased).split())
    question, first, *rest = str(answer).splitlines()
    assert (question, first) == (answer.question, answer.sentence.text)
    assert rest[-1] == answer.rests_on
    told = "\n".join(rest)
    assert all(one.text in told for one in answer.sentences[1:])


# --- chances by hand ----------------------------------------------------------------------------


def of(values: list[float]) -> Figure:
    number = scenario_number()
    return Figure("x.saving", "Saving", 0.0, "EUR", "made up", (number,), by_member=tuple(values))


def scenario_number() -> Figure:
    from bedspace.appraisal import Number

    return Figure("n", "N", 1.0, "", "given", (Number("a.b", 1.0, "", "A source", "official"),))


@pytest.mark.parametrize(
    ("below", "above", "most", "word", "ending"),
    [
        (60, 0, "lose", "", "in all 60 simulated futures"),
        (52, 8, "lose", "probably", "in 52 of 60 simulated futures"),  # 86.7 %
        (54, 6, "lose", "very probably", "in 54 of 60 simulated futures"),  # 90 %
        (99, 1, "lose", "almost certainly", "in 99 of 100 simulated futures"),  # 99 %
        (39, 61, "save", "", "in 61 of 100 simulated futures"),  # 61 %: as likely as not
        (10, 50, "save", "probably", "in 50 of 60 simulated futures"),
        (2, 1, "lose", "", "in 2 of 3 simulated futures (too few to state a chance)"),
        (1, 0, "lose", "", "in the only one (no chance can be stated)"),
    ],
)
def test_a_chance_is_a_word_and_always_a_count(
    below: int, above: int, most: str, word: str, ending: str
) -> None:
    values = [-1.0] * below + [1.0] * above
    found = futures.sides(of(values), values, "lose", "save", len(values))
    assert (found.most, found.word, found.ending) == (most, word, ending)
    assert found.even is (word == "" and below + above >= 40 and min(below, above) > 0)
    assert found.counted[0].value == max(below, above)
    assert not found.rarely


def test_what_few_do_is_not_as_likely_as_what_fewer_do() -> None:
    """45 of 100 lose and 5 save: in half of them there is neither, so no side is likely."""
    values = [-1.0] * 45 + [1.0] * 5 + [0.0] * 50
    found = futures.sides(of(values), values, "lose", "save", 100)
    assert (found.most, found.word, found.even, found.rarely) == ("lose", "", False, True)


def test_half_of_few_futures_is_no_chance() -> None:
    found = futures.sides(of([-1.0, 1.0]), [-1.0, 1.0], "lose", "save", 2)
    assert found.even and found.few and found.word == ""
    assert found.ending == "in 1 of 2 simulated futures (too few to state a chance)"
    both = futures.sides(of([-1.0, -2.0]), [-1.0, -2.0], "lose", "save", 2)
    assert both.ending == "in both simulated futures (too few to state a chance)"


def test_futures_in_which_it_is_not_in_force_are_told_apart() -> None:
    values = [-1.0] * 30 + [1.0] * 12
    found = futures.sides(of(values), values, "lose", "save", 60, "in which it enters into force")
    assert found.ending == (
        "in 30 of the 42 simulated futures, of 60, in which it enters into force"
    )
    assert found.word == "probably"  # 71 %


def test_where_every_future_is_at_nought_nothing_is_counted() -> None:
    assert futures.sides(of([0.0] * 50), [0.0] * 50, "lose", "save", 50).counted == ()


# --- all that is shipped -------------------------------------------------------------------------


def _answered(name: str) -> tuple[Appraisal, str]:
    scn = scenario.load(name)
    if "baseline" not in scn.variants:
        return of_run(bs.run(name, replicates=2, seed=1)), name
    try:
        return appraise(bs.compare(name, "baseline", replicates=2, seed=1)), name
    except RunError:
        return of_run(bs.run(name, replicates=2, seed=1)), name


@pytest.mark.slow
@pytest.mark.parametrize("name", bs.names())
def test_every_number_of_every_shipped_answer_is_a_figure_s(name: str) -> None:
    found, asked = _answered(name)
    assert unexplained(found, scenario.load(asked)) == []
    answer: Answer = found.answer
    assert len(answer.grounds) <= 5 and len(answer.turns) <= 3 and len(answer.unknown) <= 3
    words = " ".join(one.text for one in answer.sentences)
    for banned in ("member", "gate", "corridor", "the run", "closed", "hump"):
        assert not re.search(rf"\b{banned}s?\b", words), banned
    assert not re.search(r"(?<!\w)-[$€£]?\d", words)  # signs are words
