"""What a notebook shows of an appraisal, a table, a figure, a run and a comparison."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from bedspace import plain_html, results
from bedspace.appraisal import Appraisal, Figure, Rule, Table
from bedspace.exceptions import BedspaceError

RULE = Rule("r", "words", "Some Act, s. 1", "assumption")
EVIL = "<script>alert('x')</script> & $a$"
OPEN = {"br", "hr", "img", "input"}


class Balanced(HTMLParser):
    """Every element that is opened is closed, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in OPEN:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(html: str) -> list[str]:
    """The elements of it; no script, colour or address, and left alone by what sets formulas."""
    found = Balanced()
    found.feed(html)
    assert not found.open
    assert html.startswith('<div class="bedspace tex2jax_ignore mathjax_ignore">')
    assert not {"script", "style", "link", "img", "iframe"} & set(found.seen)
    assert not re.search(r"\b(color|background|href|src|onclick)\b\s*[:=]", html)
    return found.seen


@pytest.fixture
def figure() -> Figure:
    return Figure("f", f"Paid {EVIL}", -1.5, "EUR", "made", (RULE,), -2.0, -1.0, "a <b> note")


def test_a_figure_shows_its_stamps_and_how_it_was_made(figure: Figure) -> None:
    html = figure._repr_html_()
    assert check(html).count("details") == 2
    assert "\N{MINUS SIGN}1.50 EUR (\N{MINUS SIGN}2.00 to \N{MINUS SIGN}1.00) [V]" in html
    assert "to be verified: Some Act, s. 1" in html and "a &lt;b&gt; note" in html
    assert EVIL not in html
    assert repr(figure).startswith("<Figure f: ") and "[V]" in repr(figure)


def test_a_table_has_heads_for_its_columns_and_rows(figure: Figure) -> None:
    made = Table("t", f"T {EVIL}", ("Of", "Paid"), (("a", figure), (EVIL, None)), note="A note.")
    html = made._repr_html_()
    seen = check(html)
    assert seen.count("th") == 4 and html.count('scope="col"') == html.count('scope="row"') == 2
    assert seen.count("caption") == 1 and "A note." in html and EVIL not in html
    assert repr(made) == f"<Table t: T {EVIL}; 2 rows>"


def test_numbers_are_set_to_the_right_and_words_to_the_left() -> None:
    html = plain_html.table("c", ("a", "b", "c"), [("x", "1", "1"), ("y", "-2", "two")])
    assert html.count("text-align:right") == 3  # the second column: its head and two cells


def test_an_appraisal_shows_its_answer_first(leased: Appraisal) -> None:
    html = leased._repr_html_()
    check(html)
    assert len(html) < 30_000
    first = leased.answer.sentence.text
    text = str(leased)
    for told in (text, html.replace("&#x27;", "'")):
        assert told.index(leased.answer.question) < told.index(first)
        for sentence in leased.answer.sentences:
            assert sentence.text in told
        assert leased.answer.rests_on in told and leased.caution in told
    assert text.splitlines()[1] == first
    assert f"{len(leased.figures)} figures" in text.splitlines()[-1]


def test_a_run_and_a_comparison_say_what_they_are(lease: results.Comparison) -> None:
    for made, kind in ((lease, "Comparison"), (lease.scenario, "Run")):
        html = made._repr_html_()
        check(html)
        assert "8 simulated futures, seed 1" in html and "population" in html
        assert repr(made).startswith(f"<{kind} two-hundred-places")
        assert len(repr(made)) < 300
    assert lease.name == "two-hundred-places against two-hundred-places#baseline"


def test_a_table_of_a_run_by_its_name(lease: results.Comparison) -> None:
    run = lease.scenario
    assert run.table("transfers").columns == [c.name for c in results.TABLES["transfers"].columns]
    people = run.table("population").aggregate("sum(people)").fetchall()
    assert people == run.sql("SELECT sum(people) FROM population").fetchall()
    both = lease.table("scenario_population").aggregate("sum(people)").fetchall()
    assert both == people
    with pytest.raises(BedspaceError, match="no table 'populatoin'; did you mean 'population'"):
        run.table("populatoin")
    with pytest.raises(BedspaceError, match="no table 'population'; did you mean"):
        lease.table("population")


def test_ipython_shows_the_html(leased: Appraisal, lease: results.Comparison) -> None:
    formatters = pytest.importorskip("IPython.core.formatters")
    format_ = formatters.DisplayFormatter().format
    for one in (leased, leased.table("lease.saving"), leased.figure("lease.fee.paid"), lease):
        data, _ = format_(one)
        assert data["text/html"] == one._repr_html_()
        assert data["text/plain"].startswith(repr(one)[:40])
