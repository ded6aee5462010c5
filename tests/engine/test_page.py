"""docs/engine.md: its example runs, and prints what the page says it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bedspace.engine import check, plan

PAGE = (Path(__file__).parents[2] / "docs" / "engine.md").read_text(encoding="utf-8")


def test_the_example_prints_what_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    found = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, flags=re.S)
    assert len(found) == 1
    code, says = found[0]
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
