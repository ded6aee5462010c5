"""The page: well formed, alone, described for those who cannot see it, and stamped."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from bedspace.appraisal import Appraisal, Figure
from bedspace.reporting import html, palette
from tests.reporting.made import appraisal, without_charts

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Reads a page, keeps its elements, and asserts that each one opened is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts.append((self.open[-1], data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture(scope="module")
def text() -> str:
    return html(appraisal())


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_it_stands_alone(text: str, page: Page) -> None:
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "image", "use"}
    for _tag, attrs in page.elements:
        assert "src" not in attrs
        assert not any(name.startswith("on") for name in attrs)
        for name in ("href", "xlink:href"):
            assert attrs.get(name, "#").startswith("#")
    assert "@import" not in text
    assert all(ref.startswith("#") for ref in re.findall(r"url\(([^)]*)\)", text))


def test_ids_are_unique_and_links_lead_somewhere(page: Page) -> None:
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    for attrs in page.all("a"):
        assert attrs["href"].removeprefix("#") in ids
    for _, attrs in page.elements:
        assert attrs.get("aria-labelledby", ids[0]) in ids


def test_headings_are_in_order(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_language_landmarks_and_table_headers(page: Page) -> None:
    assert page.all("html")[0]["lang"] == "en"
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.all(landmark)) == 1
    assert page.all("th")
    assert all(attrs.get("scope") in ("col", "row") for attrs in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))


def test_every_chart_has_words_and_a_table(page: Page) -> None:
    given = appraisal()
    drawn = page.all("svg")
    assert len(drawn) == 2 * sum(len(s.charts) for s in given.sections)
    ids = {attrs.get("id") for _, attrs in page.elements}
    for section in given.sections:
        for chart in section.charts:
            labels = [a["aria-label"] for a in drawn if chart.title in a["aria-label"]]
            assert len(labels) == 2
            assert chart.table in ids
    assert all(a["role"] == "img" and len(a["aria-label"]) > 60 for a in drawn)
    told = next(a["aria-label"] for a in drawn if "Homeland" in a["aria-label"])
    assert "No agreement: 9,000 (9,000 to 9,000) at 2025-01-01" in told
    assert "observed at 9,300, 2026-03-01" in told


def test_texts_of_a_scenario_are_escaped(text: str) -> None:
    assert "<b>per</b>" not in text
    given = without_charts()
    loud = html(replace(given, title="<script>alert(1)</script>"))
    assert "<script" not in loud


def shown_with_letters(page: str, figure: Figure) -> list[str]:
    """What follows each place where the figure's value is shown: in short, and in its table."""
    values = {"people-sent": "180 people|180", "fee": "4.8 million USD|4,760,000"}
    pattern = rf'<span class="value">(?:{values[figure.id]})</span>(.*?)</(?:td|dd)>'
    return re.findall(pattern, page, flags=re.S)


@pytest.mark.parametrize(
    ("words", "gate"),
    [
        ("1 assumed power", "us-removal/release"),
        ("1 legal gate taken as met", "us-removal/withholding"),
    ],
)
def test_a_power_and_a_gate_taken_are_stamped_at_every_figure_table_and_chart(
    text: str, words: str, gate: str
) -> None:
    given = appraisal()
    for figure in (given.figure("people-sent"), given.figure("fee")):
        places = shown_with_letters(text, figure)
        assert len(places) == 2
        for place in places:
            assert words in place
    head = text[: text.index('<nav aria-label="Contents">')]
    assert gate in head
    boxes = re.findall(r'<(?:figure|div class="tablebox") id="([^"]+)">(.*?)(?=<figure|<div class='
                       r'"tablebox"|</section>)', text, flags=re.S)  # fmt: skip
    stamped = {id_ for id_, box in boxes if gate in box}
    assert stamped == {"people-table", "held", "fees", "money-table", "bounds"}


def test_without_an_assumed_power_there_is_no_such_stamp() -> None:
    text = html(appraisal(assumed=False))
    assert "assumed power" not in text
    assert "taken as met" not in text
    assert "rests on 1 assumption" in text


def test_a_figure_that_is_not_known_says_why(text: str) -> None:
    assert re.search(r'<span class="value">not known</span>.{0,900}nobody has measured it', text,
                     flags=re.S)  # fmt: skip


def test_other_variants_stand_below_under_their_own_ids() -> None:
    second: Appraisal = replace(without_charts(), title="The grant", scenario="lease#grant")
    page = Page(html(without_charts(), also=(second,)))
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert "v2-people-table" in ids
    assert any(data == "The grant" for tag, data in page.texts if tag == "h2")


def test_powers_that_only_another_variant_assumes_are_told_at_the_top() -> None:
    plain = appraisal(assumed=False)
    plain = replace(plain, sections=tuple(replace(s, charts=()) for s in plain.sections))
    text = html(plain, also=(replace(without_charts(), title="The grant"),))
    head = text[: text.index('<nav aria-label="Contents">')]
    assert "The grant, below, also assumes" in head
    assert "us-removal/release" in head
    assert "The grant, below, takes as met" in head
    assert "us-removal/withholding" in head


def test_few_members_are_cautioned_about_at_the_top_and_by_part() -> None:
    few = replace(without_charts(), members=20)
    head = html(few).partition('<nav aria-label="Contents">')[0]
    assert "From 20 simulated futures only" in head
    both = html(without_charts(), also=(replace(few, title="The grant"),))
    assert both.count("From 20 simulated futures only") == 1
    assert "From 20 simulated futures only" in both.partition('<section id="v2-')[2]


def test_how_a_figure_was_made_has_the_id_to_explain_it_by(text: str) -> None:
    made = re.findall(r"<dt>People sent at most: 180 people.*?</dd>", text, flags=re.S)
    ids = {re.findall(r"<code>(.*?)</code>", place)[0] for place in made}
    assert len(ids) == 1 and ids <= appraisal().figures.keys()


def test_a_letter_in_how_figures_were_made_is_told_to_who_cannot_see_it(text: str) -> None:
    made = re.findall(r"<dt>People sent at most: 180 people.*?</dt>", text, flags=re.S)
    assert made
    for place in made:
        assert place.count('<b class="letter') == place.count("stamped: ") == 3
        assert '<span class="unseen"> (rests on 1 assumption)</span>' in place


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    """WCAG 2.1, contrast ratio."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_words_have_contrast_enough(text: str) -> None:
    blocks = re.findall(r":root \{(.*?)\}", text, flags=re.S)
    schemes = [dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block)) for block in blocks[:2]]
    for scheme in schemes:
        for name in ("ink", "soft", "link", "power", "assumption", "unsourced", "verify", "taken"):
            for ground in ("ground", "panel"):
                assert contrast(scheme[name], scheme[ground]) >= 4.5, (name, ground)
    for light in (palette.INK, palette.SOFT, *palette.GROUPS):
        assert contrast(light, schemes[0]["ground"]) >= 4.5
        assert contrast(palette.DARK[light], schemes[1]["ground"]) >= 4.5
