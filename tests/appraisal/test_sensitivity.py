"""What moves the answers of a run whose variance and turning point can be worked by hand."""

import warnings
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bedspace import ensemble, scenario
from bedspace.appraisal import Appraisal, Figure, Number, appraise
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.uncertainty.sensitivity import Moving
from bedspace.results import Comparison
from tests.cli.bad_files import GOOD

# Saved at the margin: place-days x (average x marginal share - 40 EUR), the share two-piece on
# 10, 25 and 60 %, the average on 60, 100 and 140 EUR. Half of the draws lie d below the value, half
# d above it, where d is triangular with its peak at 0: mean a third, mean square a sixth of the
# square of the longest. So the share's mean is 0.25 + (0.35 - 0.15) / 6 = 0.2833 and its variance
# (0.15^2 + 0.35^2) / 12 - 0.0333^2 = 0.01097; the average's are 100 and 266.7. Variance of the
# product: 109.7 + 21.4 + 2.9 = 134.1.
SHARES = {"homeland.costs.marginal": 0.818, "homeland.costs.average": 0.160}
AVERAGE = (
    "{value: 100 EUR / day, low: 60 EUR / day, high: 140 EUR / day, source: counted, "
    "grade: official}"
)
TEXT = GOOD.replace("average: 100 EUR / day", f"average: {AVERAGE}").replace(
    "facilities:\n      tower", "costs: {average: 20 EUR / day}\n    facilities:\n      tower"
)
ANSWER = "lease.saving.marginal.total"


def run(folder: Path, text: str, members: int) -> Appraisal:
    file = folder / "tiny.yaml"
    file.write_text(text, encoding="utf-8")
    pair = scenario.load(f"{file}#baseline"), scenario.load(str(file))
    return appraise(ensemble.compare(*pair, members, 1, 1, folder / "out"))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    return run(tmp_path_factory.mktemp("moved"), TEXT, 120)


def value(found: Appraisal, id_: str) -> float:
    given = found.figure(id_).value
    assert given is not None and not isinstance(given, str)
    return float(given)


def test_shares_are_those_worked_by_hand(found: Appraisal) -> None:
    for path, exact in SHARES.items():
        figure = found.figure(f"sensitivity.{ANSWER}.{path}")
        assert isinstance(figure.low, float) and isinstance(figure.high, float)
        assert figure.low - 0.05 < exact < figure.high + 0.05 and figure.high - figure.low < 0.4
        assert figure.inputs[0].id == ANSWER and figure.inputs[1].id == path


def test_how_much_rests_on_assumptions(found: Appraisal) -> None:
    """The share avoided has neither source nor note, the average cost is official."""
    parts = [value(found, f"sensitivity.{ANSWER}.{path}") for path in SHARES]
    assert value(found, f"sensitivity.{ANSWER}.assumed") == parts[0]
    assert value(found, f"sensitivity.{ANSWER}.given") == parts[1]
    assert value(found, f"sensitivity.{ANSWER}.explained") == pytest.approx(min(sum(parts), 1))


def test_the_table_says_which_way_and_on_what_evidence(found: Appraisal) -> None:
    table = next(t for t in found.section("sensitivity").tables if t.id == "sensitivity.moves")
    title = found.figure(ANSWER).title
    rows = {row[1]: row[3:] for row in table.rows if row[0] == title}
    assert rows["homeland.costs.marginal"] == ("raises it", "assumption")
    assert rows["homeland.costs.average"] == ("raises it", "official")
    (chart,) = found.section("sensitivity").charts
    drawn = {row["row"]: row["value"] for row in chart.rows if row["column"] == title}
    named = ("Homeland, costs, marginal", "Homeland, costs, average (with a source)")
    for name, path in zip(named, SHARES, strict=True):
        assert drawn[name] == pytest.approx(value(found, f"sensitivity.{ANSWER}.{path}"), abs=1e-4)
    assert len(drawn) == len(SHARES)


def test_the_sign_turns_where_the_saving_is_the_fee(found: Appraisal) -> None:
    """At an average of 100 EUR a share of 40 % pays the fee of 40."""
    at = value(found, f"sensitivity.{ANSWER}.turns.at")
    assert at == pytest.approx(0.40, abs=0.02)
    now = found.figure(f"sensitivity.{ANSWER}.turns.now")
    assert now.value == 0.25 and now.inputs[0].id == "homeland.costs.marginal"
    assert value(found, f"sensitivity.{ANSWER}.turns.move") == pytest.approx((at - 0.25) / 0.5)


@pytest.mark.parametrize(("step", "sign"), [(-0.03, -1), (0.03, 1)])
def test_a_run_with_that_value_confirms_it(
    found: Appraisal, tmp_path: Path, step: float, sign: int
) -> None:
    at = value(found, f"sensitivity.{ANSWER}.turns.at") + step
    text = TEXT.replace("{value: 25 %, low: 10 %, high: 60 %}", f"{100 * at:.4f} %")
    assert text != TEXT
    again = run(tmp_path, text.replace(AVERAGE, "100 EUR / day"), 4)
    assert value(again, ANSWER) * sign > 0


def test_a_verdict_of_the_law_is_never_asked_for(found: Appraisal) -> None:
    section = found.section("sensitivity")
    made = [f for t in section.tables for f in t.figures if f.id.startswith("sensitivity.")]
    assert made
    for figure in made:
        assert ".law." not in figure.id
        turned = [i for i in figure.inputs if ".turns." in figure.id and isinstance(i, Number)]
        assert not [n for n in turned if ".fee." in n.path or n.path.startswith("agreements")]


def test_values_by_member_make_the_mean(found: Appraisal) -> None:
    figure = found.figure(ANSWER)
    assert len(figure.by_member) == 120
    assert sum(map(float, figure.by_member)) / 120 == pytest.approx(value(found, ANSWER), abs=0.01)
    assert Figure("a", "A", 1, "", "f", figure.inputs, by_member=(1.0,)) == Figure(
        "a", "A", 1, "", "f", figure.inputs
    )


def test_with_few_members_it_cannot_be_told(leased: Appraisal) -> None:
    section = leased.section("sensitivity")
    assert not section.tables and not section.charts
    assert "fewer than 40 futures" in section.notes[0]


def test_what_differs_beyond_the_digits_of_a_float_does_not_vary(tiny: Comparison) -> None:
    """A third, and a third with one more in its 27th decimal, are one number as floats, which
    nothing can move."""
    figure = appraise(tiny).figure("population.homeland.2025-05-31.impact")
    ensemble_of = Ensemble(tiny)
    third = Decimal(1) / 3
    values = (third, third + Decimal("1e-27")) * (ensemble_of.members // 2)
    assert len(set(values)) == 2 and len({float(value) for value in values}) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Moving(ensemble_of).by(replace(figure, by_member=values)) == []
