"""Stays and exits: every law, what measures set by path, the split of those who come back."""

import math

import numpy as np
import pytest

from bedspace.compile.names import GroupName
from bedspace.compile.stays import LAWS as LAWS_BY_KEY
from bedspace.compile.stays import exits_of, law_of, stage_law
from bedspace.engine import Exit, stays
from bedspace.scenario import Quantity, paths, with_values
from bedspace.scenario.model.stays import Stay
from tests.compile.made import GROUP, USUAL, made, named, plan

PATH = "home.pathways.usual.sentenced"

ALL = GroupName("home", "all")


def stay_of(text: str) -> Stay:
    stage = made({f"{USUAL}/sentenced": f"{{stay: {text}}}", f"{GROUP}/stock": None})
    stay = stage.systems["home"].pathways["usual"]["sentenced"].stay
    assert stay is not None
    return stay


def number(value: float, low: float | None = None, high: float | None = None) -> Quantity:
    return Quantity(value, "d", low, high)


LAWS = {
    "exponential: {mean: 60 d}": stays.Exponential(60),
    "lognormal: {mean: 2 year, sigma: 1.2}": stays.Lognormal(730.5, 1.2),
    "weibull: {mean: 2 weeks, shape: 0.5}": stays.Weibull(14, 0.5),
    "gamma: {mean: 90 d, shape: 3}": stays.Gamma(90, 3),
    "fixed: 30 d": stays.Fixed(30),
    "indefinite: true": stays.Never(),
    "piecewise: [{until: 30 d, rate: 2 % / day}, {until: 2 year, rate: 7 % / week}, "
    "{rate: 0.5 % / day}]": stays.Piecewise(
        # A share s of those there within n days: -ln(1 - s) / n.
        (
            (30, -math.log1p(-0.02)),
            (730.5, -math.log1p(-0.07) / 7),
            (math.inf, -math.log1p(-0.005)),
        )
    ),
    "quantiles: {50 %: 20 d, 0 %: 0 d, 100 %: 900 d, 0.75: 30 d}": stays.Empirical(
        ((0, 0), (0.5, 20), (0.75, 30), (1, 900))
    ),
    "mixture: [{share: 90 %, stay: {fixed: 1 d}}, "
    "{share: 10 %, stay: {gamma: {mean: 9 d, shape: 2}}}]": stays.Mixture(
        ((0.9, stays.Fixed(1)), (0.1, stays.Gamma(9, 2)))
    ),
}


@pytest.mark.parametrize("text", LAWS)
def test_every_law(text: str) -> None:
    found, wanted = law_of(stay_of(f"{{{text}}}"), "x.stay", {}), LAWS[text]
    assert type(found) is type(wanted)
    assert found.mean_days() == pytest.approx(wanted.mean_days())
    if isinstance(wanted, stays.Mixture):
        assert isinstance(found, stays.Mixture)
        assert [law for _, law in found.parts] == [law for _, law in wanted.parts]
        assert [share for share, _ in found.parts] == pytest.approx([0.9, 0.1])
    elif isinstance(wanted, stays.Piecewise):
        assert isinstance(found, stays.Piecewise)
        assert np.array(found.hazards) == pytest.approx(np.array(wanted.hazards))
    else:
        assert found == wanted


def test_every_key_of_a_stay_has_its_law() -> None:
    assert set(LAWS_BY_KEY) == set(Stay.model_fields)
    assert {text.partition(":")[0] for text in LAWS} == set(Stay.model_fields)


def test_a_rate_of_a_piece_is_the_share_that_leaves_in_its_time() -> None:
    """35 % a week for 26 weeks: of 10,000 people 0.65 ** n are left after n weeks, as under a risk
    of the same share a week."""
    pieces = "{until: 26 weeks, rate: 35 % / week}, {rate: 1 % / day}"
    law = law_of(stay_of(f"{{piecewise: [{pieces}]}}"), "x", {})
    left = np.exp(law.log_survival(np.array([7.0, 14.0, 70.0])))
    assert left == pytest.approx([0.65, 0.65**2, 0.65**10])
    month = law_of(stay_of("{piecewise: [{rate: 20 % / month}]}"), "x", {})
    assert np.exp(month.log_survival(np.array([365.25]))) == pytest.approx(0.8**12)


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        ("exponential: {mean: 60 d}", "exponential.mean", stays.Exponential(7)),
        ("lognormal: {mean: 60 d, sigma: 1}", "lognormal.mean", stays.Lognormal(7, 1)),
        ("lognormal: {mean: 60 d, sigma: 1}", "lognormal.sigma", stays.Lognormal(60, 7)),
        ("weibull: {mean: 60 d, shape: 1}", "weibull.mean", stays.Weibull(7, 1)),
        ("weibull: {mean: 60 d, shape: 1}", "weibull.shape", stays.Weibull(60, 7)),
        ("gamma: {mean: 60 d, shape: 1}", "gamma.shape", stays.Gamma(60, 7)),
        ("fixed: 60 d", "fixed", stays.Fixed(7)),
        (
            "piecewise: [{until: 9 d, rate: 2 % / day}, {rate: 1 % / day}]",
            "piecewise.0.until",
            stays.Piecewise(((7, -math.log1p(-0.02)), (math.inf, -math.log1p(-0.01)))),
        ),
        (
            "mixture: [{share: 50 %, stay: {fixed: 1 d}}, {share: 50 %, stay: {fixed: 2 d}}]",
            "mixture.1.stay.fixed",
            stays.Mixture(((0.5, stays.Fixed(1)), (0.5, stays.Fixed(7)))),
        ),
    ],
)
def test_a_measure_sets_a_number_of_a_stay_by_its_path(
    text: str, path: str, wanted: stays.LawOfStay
) -> None:
    stay = stay_of(f"{{{text}}}")
    assert law_of(stay, f"{PATH}.stay", {f"{PATH}.stay.{path}": number(7)}) == wanted
    other = {f"home.pathways.usual.remand.stay.{path}": number(7)}
    assert law_of(stay, f"{PATH}.stay", other) == law_of(stay, f"{PATH}.stay", {})


def test_the_parts_of_a_mixture_sum_to_one_after_a_draw() -> None:
    parts = "{share: 60 %, stay: {fixed: 1 d}}, {share: 40 %, stay: {fixed: 9 d}}"
    text = f"{{stay: {{mixture: [{parts}]}}}}"
    path = f"{PATH}.stay.mixture.0.share"
    drawn = with_values(made({f"{USUAL}/sentenced": text}), {path: 0.2})
    stay = drawn.systems["home"].pathways["usual"]["sentenced"].stay
    assert stay is not None
    law = law_of(stay, "x", {})
    assert isinstance(law, stays.Mixture)
    # 0.2 beside 0.4 is one in three.
    assert [share for share, _ in law.parts] == pytest.approx([1 / 3, 2 / 3])


def test_the_share_served_scales_the_stay() -> None:
    scn = made({f"{USUAL}/sentenced/share": "40 %"})
    stage = scn.systems["home"].pathways["usual"]["sentenced"]
    assert stage_law(stage, PATH, {}) == stays.Scaled(stays.Exponential(200), 0.4)
    measure = {f"{PATH}.share": number(0.3), f"{PATH}.stay.exponential.mean": number(100)}
    assert stage_law(stage, PATH, measure) == stays.Scaled(stays.Exponential(100), 0.3)
    assert stage_law(stage, PATH, {f"{PATH}.share": number(1.0)}) == stays.Exponential(200)
    # A measure may set a share that the file leaves to its default.
    whole = made().systems["home"].pathways["usual"]["sentenced"]
    assert stage_law(whole, PATH, {}) == stays.Exponential(200)
    assert stage_law(whole, PATH, {f"{PATH}.share": number(0.5)}).factor == 0.5


def test_who_returns_leaves_by_a_way_of_their_own() -> None:
    changed = {
        f"{USUAL}/remand/exits": "{sentenced: 60 %, released: 30 %, removed: 10 %}",
        f"{USUAL}/released": "{returns: {share: 20 %, after: {fixed: 90 d}}}",
    }
    exits = {(e.cause, e.to): e.share for e in named(plan(changed).stages, "home/all/remand").exits}
    assert exits == pytest.approx(
        {
            ("sentenced", "home/all/sentenced"): 0.6,
            ("released", None): 0.24,
            ("released", "home/all/released, to return"): 0.06,
            ("removed", None): 0.1,
        }
    )
    sentenced = named(plan(changed).stages, "home/all/sentenced").exits
    assert {e.to: e.share for e in sentenced} == {None: 0.8, "home/all/released, to return": 0.2}


def test_exits_without_a_word_are_releases() -> None:
    assert named(plan().stages, "home/all/sentenced").exits == (Exit("released", 1.0),)
    changed = {f"{USUAL}/sentenced": "{stay: {indefinite: true}}", f"{GROUP}/stock": "{remand: 9}"}
    assert named(plan(changed).stages, "home/all/sentenced").exits == (Exit("released", 1.0),)


def test_a_drawn_exit_keeps_its_value_and_the_others_give_way() -> None:
    sentenced = "{value: 70 %, low: 50 %, high: 90 %}"
    text = f"{{sentenced: {sentenced}, released: 20 %, removed: 10 %}}"
    scn = made({f"{USUAL}/remand/exits": text})
    path = "home.pathways.usual.remand.exits.sentenced"
    drawn = with_values(scn, {path: 0.4})
    stages = drawn.systems["home"].pathways["usual"]
    exits = exits_of(stages, "remand", "home.pathways.usual.remand", ALL, {})
    shares = {e.cause: e.share for e in exits}
    assert shares == pytest.approx({"sentenced": 0.4, "released": 0.4, "removed": 0.2})
    assert math.fsum(shares.values()) == pytest.approx(1, abs=1e-12)


def test_a_measure_sets_exits_by_path() -> None:
    scn = made()
    stages = scn.systems["home"].pathways["usual"]
    base = "home.pathways.usual.remand"
    values = {f"{base}.exits.sentenced": number(0.1), f"{base}.exits.released": number(0.9)}
    exits = exits_of(stages, "remand", base, ALL, values)
    assert {e.cause: e.share for e in exits} == {"sentenced": 0.1, "released": 0.9}


def test_exits_stand_in_one_order_however_they_are_written() -> None:
    one = plan({f"{USUAL}/remand/exits": "{sentenced: 70 %, removed: 12.4 %, released: 17.6 %}"})
    two = plan({f"{USUAL}/remand/exits": "{released: 17.6 %, removed: 12.4 %, sentenced: 70 %}"})
    assert one == two


def test_paths_used_here_are_paths_of_the_language() -> None:
    found = paths.numbers(made())
    assert f"{PATH}.stay.exponential.mean" in found
    assert "home.pathways.usual.remand.exits.sentenced" in found


def test_a_draw_keeps_quantiles_and_pieces_in_order() -> None:
    scn = made(
        {
            f"{USUAL}/sentenced/stay": "{quantiles: {0 %: 1 d, 50 %: 20 d, 100 %: 30 d}}",
            f"{USUAL}/remand/stay": "{piecewise: [{until: 9 d, rate: 2 % / day}, "
            "{until: 12 d, rate: 5 % / day}, {rate: 1 % / day}]}",
        }
    )
    usual = "home.pathways.usual"
    assert paths.get(scn, f"{usual}.sentenced.stay.quantiles.50 %").value == 20
    assert paths.get(scn, f"{usual}.remand.stay.piecewise.1.rate").value == 0.05
    drawn = with_values(
        scn,
        {
            f"{usual}.sentenced.stay.quantiles.50 %": 40.0,
            f"{usual}.remand.stay.piecewise.0.until": 15.0,
        },
    )
    stages = drawn.systems["home"].pathways["usual"]
    assert stage_law(stages["sentenced"], "x", {}) == stays.Empirical(((0, 1), (0.5, 40), (1, 40)))
    hazards = [-math.log1p(-share) for share in (0.02, 0.01)]
    wanted = stays.Piecewise(((15, hazards[0]), (math.inf, hazards[1])))
    assert stage_law(stages["remand"], "x", {}) == wanted


def test_the_mean_of_two_pieces_by_hand() -> None:
    # If three quarters leave in a day, half are left after half a day: a hazard of 2 ln 2. Whoever
    # leaves has been there for part of it: the survival's integral is 0.5 / (2 ln 2). Those left
    # stay 1 / -ln(0.9) days more.
    found = law_of(
        stay_of("{piecewise: [{until: 0.5 d, rate: 75 % / day}, {rate: 10 % / day}]}"), "x.stay", {}
    )
    wanted = 0.25 / math.log(2) + 0.5 / -math.log(0.9)
    assert found.mean_days() == pytest.approx(wanted)
