"""The session of docs/python.md runs as it stands and prints what it says."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import ROOT, text

STEP = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


@pytest.mark.slow
def test_the_session_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    for module in ("pandas", "polars", "pyarrow"):
        pytest.importorskip(module)
    page = text(ROOT / "docs" / "python.md")
    steps = STEP.findall(page)
    assert len(steps) == page.count("```python") >= 7
    names: dict[str, object] = {}
    for code, says in steps:
        exec(compile(code, "docs/python.md", "exec"), names)
        printed = capsys.readouterr().out
        assert printed.startswith(says), printed
