"""What a file may do to another: a first part by a variant, a part taken out by an extension."""

from pathlib import Path

import pytest

from bedspace.exceptions import ScenarioError
from bedspace.scenario import load, pathways
from tests.scenario.files import GOOD, written

MEASURE = "{on: 2026-03-01, set: {homeland.facilities.north.places: 100}}"
NO_MEASURES = GOOD.replace(GOOD[GOOD.index("measures:") : GOOD.index("variants:")], "")


def test_a_variant_sets_the_first_of_its_kind(tmp_path: Path) -> None:
    more = f"  extra: {{set: {{measures.extra: {MEASURE}}}}}\ncontext:"
    for text in (NO_MEASURES, NO_MEASURES.replace("variants:", "measures: {}\nvariants:")):
        name = written(tmp_path, text.replace("context:", more))
        assert list(load(name).measures) == []
        assert list(load(f"{name}#extra").measures) == ["extra"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("measurs.extra", "the path 'measurs.extra' names nothing: there is no 'measurs'"),
        (
            "homeland.groups.nobody.stock",
            "the path 'homeland.groups.nobody.stock' names nothing: there is no 'nobody'",
        ),
    ],
)
def test_only_under_a_key_of_the_language(path: str, said: str, tmp_path: Path) -> None:
    more = f"  extra: {{set: {{{path}: {MEASURE}}}}}\ncontext:"
    with pytest.raises(ScenarioError) as caught:
        load(written(tmp_path, NO_MEASURES.replace("context:", more)))
    assert [p.what for p in caught.value.problems] == [said]


def test_an_extension_takes_out_and_then_lays_over(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    top = "bedspace: 1\nextends: x.yaml\n"
    out = f"{top}without: [measures.early, homeland.groups.ordinary.stock, variants.more]\n"
    over = "systems: {homeland: {groups: {ordinary: {stock: {remand: 5}}}}}\n"
    scn = load(written(tmp_path, out + over, "y.yaml"))
    assert list(scn.measures) == []
    stock = scn.systems["homeland"].groups["ordinary"].stock
    assert isinstance(stock, dict)
    assert {key: held.value for key, held in stock.items()} == {"remand": 5}
    # The next file builds on what is left, and takes out what is its own.
    third = "bedspace: 1\nextends: y.yaml\nwithout: [homeland.groups.ordinary.stock.remand]\n"
    again = load(written(tmp_path, f"{third}{over.replace('remand', 'sentenced')}", "z.yaml"))
    assert again.raw["systems"]["homeland"]["groups"]["ordinary"]["stock"] == {"sentenced": "5"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "extends: x.yaml\nwithout: [measures.erly]",
            "3:11 the path 'measures.erly' names nothing",
        ),
        ("extends: x.yaml\nwithout: measures.early", "3:10 'without' must be a list"),
    ],
)
def test_what_cannot_be_taken_out(text: str, said: str, tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    with pytest.raises(ScenarioError) as caught:
        load(written(tmp_path, f"bedspace: 1\n{text}\n", "y.yaml"))
    (found,) = caught.value.problems
    assert f"{found.line}:{found.column} {found.what}".startswith(said)


def test_without_needs_a_file_to_take_it_from(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(written(tmp_path, GOOD.replace("title: NO", "title: NO\nwithout: [measures.early]")))
    (found,) = caught.value.problems
    assert str(found).endswith(
        ":3:1: without takes out what stands in another file, and this one extends none; "
        "add extends, or take without out"
    )


def test_a_stage_may_be_reached_by_a_return_alone(tmp_path: Path) -> None:
    """Written before the stage where the pathway begins, too."""
    back = GOOD.replace("returns: {share: 30 %", "returns: {to: recalled, share: 30 %")
    recalled = "        recalled: {stay: {fixed: 30 d}}\n"
    for before in ("        remand: {", "        released: {"):
        scn = load(written(tmp_path, back.replace(before, recalled + before, 1)))
        assert pathways.entry(scn.systems["homeland"].pathways["usual"]) == "remand"


def test_a_table_of_quantiles_has_one_evidence(tmp_path: Path) -> None:
    """And a value with a map of its own keeps its own; a variant may set such a table too."""
    values = "{0 %: 0 d, 50 %: {value: 20 d, note: mine}, 100 %: 90 d}"
    table = f"{{quantiles: {{values: {values}, source: gazette, grade: official}}}}"
    text = GOOD.replace("{lognormal: {mean: 60 d, sigma: 1.0}}", table)
    whole = "homeland.pathways.usual.remand.stay"
    text = text.replace("context:", f"  again: {{set: {{{whole}: {table}}}}}\ncontext:")
    for variant in ("", "#again"):
        scn = load(written(tmp_path, text) + variant)
        stay = scn.systems["homeland"].pathways["usual"]["remand"].stay
        assert stay is not None
        assert [(share, days.value, days.source, days.grade) for share, days in stay.points] == [
            (0, 0, "gazette", "official"),
            (0.5, 20, None, "assumption"),
            (1, 90, "gazette", "official"),
        ]
    with pytest.raises(ScenarioError) as caught:
        load(
            written(
                tmp_path,
                text.replace("values: {0", "source: gazete, values: {0").replace(
                    ", source: gazette, grade: official}}", ", grade: official}}"
                ),
            )
        )
    assert {p.what for p in caught.value.problems} >= {"the source 'gazete' is not defined"}
