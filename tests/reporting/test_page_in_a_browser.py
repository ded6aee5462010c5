"""The offer's page as somebody meets it: in Chromium, wide and narrow, light and dark, printed."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import bedspace as bs
from bedspace.appraisal import Appraisal, Number
from bedspace.reporting import html
from bedspace.reporting.annex import STATED_ONCE
from bedspace.results import Comparison

browsers = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = pytest.mark.slow  # the offer is run and a browser started, once for all of it

FRONT_NODES, FRONT_KB = 1_500, 150
"""The most before the annex, charts left out: elements, and KB compressed."""

ALL_NODES, ALL_KB = 25_000, 1_500
"""The most that the page has in all, with charts and annex: elements, and KB as it is."""

Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def offer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Appraisal, Comparison]:
    folder = tmp_path_factory.mktemp("offer") / "out"
    made = bs.compare("cecot-offer", replicates=3, out=folder, workers=2)
    return bs.appraise(made), made


@pytest.fixture(scope="module")
def text(offer: tuple[Appraisal, Comparison]) -> str:
    return html(*offer)


@pytest.fixture(scope="module")
def file(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("chromium is not installed")
    with browsers.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Opened]:
    contexts = []

    def open_page(width: int = 1280, height: int = 800, scheme: str = "light") -> Any:
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.requested = []
        page.on("request", lambda request: page.requested.append(request.url))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_before_the_annex_it_is_small_and_with_it_within_reason(
    offer: tuple[Appraisal, Comparison],
) -> None:
    """As in the demo, with three variants beside it."""
    others = [replace(offer[0], title=f"Variant {i}") for i in range(3)]
    text = html(*offer, others)
    bare = re.sub(r"<svg.*?</svg>", "", text, flags=re.S)
    front = bare.partition('<section id="annex"')[0]
    assert len(re.findall(r"<[a-z]", front)) <= FRONT_NODES
    assert len(gzip.compress(front.encode())) <= FRONT_KB * 1024
    assert len(re.findall(r"<[a-z]", text)) <= ALL_NODES
    assert len(text.encode()) <= ALL_KB * 1024


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_the_answer_is_in_the_first_screen(opened: Opened, size: tuple[int, int]) -> None:
    page = opened(*size)
    for what in (".kicker", "h1", ".grounds li:first-child"):
        assert page.locator(what).bounding_box()["y"] >= 0
        box = page.locator(what).bounding_box()
        assert box["y"] + box["height"] <= size[1]


def test_no_request_leaves_the_file_and_no_script_is_in_it(opened: Opened, text: str) -> None:
    page = opened()
    page.emulate_media(media="print")
    assert [url for url in page.requested if not url.startswith("file:")] == []
    assert len(page.requested) == 1
    assert "<script" not in text


@pytest.mark.parametrize("width", [320, 390, 1280, 2560])
def test_the_page_does_not_scroll_sideways(opened: Opened, width: int) -> None:
    page = opened(width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Opened, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    found = axe.Axe().run(opened(scheme=scheme)).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_any_figure_is_three_clicks_from_its_source(
    opened: Opened, offer: tuple[Appraisal, Comparison]
) -> None:
    """To the figure, to what it rests on, and from a set of inputs to one of them. The number has
    its source's title and quotation beside it, and a link to the source."""
    page = opened()
    page.locator(".grounds a").first.click()
    figure = page.locator("li:target")
    assert figure.is_visible()
    assert figure.locator("code").inner_text() in offer[0].figures
    figure.locator('a[href^="#s"], a[href^="#n"]').first.click()
    if re.search(r"#s\d+$", page.url):
        page.locator("li:target").locator('a[href^="#n"]').first.click()
    number = page.locator("li:target")
    assert number.is_visible()
    given = {item.id: item for item in offer[0].inputs if isinstance(item, Number)}
    said = given[number.locator("code").inner_text()]
    assert said.source and said.source in number.inner_text()
    number.locator('a[href^="#w"]').first.click()
    assert said.source in page.locator("li:target").inner_text()


def test_every_figure_before_the_annex_leads_to_an_input_in_two_steps(text: str) -> None:
    """From its entry every figure goes to an input, or to a set of inputs, at once."""
    front, _, annex = text.partition('<section id="annex"')
    entries = dict(re.findall(r'<li id="([a-z]+\d+)">(.*?)</li>', annex, flags=re.S))
    names = set(re.findall(r'href="#(f\d+)"', front))
    assert len(names) > 100
    lost = [name for name in names if not re.search(r'href="#[nls]\d+"', entries[name])]
    assert lost == []
    for name, entry in entries.items():
        if name.startswith("s"):
            assert re.search(r'href="#[nl]\d+"', entry)


def test_every_figure_shown_is_one_that_explain_knows(
    text: str, offer: tuple[Appraisal, Comparison]
) -> None:
    told = dict(re.findall(r'<li id="(f\d+)">(?:(?!</li>).)*?<code>([^<]+)</code>', text, re.S))
    assert set(told.values()) == set(offer[0].figures)
    assert set(re.findall(r'href="#(f\d+)"', text)) <= set(told)


@pytest.fixture(scope="module")
def printed(browser: Any, file: Path) -> str:
    """The text of the page as printed on A4."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    page = browser.new_page()
    page.goto(file.as_uri())
    pages = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    page.close()
    return squeezed("".join(one.extract_text() for one in pages))


def squeezed(text: str) -> str:
    """A text without spaces, hyphens and ligatures, which a page sets as it likes."""
    return re.sub(r"[\s\u00ad\u2010\u2212-]", "", unicodedata.normalize("NFKC", text))


def test_what_is_printed_is_whole(printed: str, offer: tuple[Appraisal, Comparison]) -> None:
    given = offer[0]
    # The ledgers of numbers and of stamps are lists under headings of their own.
    told = [t for s in given.sections for t in s.tables if t.rows and t.id not in STATED_ONCE]
    titles = [table.title for table in told]
    assumed = [stamp.partition(": ")[2].partition(" (")[0] for stamp in given.stamps]
    formulas = {figure.formula for figure in given.figures.values()}
    for words in (*titles, *assumed, *given.answer.sentence.text.split(", "), *formulas):
        assert squeezed(words) in printed, words


@pytest.mark.parametrize("width", [694, 718])  # A4 and Letter within the margins, CSS px
def test_no_column_is_cut_off_in_print(opened: Opened, width: int) -> None:
    page = opened(width)
    page.emulate_media(media="print")
    wide = page.evaluate(
        "[...document.querySelectorAll('table, svg, li, p')].filter(e =>"
        " e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 200))"
    )
    assert wide == []
