"""A chart that a notebook shows by itself."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

import bedspace as bs
from bedspace.appraisal import Appraisal, Gate
from bedspace.exceptions import BedspaceError
from bedspace.reporting.alt import describe
from bedspace.reporting.charts.drawing import VEGA_LITE, Shown
from bedspace.reporting.charts.words import stamp
from tests.cli.bad_files import GOOD


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Appraisal:
    folder: Path = tmp_path_factory.mktemp("shown")
    (folder / "tiny.yaml").write_text(GOOD, encoding="utf-8")
    return bs.appraise(bs.compare(str(folder / "tiny.yaml"), replicates=3))


@pytest.fixture
def picture(found: Appraisal) -> Shown:
    return bs.chart(found, "population.homeland.months")


def test_a_notebook_has_it_drawn_in_vega_lite_and_in_words(picture: Shown) -> None:
    pytest.importorskip("vl_convert")
    made = picture._repr_mimebundle_(include=None, exclude=None)
    assert set(made) == {"text/plain", "image/svg+xml", VEGA_LITE}
    assert made["text/plain"] == repr(picture) == describe(picture.chart)
    assert made["image/svg+xml"].startswith("<svg") and "</svg>" in made["image/svg+xml"]
    assert picture.png()[:8] == b"\x89PNG\r\n\x1a\n"


def test_vega_lite_has_its_heading_and_its_stamp(picture: Shown) -> None:
    spec = picture.spec()
    assert spec["$schema"].endswith("/vega-lite/v5.json")
    assert spec["title"]["text"] == picture.chart.title
    assumed = replace(picture.chart, inputs=(Gate("act/power", "as if there were"),))
    assert "act/power" in stamp(assumed)
    assert Shown(assumed).spec()["title"]["subtitle"] == [assumed.subject, stamp(assumed)]


def test_without_what_draws_there_is_vega_lite(
    picture: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    assert set(picture._repr_mimebundle_()) == {"text/plain", VEGA_LITE}
    with pytest.raises(BedspaceError, match=r"pip install 'bedspace\[report\]'"):
        picture.svg()


def test_ipython_shows_it(picture: Shown) -> None:
    formatters = pytest.importorskip("IPython.core.formatters")
    data, _ = formatters.DisplayFormatter().format(picture)
    assert {"text/plain", VEGA_LITE} <= set(data)


def test_what_has_no_charts_and_what_is_no_chart_is_said(found: Appraisal) -> None:
    with pytest.raises(BedspaceError, match=r"did you mean 'population\.homeland\.months'"):
        bs.chart(found, "population.homeland.month")
    with pytest.raises(BedspaceError, match="must be an Appraisal, a Comparison or a Run"):
        bs.chart("found", "x")  # type: ignore[arg-type]
