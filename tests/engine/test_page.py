"""docs/engine.md: its examples run, and print what the page says they print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bedspace.engine import check, plan

PAGE = (Path(__file__).parents[2] / "docs" / "engine.md").read_text(encoding="utf-8")


EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, flags=re.S)


def test_every_example_says_what_it_prints() -> None:
    assert len(EXAMPLES) == PAGE.count("```python") == 2


@pytest.mark.parametrize(("code", "says"), EXAMPLES, ids=["by hand", "with chance"])
def test_an_example_prints_what_the_page_says(
    code: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(code, "docs/engine.md", "exec"), {})
    assert capsys.readouterr().out == says


@pytest.mark.parametrize("noun", ["Cohort", "Stage", "Place", "Queue", "Transfer", "Change"])
def test_every_noun_is_taught(noun: str) -> None:
    assert hasattr(plan, noun)
    assert f"| **{noun}** |" in PAGE


def test_the_limits_are_the_code_s() -> None:
    for limit in (check.MOST_DAYS, check.MOST_STAGES):
        assert f"{limit:,}" in PAGE
    assert f"{check.MOST_PEOPLE // 1_000_000} million people" in PAGE
