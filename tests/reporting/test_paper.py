"""The PDF: two pages for the desk and an annex with every figure, readable by everybody; nothing in
a scenario's texts is run."""

from __future__ import annotations

import csv
import io
import re
import sys
from dataclasses import replace
from itertools import pairwise

import pytest

from bedspace.appraisal import Appraisal, Table
from bedspace.appraisal.figures import tracing
from bedspace.appraisal.figures.answer import Sentence, Tile
from bedspace.exceptions import BedspaceError
from bedspace.reporting.about import about
from bedspace.reporting.paper import LAYOUTS, pdf
from bedspace.reporting.paper.impact import YEARS, first_year, year_of
from bedspace.reporting.paper.lettering import MISSING, plain, signed
from bedspace.reporting.paper.numbering import Numbering, runs
from bedspace.reporting.paper.summary import chosen
from tests.reporting.made import appraisal, without_charts
from tests.reporting.tags import Tag, tags

pytest.importorskip("typst", reason="typst, of the extra report, is missing")
pikepdf = pytest.importorskip("pikepdf", reason="pikepdf, which reads the tags, is missing")
pypdf = pytest.importorskip("pypdf", reason="pypdf, which reads the text, is missing")

NASTY = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "= Heading *bold* _it_ $x^2$ <label> @reference `code` // comment /* more */",
    "\\u{41} #sys.inputs #pagebreak() ]]]}}} ((( \" ' ~ --- ...",
    "] #set page(fill: red) #[",
)
"""Texts that would be run, or would break the page, if they became part of the template."""


def made(found: Appraisal, layout: str = "brief") -> bytes:
    return pdf(found, about(found), layout)


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def squeezed(text: str) -> str:
    """The text without spaces."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def data() -> bytes:
    return made(appraisal())


@pytest.fixture(scope="module")
def root(data: bytes) -> Tag:
    return tags(data)


def test_it_says_that_it_keeps_to_both_standards(data: bytes) -> None:
    """typst refuses what breaks one of them, so a file that says so has passed its check."""
    with pikepdf.open(io.BytesIO(data)) as found:
        told = found.open_metadata()
        assert (told["pdfuaid:part"], told["pdfaid:part"]) == ("1", "3")
        assert told["pdfaid:conformance"] == "A"
        assert found.Root.Lang == "en"
        assert bool(found.Root.MarkInfo.Marked)
        assert bool(found.Root.ViewerPreferences.DisplayDocTitle)
        assert found.docinfo["/Title"] == appraisal().title


def test_links_say_where_they_lead_and_fonts_are_in_the_file(data: bytes) -> None:
    """ISO 14289-1: links have words and a place in the structure (7.18), tabs follow the structure
    (7.18.3), fonts are embedded and every letter is known as text (7.21)."""
    links = fonts = 0
    with pikepdf.open(io.BytesIO(data)) as found:
        for page in found.pages:
            assert page.obj.Tabs == "/S"
            for link in page.obj.get("/Annots") or ():
                assert str(link.Contents) and "/StructParent" in link
                links += 1
            for font in page.obj.Resources.Font.values():
                told = font.DescendantFonts[0].FontDescriptor
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(told.keys())
                assert "/ToUnicode" in font
                fonts += 1
    assert links > 20 and fonts > 5


def test_headings_go_down_one_step_at_a_time(root: Tag) -> None:
    levels = [int(tag.kind[1]) for tag in root.walk() if re.fullmatch(r"H\d", tag.kind)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    titles = [tag.title for tag in root.walk() if re.fullmatch(r"H\d", tag.kind)]
    for wanted in ("Annex", "How each figure was made", *(s.title for s in appraisal().sections)):
        assert wanted in titles


def test_every_chart_has_words_for_who_cannot_see_it(root: Tag) -> None:
    charts = [chart for section in appraisal().sections for chart in section.charts]
    figures = root.all("Figure")
    assert len(figures) == len(charts) + len(chosen(appraisal()))
    for chart in charts:
        assert any(chart.title in figure.alt for figure in figures)
    assert all(len(figure.alt) > 40 for figure in figures)


def test_every_table_has_headings_for_its_columns(root: Tag) -> None:
    tables = root.all("Table")
    shown = [table for section in appraisal().sections for table in section.tables]
    assert len(tables) == len(shown) + 1  # and the one of the first page
    for table in tables:
        heads = table.all("TH")
        assert heads and {head.scope for head in heads} == {"Column"}
        assert {len(row.all("TD")) for row in table.all("TBody")[0].all("TR")} == {len(heads)}


def test_the_annex_begins_on_the_third_page(data: bytes) -> None:
    first, second, third, *_ = pages(data)
    question = appraisal().answer.question
    assert question in first and appraisal().answer.sentence.text in " ".join(first.split())
    assert "Method, assumptions and sources" in second
    assert third.startswith("Annex")


@pytest.mark.parametrize("length", [1, 40])
def test_two_pages_hold_however_much_there_is_to_say(length: int) -> None:
    """Boxes of seven lines: what does not fit is cut, and is in the annex."""
    found = without_charts()
    told = Sentence(
        f"Of {'a great many people and places ' * length}no more is known.", found.answer.figures
    )
    many = (told,) * 12
    tiles = tuple(Tile(f"Tile {i}", many) for i in range(3))
    answer = replace(found.answer, sentence=told, grounds=many, tiles=tiles, turns=many,
                     unknown=many, rests_on=told.text)  # fmt: skip
    title = f"Two hundred places abroad{' and more of them' * length}"
    text = pages(made(replace(found, answer=answer, title=title)))
    assert text[2].startswith("Annex")
    assert squeezed(told.text) in squeezed("".join(text[2:]))


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_no_text_of_a_scenario_is_run(text: str, layout: str) -> None:
    found = without_charts()
    rows = ((text, found.figure("fee")),)
    table = Table("nasty", text, (text, "value"), rows, text)
    section = replace(found.sections[0], tables=(table,), title=text, notes=(text,))
    answer = replace(found.answer, question=text, grounds=(Sentence(text),), rests_on=text)
    given = replace(found, title=text, sections=(section, *found.sections[1:]), answer=answer)
    told = squeezed("".join(pages(made(given, layout))))
    assert told.count(squeezed(text)) >= 6  # title, question, ground, section, its note, table


@pytest.mark.parametrize(
    "text",
    [
        "日本の刑務所",
        "السجون",
        "בתי סוהר",
        "🔒 prison",
        "a\u202egnp.exe",
        "nul\x00\x1b[31m",
        "\ud800",
    ],
)
def test_a_letter_that_no_font_has_is_a_box(text: str) -> None:
    """PDF/UA lets no letter stand without a shape; whatever is typed, there is a PDF."""
    told = pages(made(replace(without_charts(), title=f"Place {text} end")))[0]
    assert squeezed(f"Place {plain(text)} end") in squeezed(told)


def test_letters_that_are_set_and_those_that_are_not() -> None:
    assert (
        plain("Ærø, Łódź, Ελλάδα, Москва, €5 – ‘a’ … ≤ →")
        == "Ærø, Łódź, Ελλάδα, Москва, €5 – ‘a’ … ≤ →"
    )
    assert plain("日a\u202e\x00b\nc") == f"{MISSING}ab c"
    assert plain("e\u0301") == "é"


def test_a_minus_sign_stands_before_numbers_below_nought_only() -> None:
    assert signed("-226 (-300 to -100)") == "−226 (−300 to −100)"
    assert signed("2025-01-31, a-1, F1-F3, 10-20, un-2") == "2025-01-31, a-1, F1-F3, 10-20, un-2"


def test_every_figure_is_in_the_annex_and_explain_finds_it(data: bytes) -> None:
    """Each has an entry with its id; there are no more entries than figures; the figures.csv that
    the file carries has the same ids."""
    found = appraisal()
    text = "".join(pages(data)[2:])
    register = squeezed(text[text.rindex("How each figure was made") :])
    register = register[: register.index("Numbersofthescenario")]
    places = Numbering(found).figures
    for id_, place in places.items():
        figure = tracing.traced(found, id_)
        assert squeezed(f"F{place}{plain(figure.title)}:") in register
        assert squeezed(id_) in register
    assert f"F{len(places) + 1}" not in register
    with pikepdf.open(io.BytesIO(data)) as file:
        attached = file.attachments["figures.csv"].get_file().read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(attached)))
    assert [row["id"] for row in rows] == list(found.figures)


def test_every_number_is_told_once(data: bytes) -> None:
    text = squeezed("".join(pages(data)[2:]))
    for number in (i for i in appraisal().inputs if type(i).__name__ == "Number"):
        assert text.count(squeezed(number.path)) == 1


def test_powers_and_conditions_stand_on_the_first_two_pages(data: bytes) -> None:
    first = " ".join(" ".join(pages(data)[:2]).split())
    assert "Powers assumed that the law does not give: us-removal/release" in first
    assert "1 legal condition is taken as met: 1 still need something" in first
    assert "Needs a finding, person by person." in first


def test_the_same_appraisal_gives_the_same_bytes(data: bytes) -> None:
    assert made(appraisal()) == data


def test_an_impact_statement_has_the_four_parts_of_the_statute() -> None:
    data = made(appraisal(), "impact-statement")
    text = " ".join(" ".join(pages(data)).split())
    parts = (
        "1. Impact on prison, probation and post-prison supervision populations",
        "2. Fiscal impact, 2025 and five years more",
        "3. Other significant factors",
        "4. Methodologies and assumptions",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    heads = tags(data).all("H1")
    assert [head.title for head in heads if head.title[:1].isdigit()] == list(parts)
    assert not any(head.all("L") for head in heads)
    assert "18 U.S.C. § 4047(b)" in text and "no government prepared it" in text


def test_the_six_years_begin_with_the_account() -> None:
    """This year and five more are six; the year of a row is read off its first words."""
    assert YEARS == 6
    assert (year_of("2027"), year_of("2027-12-31"), year_of("In all")) == (2027, 2027, None)
    assert (year_of("2027-12"), year_of(None)) == (None, None)
    found = without_charts()
    rows = tuple((str(year), found.figure("fee")) for year in range(2026, 2036))
    account = Table("lease.account.sender", "Account", ("Year", "Paid"), rows)
    section = replace(found.sections[0], id="money-sender", tables=(account,))
    assert first_year(replace(found, sections=(section, *found.sections[1:]))) == 2026


def test_runs_of_numbers() -> None:
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
    assert runs([]) == []


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(BedspaceError, match="there are brief, impact-statement"):
        made(without_charts(), "poster")


def test_without_typst_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(BedspaceError, match=r"pip install 'bedspace\[report\]'"):
        made(without_charts())


def test_the_template_reads_nothing() -> None:
    from importlib import resources

    text = (resources.files("bedspace.reporting") / "templates/paper.typ").read_text()
    code = re.sub(r"//.*", "", text)
    assert not re.search(r"\b(eval|read|include|import|plugin)\b", code)
