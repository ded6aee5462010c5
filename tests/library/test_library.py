"""The shipped scenarios: they load, every number is accounted for, derived numbers re-derive."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import bedspace.scenario as scenario
from bedspace.rules import law
from bedspace.scenario import Scenario, paths

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "src" / "bedspace" / "scenario" / "library"
FEDERAL = ROOT.parent / "shared" / "data" / "us_nps_2022"
SHIPPED = (
    "arizona-corecivic",
    "australia-nauru",
    "belgium-netherlands",
    "california-out-of-state",
    "cecot-offer",
    "denmark-kosovo",
    "el-salvador",
    "el-salvador-2015",
    "england-wales",
    "hawaii-arizona",
    "liechtenstein-austria",
    "montana-arizona",
    "norway-netherlands",
    "sweden-estonia",
    "two-hundred-places",
    "uk-rwanda",
    "us-equatorial-guinea",
    "us-eswatini",
    "us-palau",
    "us-prisons",
    "us-rwanda",
    "vermont-mississippi",
    "vermont-pennsylvania",
    "wyoming-mississippi",
)
CITED = tuple(name for name in SHIPPED if name != "two-hundred-places")


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("derive", ROOT / "scripts/derive_cecot_offer.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["derive"] = module
    spec.loader.exec_module(module)
    return module


DERIVE = _script()


@pytest.fixture(scope="module")
def offer() -> Scenario:
    return load("cecot-offer")


@cache
def load(name: str) -> Scenario:
    return scenario.load(name)


def _all() -> list[str]:
    found = []
    for name in SHIPPED:
        found += [name, *(f"{name}#{variant}" for variant in load(name).variants)]
    return found


def test_every_shipped_file_is_known_here() -> None:
    assert sorted(p.stem for p in LIBRARY.glob("*.yaml")) == sorted(SHIPPED)
    assert set(SHIPPED) <= set(scenario.names())


@pytest.mark.parametrize("name", _all())
def test_loads_with_every_variant(name: str) -> None:
    assert load(name).title


@pytest.mark.parametrize("name", [n for n in _all() if not n.startswith("two-hundred")])
def test_every_number_is_cited_or_says_why_it_is_assumed(name: str) -> None:
    scn = load(name)
    bare = [
        path
        for path, q in paths.numbers(scn).items()
        if not (q.source or q.note) and not {"observed", "context"} & set(path.split("."))
    ]
    assert bare == []
    rows = [row for system in scn.systems.values() for row in system.observed]
    kept = [row for agreement in scn.agreements.values() for row in agreement.observed]
    for row in (*rows, *kept, *scn.context):  # these are cited as a whole
        assert row.grade and (row.source or (row.grade == "assumption" and row.note))


@pytest.mark.parametrize("name", CITED)
def test_derived_numbers_say_how(name: str) -> None:
    silent = [
        path
        for path, q in paths.numbers(load(name)).items()
        if q.grade in ("derived", "assumption")
        and not q.note
        and not {"observed", "context"} & set(path.split("."))
        and not (name == "el-salvador-2015" and ".yearly." in path)  # told once, on the group
    ]
    assert silent == []


@pytest.mark.parametrize("name", CITED)
def test_every_source_is_used(name: str) -> None:
    text = "".join((LIBRARY / f"{n}.yaml").read_text() for n in CITED)
    used = set(re.findall(r"source: ([a-z0-9-]+)", text))
    assert set(load(name).sources) <= used


def test_the_teaching_example_cites_nothing_and_says_so() -> None:
    scn = load("two-hundred-places")
    assert not scn.sources and "made up" in (scn.summary or "")
    assert {q.grade for q in paths.numbers(scn).values()} == {"assumption"}


# --- derived numbers ----------------------------------------------------------------------------


def test_running_totals_are_those_the_script_uses(offer: Scenario) -> None:
    admissions = offer.systems["el-salvador"].groups["emergency"].admissions
    assert admissions is not None
    typed = {day: n for day, n in DERIVE.DETAINED.items() if n}
    assert {day: q.value for day, q in admissions.points} == typed
    assert admissions.then is not None and admissions.then.high == round(DERIVE.detention_rate())


def test_ordinary_group_rederives(offer: Scenario) -> None:
    want = DERIVE.ordinary()
    stay = paths.get(offer, "el-salvador.pathways.ordinary.in-custody.stay.lognormal.mean")
    assert (stay.value, stay.low, stay.high) == pytest.approx(
        (want["stay"], want["stay_low"], want["stay_high"]), abs=0.5
    )
    rate = paths.get(offer, "el-salvador.groups.ordinary.admissions.rate")
    assert [365.25 * x for x in (rate.value, rate.low, rate.high)] == pytest.approx(
        [want["admissions"], want["admissions_low"], want["admissions_high"]], abs=0.6
    )
    stock = paths.get(offer, "el-salvador.groups.ordinary.stock")
    assert stock.value == DERIVE.STOCK_START


def test_emergency_pathway_rederives(offer: Scenario) -> None:
    base = "el-salvador.pathways.emergency"
    fit, cecot = DERIVE.releases_fit(), DERIVE.cecot_fit()
    later = offer.measures["second-wave"].set
    for exit_, want in (("review", fit), ("awaiting-high-security", cecot)):
        path = f"{base}.detained.exits.{exit_}"
        assert paths.get(offer, path).value == pytest.approx(want["first"])
        assert later[path].value == pytest.approx(want["later"])
    assert paths.get(offer, f"{base}.review.stay.lognormal.mean").value == fit["mean"]
    wait = paths.get(offer, f"{base}.awaiting-high-security.stay.fixed")
    assert wait.value == cecot["wait"]
    for exits in (
        [
            paths.get(offer, f"{base}.detained.exits.{x}").value
            for x in ("review", "awaiting-high-security", "held")
        ],
        [q.value for q in later.values()],
    ):
        assert sum(exits) == pytest.approx(1, abs=1e-12)


def test_history_is_the_published_one_repaired() -> None:
    scn = load("el-salvador-2015")
    admissions = scn.systems["el-salvador"].groups["ordinary"].admissions
    assert admissions is not None
    for (year, q), row in zip(admissions.points, DERIVE.repair(), strict=True):
        published = DERIVE.HISTORY[row.year][1]
        assert (year, q.value) == (row.year, round(row.admissions))
        assert q.disputed_by[0].value == published
        assert row.admissions - row.releases == pytest.approx(row.change)


def test_repair_moves_flows_least() -> None:
    # Along the line that keeps the identity, any step away from the repair costs more.
    for row in DERIVE.repair():
        _, a, r = DERIVE.HISTORY[row.year]

        def cost(step: float, a: int = a, r: int = r, row: object = row) -> float:
            return ((row.admissions + step) / a - 1) ** 2 + ((row.releases + step) / r - 1) ** 2

        assert cost(0) < min(cost(1), cost(-1))


@pytest.mark.parametrize("day", list(DERIVE.TARGETS))
def test_published_totals_are_met_by_arithmetic(day: object) -> None:
    o, published = DERIVE.ordinary(), DERIVE.TARGETS[day]
    assert DERIVE.expected(day, o["stay"], o["admissions"]) == pytest.approx(published, rel=0.03)
    median, low, high = DERIVE.half_width(day, members=1000)
    assert median == pytest.approx(published, rel=0.03) and low < published < high
    assert (high - low) / 2 / median < 0.08


def test_fitted_totals_are_met() -> None:
    for day, released in DERIVE.RELEASED.items():
        assert DERIVE.released_by(day) == pytest.approx(released, rel=0.03)
    for day, held in DERIVE.CECOT_HELD.items():
        assert DERIVE.cecot_at(day) == pytest.approx(held, rel=0.01)


NON_CITIZENS = ("legal-residents", "salvadoran-nationals", "other-non-citizens")


def test_federal_numbers_rederive(offer: Scenario) -> None:
    citizens, others = DERIVE.federal(), DERIVE.non_citizens()
    for group in ("citizens", *NON_CITIZENS):
        want = citizens if group == "citizens" else others
        base = f"united-states.groups.{group}"
        rate = paths.get(offer, f"{base}.admissions.rate")
        assert paths.get(offer, f"{base}.stock").value == want[f"stock {group}"]
        assert rate.value * 365.25 == pytest.approx(want[f"admissions {group}"], abs=0.6)
        assert rate.low * 365.25 == pytest.approx(want[f"admissions low {group}"], abs=0.6)
        assert rate.high * 365.25 == pytest.approx(want[f"admissions high {group}"], abs=1.5)
    path = "united-states.pathways.federal"
    for stage, law_, key in (
        ("remand", "exponential.mean", "remand_stay"),
        ("sentenced", "lognormal.mean", "sentenced_stay"),
    ):
        got = paths.get(offer, f"{path}.{stage}.stay.{law_}")
        assert got.value == pytest.approx(citizens[key], abs=0.05)
    sigma = paths.get(offer, f"{path}.sentenced.stay.lognormal.sigma")
    assert sigma.value == pytest.approx(citizens["sigma"], abs=0.005)


def test_immigration_group_is_the_venezuelan_share(offer: Scenario) -> None:
    share = round(DERIVE.federal()["venezuelan_share"], 3)
    base = "united-states.groups.immigration-detained"
    assert paths.get(offer, f"{base}.stock").value == pytest.approx(share * 20_000)
    rate = paths.get(offer, f"{base}.admissions.rate").value
    assert rate == pytest.approx(share * 25_000 * 12 / 365.25)
    beds = paths.get(offer, "united-states.facilities.immigration-detention.places")
    assert beds.value == pytest.approx(share * 45_000)


def test_grant_arithmetic() -> None:
    scn, want = load("cecot-offer#grant"), DERIVE.grant()
    lease = scn.agreements["offer"]
    fixed = lease.fee[0].fixed
    assert fixed is not None and lease.ends_early is not None
    days = (lease.ends_early.on - lease.from_).days
    held = next(o.held for o in lease.observed if o.held is not None)
    assert fixed.value / lease.places.value / 365 == pytest.approx(want["headline"])
    assert fixed.value / (held.value * days) == pytest.approx(want["used"])
    assert (round(want["headline"], 1), round(want["announced"], 1), round(want["used"])) == (
        43.5,
        54.8,
        151,
    )
    capped = scn.measures["only-252-came"]
    assert capped.on == lease.from_
    assert capped.set["agreements.offer.places"].value == held.value


# --- the law that variants assume ----------------------------------------------------------------


@pytest.mark.parametrize("name", [n for n in _all() if n.startswith("cecot-offer")])
def test_routes_and_assumed_gates_exist_and_none_is_absolute(name: str) -> None:
    routes = law.routes()
    for agreement in load(name).agreements.values():
        assert set(agreement.routes) <= set(routes)
        for assumed in agreement.assume:
            route = assumed.gate.split("/")[0]
            found = {gate.id: gate for gate in routes[route].gates}
            assert route in agreement.routes and not found[assumed.gate].absolute


def _open_groups(name: str) -> set[str]:
    """Groups of the offer that are not barred on every route, assumed gates taken as open."""
    scn = load(name)
    lease = scn.agreements["offer"]
    assume = {a.gate: a.reason for a in lease.assume}
    found = set()
    for group in lease.eligible.groups:
        marks = scn.systems["united-states"].groups[group].attributes
        facts = law.Facts(
            "united-states",
            "el-salvador",
            citizenship=marks["citizenship"],
            custody_status="immigration" if "immigration" in group else "sentenced",
            lawful_resident="lawful_resident" in marks or None,
        )
        for verdict in law.verdicts(facts, lease.routes, lease.law_on or lease.from_):
            ours = {k: v for k, v in assume.items() if k.startswith(f"{verdict.route}/")}
            if law.apply_assumptions(verdict, ours).effective.status != "barred":
                found.add(group)
    return found


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("cecot-offer", {"salvadoran-nationals", "other-non-citizens", "legal-residents"}),
        ("cecot-offer#full-lawful", {"salvadoran-nationals"}),
        ("cecot-offer#full-salvadorans", {"salvadoran-nationals"}),
        ("cecot-offer#full-noncitizens", {"salvadoran-nationals", "other-non-citizens"}),
        ("cecot-offer#full-residents", {"legal-residents"}),
        ("cecot-offer#full-citizens", {"citizens"}),
        ("cecot-offer#grant", {"immigration-detained"}),
    ],
)
def test_whom_the_law_and_the_assumptions_leave(name: str, groups: set[str]) -> None:
    assert _open_groups(name) == groups


# --- the federal rows ----------------------------------------------------------------------------


def _row(table: str) -> list[str]:
    """The cells of the federal row of a table, without thousands separators or empty cells."""
    path = FEDERAL / f"p22st{table}.csv"
    if not path.exists():
        pytest.skip("the tables of Prisoners in 2022 are not beside this clone")
    with path.open(encoding="latin-1", newline="") as lines:
        row = next(r for r in csv.reader(lines) if r and re.match(r"Federal(/|$)", r[0]))
    return [cell.replace(",", "") for cell in row[1:] if cell]


def _has(table: str, *numbers: float) -> None:
    cells = _row(table)
    missing = [n for n in numbers if f"{n:g}" not in cells and str(int(n)) not in cells]
    assert not missing, f"{missing} not in the federal row of {table}: {cells}"


def test_federal_rows_are_those_of_the_tables(offer: Scenario) -> None:
    def at(path: str) -> float:
        return float(paths.get(offer, f"united-states.{path}").value)

    _has("t22", at("groups.citizens.stock"), DERIVE.NON_CITIZENS)
    _has("t21", at("facilities.bureau-of-prisons.places"), 145_162)
    _has("t14", at("facilities.community-and-home.places"), at("facilities.local-jails.places"))
    _has("t02", DERIVE.FEDERAL_2022, 157_314)
    _has("t08", DERIVE.ADMITTED_2021, DERIVE.ADMITTED_2022)
    _has("t09", DERIVE.RELEASED_2022)


def test_sentenced_stock_is_that_of_the_table() -> None:
    path = FEDERAL / "p22stt03.csv"
    if not path.exists():
        pytest.skip("the tables of Prisoners in 2022 are not beside this clone")
    with path.open(encoding="latin-1", newline="") as lines:
        row = next(r for r in csv.reader(lines) if r and r[0] == "2022")
    assert f"{DERIVE.FEDERAL_SENTENCED_2022:,}" in row


def test_offence_mix_is_that_of_the_table(offer: Scenario) -> None:
    path = FEDERAL / "p22stt19.csv"
    if not path.exists():
        pytest.skip("the tables of Prisoners in 2022 are not beside this clone")
    with path.open(encoding="latin-1", newline="") as lines:
        rows = [[cell for cell in r if cell] for r in csv.reader(lines)]
    table = {
        r[0].split("/")[0]: float(r[1])
        for r in rows
        if len(r) > 8 and r[0] != "Total" and re.fullmatch(r"[\d.]+", r[1])
    }
    mix = offer.systems["united-states"].groups["citizens"].shares["offence"]
    for ours, theirs in (
        ("violent", "Violent"),
        ("property", "Property"),
        ("drug", "Drug"),
        ("immigration", "Immigration"),
        ("weapons", "Weapons"),
    ):
        assert 100 * mix[ours].value == pytest.approx(table[theirs])
    public = 100 * sum(mix[k].value for k in ("immigration", "weapons", "other-public-order"))
    assert public == pytest.approx(table["Public order"])
    assert sum(q.value for q in mix.values()) == pytest.approx(1, abs=1e-12)


# --- the papers ----------------------------------------------------------------------------------


def test_coverage_has_a_row_for_each_of_the_24_statements() -> None:
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([AB]\d+) \|", text, re.MULTILINE)
    assert rows == [f"A{i}" for i in range(1, 15)] + [f"B{i}" for i in range(1, 11)]


def test_the_paper_shows_the_repair_as_it_is() -> None:
    text = (ROOT / "docs" / "scenarios" / "cecot-offer.md").read_text(encoding="utf-8")
    for row in DERIVE.repair():
        _, a, r = DERIVE.HISTORY[row.year]
        line = (
            f"| {row.year} | {row.change:+,} | {row.residual:+,} | {a:,} | "
            f"{round(row.admissions):,} | {r:,} | {round(row.releases):,} |"
        )
        assert line in text


@pytest.mark.parametrize(
    ("name", "system", "people", "places"),
    [
        ("belgium-netherlands", "belgium", 5_580, 4_740),
        ("sweden-estonia", "sweden", 4_500, 3_200),
        ("denmark-kosovo", "denmark", 348, 322),  # 348 / 107.9 %
        ("hawaii-arizona", "hawaii", 3_023, 1_635),
        ("california-out-of-state", "california", 17_000, 0),  # gymnasiums are no places
    ],
)
def test_senders_are_crowded_without_the_places_they_rent(
    name: str, system: str, people: int, places: int
) -> None:
    """On the first day of the baseline more people are held than there are places, and what a place
    would cost to build is in the file, from a source."""
    home = scenario.load(f"{name}#baseline").systems[system]
    stocks = [group.stock for group in home.groups.values()]
    assert sum(stock.value for stock in stocks if isinstance(stock, scenario.Quantity)) == people
    assert sum(facility.places.value for facility in home.facilities.values()) == places < people
    assert home.when_full == "crowd"
    assert home.costs is not None and home.costs.building is not None
    assert home.costs.building.place.source
