"""No output path loses an assumed power or a legal gate taken as met.

The verbs are enumerated, not listed: one that is new fails here until it is stamped, or said to
have nothing to stamp and why.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

import bedspace as bs
from bedspace.appraisal import Appraisal, Simulated
from bedspace.cli.app import app
from bedspace.reporting import charts
from bedspace.reporting.alt import describe
from tests.cli.bad_files import GOOD

LAW = """\
id: act
title: An act
summary: Two gates, one shut and one that asks for a paper.
gates:
  - id: power
    title: The power
    law: [{since: null, citation: "Act, s. 1", binds: [homeland], grade: official,
           otherwise: {then: barred, because: There is no such power.}}]
  - id: paper
    title: A paper
    law: [{since: null, citation: "Act, s. 2", binds: [homeland], grade: official,
           otherwise: {then: needs, because: Needs a paper.}}]
  - use: non-refoulement
"""
TEXT = GOOD.replace("agreements:\n", "law: [act.yaml]\nagreements:\n", 1).replace(
    "    fee:\n",
    "    routes: [act]\n    assume: [{gate: act/power, reason: as if there were}]\n    fee:\n",
)
TEXT += """\
compared:
  state: going on
  promised: {text: a}
  paid: {text: b}
  eligible: {text: c}
  ended: {text: d}
"""
POWER, MET = "act/power", "act/paper"

DEMO = ("us-treaty-transfer/consent", "us-removal/withholding")
"""What the demo's variants assume, and what its offer takes as met."""

STAMPED: dict[str, tuple[str, ...]] = {
    "demo": ("--out", "{folder}/demo", "-n", "1"),
    "evidence": ("{file}",),
    "run": ("{file}", "--out", "{folder}/{n}", "-n", "1"),
    "compare": ("{file}#baseline", "{file}", "--out", "{folder}/{n}", "-n", "1"),
    "appraise": ("{compared}",),
    "report": ("{compared}", "--out", "{folder}/{n}.html"),
    "agreements": ("{file}", "-n", "1", "--out", "{folder}/{n}.html"),
    "invoice": ("{compared}", "--csv", "{folder}/{n}.csv"),
    "explain": ("{compared}", "lease.fee.paid"),
    "sql": ("{compared}", "select count(*) as people from scenario_population"),
}
"""Verb -> what to type to see figures of a scenario with an assumed power."""

NOTHING = {
    "list": "titles of shipped scenarios",
    "read": "what is in a user's table, and the same counts clean",
    "schema": "the language's form",
    "validate": "whether a file is sound, and how many numbers it has",
}
"""Verb -> what it prints, in which no figure rests on anything."""

FACE = {
    "load": "a scenario, with its assumptions and their reasons",
    "names": "names",
    "run": "tables; the folder keeps the scenario with its assumptions and their reasons",
    "compare": "the same",
    "open": "the same",
    "invoice": "an invoice with its stamps",
    "agreements": "stamped",
    "appraise": "stamped",
    "chart": "stamped",
    "sweep": "tables; every folder keeps its scenario with its assumptions and their reasons",
    "report": "stamped",
}
"""Function of the public face -> what carries the stamp."""

GROUP: Any = get_command(app)


def call(*args: object) -> Result:
    result = CliRunner().invoke(app, [str(a) for a in args])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("stamped")
    (folder / "act.yaml").write_text(LAW, encoding="utf-8")
    file = folder / "tiny.yaml"
    file.write_text(TEXT, encoding="utf-8")
    call("compare", f"{file}#baseline", file, "--out", folder / "compared", "-n", "2")
    return {"folder": str(folder), "file": str(file), "compared": str(folder / "compared")}


@pytest.fixture(scope="module")
def found(places: dict[str, str]) -> Appraisal:
    made = bs.open(places["compared"])
    assert not isinstance(made, bs.verbs.Run)
    return bs.appraise(made)


def test_every_verb_is_stamped_or_has_nothing_to_stamp() -> None:
    assert set(GROUP.commands) == STAMPED.keys() | NOTHING.keys()
    assert not STAMPED.keys() & NOTHING.keys()
    assert set(bs.__all__) - {"__version__"} == FACE.keys()


def outputs(verb: str, places: dict[str, str], *more: str) -> Iterator[str]:
    """What a verb prints, and every file it wrote but the tables of runs."""
    n = f"{verb}{'-'.join(more)}"
    typed = [word.format(n=n, **places) for word in STAMPED[verb]]
    before = set(Path(places["folder"]).rglob("*"))
    result = call(verb, *typed, *more)
    if verb != "report":  # it says where the page is
        yield result.stdout + (result.stderr if verb == "sql" else "")
    for file in sorted(set(Path(places["folder"]).rglob("*")) - before):
        if file.suffix in (".html", ".csv") or file.name == "scenario.json":
            yield file.read_text(encoding="utf-8")


CASES = [
    pytest.param(verb, way, marks=[pytest.mark.slow] if verb == "demo" else [])
    for verb in STAMPED
    for way in ((), ("--json",))
    if not way or any("--json" in p.opts for p in GROUP.commands[verb].params)
]


@pytest.mark.parametrize(("verb", "way"), CASES)
def test_no_verb_loses_it(verb: str, way: tuple[str, ...], places: dict[str, str]) -> None:
    power, met = DEMO if verb == "demo" else (POWER, MET)
    told = list(outputs(verb, places, *way))
    assert told
    for text in told:
        if text.startswith("{") and '"bedspace"' in text and '"agreements"' in text:
            # A run's scenario keeps the power with its reason, and the law it was asked by.
            kept = json.loads(text)
            if "lease" in kept.get("agreements", {}):
                assert {"gate": power, "reason": "as if there were"} in kept["agreements"]["lease"][
                    "assume"
                ]
                assert kept["law"][0]["id"] == "act"
            continue
        assert power in text, verb
        # The demo's page tells the gates by route: "us-removal/release, withholding (needs)".
        assert met in text or (verb == "demo" and met.partition("/")[2] in text), verb


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx", "zip", "pdf"])
def test_no_file_of_a_report_loses_it(kind: str, places: dict[str, str]) -> None:
    """The power and what is taken as met are named beside the fee, and, in a PDF, on the first two
    pages and in the list of the law."""
    file = Path(places["folder"]) / f"stamped.{kind}"
    if kind == "pdf":
        pytest.importorskip("typst", reason="typst, of the extra report, is missing")
    call("report", places["compared"], "--out", file)
    if kind == "pdf":
        pypdf = pytest.importorskip("pypdf", reason="pypdf, which reads the text, is missing")
        pages = [page.extract_text() for page in pypdf.PdfReader(file).pages]
        read = ["".join(text.split()) for text in pages]
        assert all(POWER in text for text in read[:2])
        assert "legalconditionsaretakenasmet" in read[1]
        assert f"{POWER}powerthatisassumed" in "".join(read[2:])
        assert f"{MET}legalconditiontakenasmet" in "".join(read[2:])
        return
    if kind == "parquet":
        asked = f"select stamps from '{file}' where id = 'lease.fee.paid'"
        (told,) = duckdb.sql(asked).fetchall()
    elif kind == "xlsx":
        openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is missing")
        rows = openpyxl.load_workbook(file)["Figures"].iter_rows(values_only=True)
        (told,) = (row for row in rows if row[0] == "lease.fee.paid")
    else:
        text = file.read_text(encoding="utf-8") if kind == "csv" else _figures(file)
        (told,) = (line for line in text.splitlines() if line.startswith("lease.fee.paid,"))
    assert POWER in str(told) and MET in str(told)


def _figures(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read("figures.csv").decode()


def test_every_figure_that_hangs_on_who_is_sent_is_stamped(found: Appraisal) -> None:
    hang = {
        id_
        for id_ in found.figures
        for _, item in found.walk(id_)
        if isinstance(item, Simulated) and any(MET in s for s in item.stamps)
    }
    assert "lease.fee.paid" in hang and len(hang) > 10
    for id_ in hang:
        stamps = " ".join(found.figure(id_).stamps)
        assert POWER in stamps and MET in stamps, id_


def test_every_table_chart_and_section_that_shows_one_is_stamped(found: Appraisal) -> None:
    tables = charts_ = 0
    for section in found.sections:
        for table in section.tables:
            if any(POWER in " ".join(f.stamps) for f in table.figures):
                assert POWER in " ".join(table.stamps) and POWER in " ".join(section.stamps)
                tables += 1
        for chart in section.charts:
            if POWER in " ".join(chart.stamps):
                assert POWER in charts.stamp(chart) and POWER in describe(chart)
                for words in (charts.stamp(chart), describe(chart)):
                    assert "open legal condition" in words.lower()
                charts_ += 1
    assert tables > 3 and charts_ > 0


def test_every_table_on_the_terminal_is_stamped(found: Appraisal, places: dict[str, str]) -> None:
    tables = [t for section in found.sections for t in section.tables]
    wanted = sum(f"assumed power: {POWER}" in table.stamps for table in tables)
    text = call("appraise", places["compared"], "--full").stdout
    below = re.findall(rf"^  \[P\w*\] assumed power: {POWER}", text, re.MULTILINE)
    assert len(below) == wanted > 3


def test_every_cell_and_drawing_of_the_page_is_stamped(places: dict[str, str]) -> None:
    """In HTML: the power is spelt out above all else, its letter stands at what rests on it, and
    each drawing that does says so itself."""
    (page,) = outputs("report", places, "--out", f"{places['folder']}/page.html")
    assert POWER in page.partition("<nav")[0]
    assert POWER in page.partition('id="rests-power"')[2].partition("</ul>")[0]
    rests = set(re.findall(r'<li id="(f\d+)">(?:(?!</li>).)*?#rests-power', page, re.S))
    cells = re.findall(r'<td[^>]*><a href="#(f\d+)">.*?</td>', page, re.S)
    assert len(rests & set(cells)) > 3
    for cell in re.findall(r"<td.*?</td>", page, re.S):
        name = re.search(r'href="#(f\d+)"', cell)
        if name and name[1] in rests:
            assert re.search(r">[^<]*P[TAUOV]*</(?:abbr|small)>", cell), cell
    figures = re.findall(r"<figure .*?</figure>", page, re.S)
    assert figures
    for figure in figures:
        if 'class="k grave"' in figure:
            drawn = re.findall(r"<svg.*?</svg>", figure, re.S)
            assert len(drawn) == 2
            for svg in drawn:
                assert POWER in re.sub(r"<[^>]+>", " ", svg), "not in the drawing"
                assert POWER in (re.search(r'aria-label="([^"]*)"', svg) or [""])[0], "not in words"


def test_without_an_assumed_power_nothing_is_stamped(tmp_path: Path) -> None:
    file = tmp_path / "plain.yaml"
    file.write_text(GOOD, encoding="utf-8")
    call("compare", f"{file}#baseline", file, "--out", tmp_path / "out", "-n", "1")
    for way in ((), ("--full",)):
        text = call("appraise", tmp_path / "out", *way).stdout.lower()
        assert "taken as met:" not in text and "assumed power:" not in text


def test_a_run_on_disk_keeps_the_power_and_its_reason(places: dict[str, str]) -> None:
    made = bs.open(places["compared"])
    scn = made.scenario.scenario
    assert [(a.gate, a.reason) for a in scn.agreements["lease"].assume] == [
        (POWER, "as if there were")
    ]
