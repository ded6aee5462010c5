"""The page: well formed, alone, described for those who cannot see it, each thing stated once and
linked to, and stamped."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from bedspace.appraisal import Figure
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


def entry(text: str, name: str) -> str:
    """What the annex says under a name such as F1."""
    return text.partition(f'<li id="{name.lower()}">')[2].partition("</li>")[0]


def name_of(text: str, figure: Figure) -> str:
    """The name that the annex gives a figure."""
    found = re.findall(
        rf'<li id="(f\d+)">(?:(?!</li>).)*<code>{figure.id}</code>', text, flags=re.S
    )
    assert len(found) == 1
    return str(found[0])


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


def test_the_answer_is_the_title_and_the_first_heading(text: str, page: Page) -> None:
    sentence = appraisal().answer.sentence.text
    assert "".join(data for tag, data in page.texts if tag == "title") == sentence
    heading = re.sub(r"<sup.*?</sup>|<abbr.*?</abbr>|<[^>]+>", "", text.partition("<h1")[2])
    assert heading.partition(">")[2].startswith(sentence)
    assert appraisal().answer.question in text[: text.index("<h1")]


def test_headings_are_in_order(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_language_landmarks_and_table_headers(page: Page) -> None:
    assert page.all("html")[0]["lang"] == "en"
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.all(landmark)) == 1
    labels = [attrs["aria-labelledby"] for attrs in page.all("section")]
    assert len(labels) == len(set(labels))
    assert page.all("th")
    assert all(attrs.get("scope") in ("col", "row") for attrs in page.all("th"))
    assert all(attrs["aria-labelledby"] for attrs in page.all("table"))


def test_every_chart_has_words_and_a_table(page: Page) -> None:
    given = appraisal()
    drawn = page.all("svg")
    assert len(drawn) == 2 * sum(len(s.charts) for s in given.sections)
    ids = {attrs.get("id") for _, attrs in page.elements}
    for section in given.sections:
        for chart in section.charts:
            labels = [a["aria-label"] for a in drawn if chart.title in a["aria-label"]]
            assert len(labels) == 2
            assert f"t-{chart.table}" in ids
    assert all(a["role"] == "img" and len(a["aria-label"]) > 60 for a in drawn)


def test_texts_of_a_scenario_are_escaped(text: str) -> None:
    assert "<b>per</b>" not in text
    loud = html(replace(without_charts(), title="<script>alert(1)</script>"))
    assert "<script" not in loud


@pytest.mark.parametrize("id_", ["people-sent", "fee"])
def test_a_figure_is_stamped_wherever_it_is_shown(text: str, id_: str) -> None:
    name = name_of(text, appraisal().figure(id_))
    shown = re.findall(rf'<a href="#{name}">.*?</(?:td|li|h1|p)>', text, flags=re.S)
    before, within = (place for place in shown if place.endswith("</td>"))
    assert re.search(r'<abbr class="k grave" title="P: 1 assumed power; T: 1 legal cond', before)
    assert re.search(r"<small>[^<]*PTA</small>", within)
    assert 'href="#rests-power">PTA</a>' in entry(text, name)


def test_a_power_is_spelt_out_at_the_top_and_a_condition_where_it_is_listed(text: str) -> None:
    head = text[: text.index('<nav aria-label="Contents">')]
    assert "us-removal/release" in head
    listed = text.partition('id="rests-taken"')[2]
    assert "us-removal/withholding" in listed.partition("</ul>")[0]


def test_without_an_assumed_power_there_is_no_such_stamp() -> None:
    text = html(appraisal(assumed=False))
    assert "assumed power" not in text
    assert "taken as met" not in text
    assert "1 assumption" in text


def test_a_figure_that_is_not_known_says_why(text: str) -> None:
    figure = appraisal().figure("why")
    assert "nobody has measured it" in entry(text, name_of(text, figure))
    assert re.search(r">not known</a>.{0,900}nobody has measured it", text, flags=re.S)


def test_each_input_is_stated_once_and_linked_to(text: str) -> None:
    for item in appraisal().inputs:
        words = getattr(item, "reason", None) or getattr(item, "citation", None) or item.id
        assert text.count(f"<code>{item.id}</code>: <b>") <= 1
        assert words in text
    people = appraisal().figure("people-sent")
    simulated = entry(text, name_of(text, people))
    name = re.findall(r'href="#(s\d+)"', simulated)[0]
    made_of = re.findall(r'href="#([nl]\d+)"', entry(text, name))
    assert len(made_of) == 4


def test_how_a_figure_was_made_has_its_formula_parts_and_the_id_to_explain_it_by(text: str) -> None:
    given = appraisal()
    for figure in given.figures.values():
        assert figure.formula in entry(text, name_of(text, figure))
    fee = entry(text, name_of(text, given.figure("fee")))
    assert f'<a href="#{name_of(text, given.figure("people-sent"))}">' in fee
    assert set(re.findall(r"<code>(.*?)</code>", text.partition("all-numbers")[0])) <= {
        *given.figures, "us-removal/release", *re.findall(r"<code>(bedspace .*?)</code>", text)
    }  # fmt: skip


def test_variants_stand_side_by_side_in_one_table() -> None:
    second = replace(without_charts(), title="The grant", scenario="lease#grant", members=20)
    text = html(without_charts(), also=(second,))
    page = Page(text)
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    table = text.partition('id="f-variants"')[2].partition("</table>")[0]
    assert "The grant (20 futures)" in table
    names = re.findall(r'href="#(f\d+)"', table)
    assert len(names) == len(set(names)) == 2 * len(without_charts().answers)
    assert all(entry(text, name) for name in names)
    assert text.count("people-table") == html(without_charts()).count("people-table")


def test_powers_that_only_another_variant_assumes_are_told_at_the_top() -> None:
    plain = appraisal(assumed=False)
    plain = replace(plain, sections=tuple(replace(s, charts=()) for s in plain.sections))
    text = html(plain, also=(replace(without_charts(), title="The grant"),))
    head = text[: text.index('<nav aria-label="Contents">')]
    assert re.search("The grant, in the table of variants, assumes:.*us-removal/release", head)


def test_few_futures_are_cautioned_about_at_the_top() -> None:
    few = replace(without_charts(), members=20)
    head = html(few).partition('<nav aria-label="Contents">')[0]
    assert "From 20 simulated futures only" in head


def test_negative_numbers_have_minus_signs_and_dates_keep_their_hyphens() -> None:
    given = without_charts()
    fee = replace(given.figure("fee"), id="loss", value=-5, title="Loss since 2025-01-01")
    money = replace(given.section("corridor").tables[0], rows=(("fee", fee), ("gain", fee)))
    sections = (replace(given.section("corridor"), tables=(money,)),)
    text = html(replace(given, sections=sections, answers=()))
    assert "\u22125" in text
    assert "2025-01-01" in text and "2025\u221201" not in text


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
        for name in ("ink", "soft", "link", "power", "mark"):
            for ground in ("ground", "panel"):
                assert contrast(scheme[name], scheme[ground]) >= 4.5, (name, ground)
    for light in (palette.INK, palette.SOFT, *palette.GROUPS):
        assert contrast(light, schemes[0]["ground"]) >= 4.5
        assert contrast(palette.DARK[light], schemes[1]["ground"]) >= 4.5
