"""Law that a scenario brings: read with the rest, refused with its line, used like the shipped."""

from pathlib import Path

import pytest

from bedspace import compile as compiler
from bedspace import scenario
from bedspace.exceptions import ScenarioError
from bedspace.scenario import Scenario, load
from tests.scenario.files import GOOD, problems, written

LAW = """\
id: homeland-act
title: The Homeland Lease Act
summary: Homeland rents places from a neighbour.
gates:
  - id: who
    title: Nationals of the neighbour only
    law:
      - since: 2025-07-01
        citation: Homeland Lease Act 2025, s. 2
        binds: [homeland]
        grade: official
        cases:
          - when: {national_of_receiver: yes}
            then: permitted
            because: A national of {receiving}.
          - when: {national_of_receiver: no}
            then: barred
            because: "Not a national of {receiving}, and {sending} sends nobody else."
        otherwise:
          then: needs
          because: Needs proof of nationality.
          delay: {low: 5, high: 9, source: "s. 3", grade: official}
  - use: non-refoulement
"""


def asking(folder: Path, law: str, route: str = "homeland-act", name: str = "mine.yaml") -> str:
    """good.yaml with a law file beside it, its agreement asking that route."""
    (folder / name).write_text(law, encoding="utf-8")
    text = GOOD.replace("routes: [us-treaty-transfer]", f"routes: [{route}]")
    text = text.replace(
        "    assume: [{gate: us-treaty-transfer/nationality, reason: what if}]\n", ""
    )
    return written(folder, text.replace("systems:\n", f"law: [{name}]\nsystems:\n", 1))


def lines(folder: Path, law: str) -> list[str]:
    try:
        load(asking(folder, law))
    except ScenarioError as error:
        return [str(p).removeprefix(f"{folder}/") for p in error.problems]
    return []


def verdict(scn: Scenario) -> tuple[str, float]:
    (found,) = compiler.sendable(scn, "lease")
    best = found.parts[0].best
    assert best is not None
    return best.real.status, found.share_sendable("sentenced")


def test_a_law_file_beside_the_scenario_is_asked(tmp_path: Path) -> None:
    scn = load(asking(tmp_path, LAW))
    assert "homeland-act" in scn.routes and "us-removal" in scn.routes
    # Salvadorans are not nationals of neighbour: barred, so nobody of them is sent.
    assert verdict(scn) == ("barred", 0.0)
    assert compiler.plan(scn).transfers[0].stages == ()
    (tmp_path / "other").mkdir()
    nationals = asking(tmp_path / "other", LAW.replace("{national_of_receiver: yes}",
                                                      "{national_of_receiver: no}", 1))  # fmt: skip
    assert verdict(load(nationals)) == ("needs", 1.0)


def test_before_its_day_it_says_nothing(tmp_path: Path) -> None:
    text = Path(asking(tmp_path, LAW)).read_text("utf-8")
    early = text.replace("    selection: 35 %", "    law_on: 2025-06-30\n    selection: 35 %")
    assert verdict(load(written(tmp_path, early))) == ("needs", 1.0)


def test_law_may_be_written_in_the_file_itself(tmp_path: Path) -> None:
    inline = "".join(f"    {line}\n" for line in LAW.splitlines()).replace("    id:", "  - id:", 1)
    text = (
        Path(asking(tmp_path, LAW))
        .read_text("utf-8")
        .replace("law: [mine.yaml]", f"law:\n{inline}")
    )
    assert verdict(load(written(tmp_path, text))) == ("barred", 0.0)


def test_a_scenario_keeps_its_law_wherever_it_goes(tmp_path: Path) -> None:
    """A run stores the resolved scenario; the law file need not be there when it is opened."""
    scn = load(asking(tmp_path, LAW))
    (tmp_path / "mine.yaml").unlink()
    again = scenario.from_raw(scn.raw, scn.name)
    assert again.law == scn.law and verdict(again) == ("barred", 0.0)


def test_what_extends_a_file_keeps_its_law(tmp_path: Path) -> None:
    asking(tmp_path, LAW)
    over = "bedspace: 1\nextends: x.yaml\ntitle: Over\n"
    assert "homeland-act" in load(written(tmp_path, over, "over.yaml")).routes


def test_its_gates_can_be_assumed_and_its_absolute_ones_cannot(tmp_path: Path) -> None:
    text = Path(asking(tmp_path, LAW)).read_text("utf-8")

    def assuming(gate: str) -> str:
        line = f"    assume: [{{gate: homeland-act/{gate}, reason: what if}}]\n"
        return text.replace("    selection: 35 %", f"{line}    selection: 35 %")

    scn = load(written(tmp_path, assuming("who")))
    assert verdict(scn) == ("barred", 1.0)  # barred in law, and sent as if it were not
    (found,) = problems(tmp_path, assuming("non-refoulement"))
    assert "'homeland-act/non-refoulement' is an absolute bar" in found.what
    (found,) = problems(tmp_path, assuming("woh"))
    assert found.mend == "did you mean 'homeland-act/who'?"


def test_an_id_of_a_shipped_route_is_refused(tmp_path: Path) -> None:
    own = LAW.replace("id: homeland-act", "id: us-removal")
    with pytest.raises(ScenarioError, match=r"mine.yaml:1:5: the route 'us-removal' is shipped"):
        load(asking(tmp_path, own, "us-removal"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "        citation: Homeland Lease Act 2025, s. 2\n",
            "",
            "mine.yaml:8:9: the gate cites no law; write citation: with the instrument",
        ),
        ("[homeland]", "[]", "mine.yaml:10:9: the gate does not say whom it binds"),
        ("  - use: non-refoulement\n", "", "mine.yaml:4:1: the route does not ask about torture"),
        ("binds: [", "bind: [", "mine.yaml:10:9: 'bind' is not a key here; did you mean 'binds'?"),
        ("national_of_receiver: yes", "nationality: yes", "mine.yaml:13:"),
        ("title: The", "titel: The", "mine.yaml:2:8: 'titel' is not a key here"),
        ("id: who", "id: &a who", "mine.yaml:5:9: &a is a YAML anchor"),
    ],
)
def test_a_mistake_in_a_law_file_is_told_with_its_line(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    assert old in LAW
    (told,) = lines(tmp_path, LAW.replace(old, new, 1))
    assert told.startswith(says)


def test_a_gate_without_a_citation_is_one_mistake(tmp_path: Path) -> None:
    told = lines(tmp_path, LAW.replace("Homeland Lease Act 2025, s. 2", "''"))
    assert told == [
        "mine.yaml:9:19: the gate cites no law; write citation: with the instrument and its article"
    ]


def test_a_route_twice(tmp_path: Path) -> None:
    text = Path(asking(tmp_path, LAW)).read_text("utf-8")
    (found,) = problems(tmp_path, text.replace("law: [mine.yaml]", "law: [mine.yaml, mine.yaml]"))
    assert found.what == "the route 'homeland-act' is here twice"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gone.yaml", "'gone.yaml': the file cannot be read: no such file or directory"),
        ("../mine.yaml", "'../mine.yaml' is not a law file beside this one"),
        ("mine", "'mine' is not a law file beside this one"),
    ],
)
def test_a_law_file_that_is_not_there(name: str, says: str, tmp_path: Path) -> None:
    text = Path(asking(tmp_path, LAW)).read_text("utf-8").replace("[homeland-act]", "[us-removal]")
    (found,) = problems(tmp_path, text.replace("law: [mine.yaml]", f"law: [{name}]"))
    assert found.what == says and found.line == 7
