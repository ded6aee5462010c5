"""What the sender avoids, on counts worked out by hand: 90 of 330 people are away for a year."""

from decimal import Decimal
from pathlib import Path

import pytest

from bedspace import ensemble, results, scenario
from bedspace.appraisal import Appraisal, Table, appraise
from bedspace.appraisal.members.members import Ensemble
from bedspace.appraisal.members.use import Use
from bedspace.appraisal.sender import avoided, rungs
from tests.appraisal.conftest import compare

HOME = str(Path(__file__).parent / "home.yaml")
DAYS = 90 * 365
SHORT = DAYS * 10
WINGS = SHORT + 1_200_000
"""330 people need all five wings, 240 need four."""


@pytest.fixture(scope="session")
def appraised(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Appraisal]:
    """Each variant against the same baseline."""
    folder = tmp_path_factory.mktemp("home")
    names = ("", "#secure", "#open", "#refilled", "#no-variable", "#by-the-day", "#two")
    return {name: appraise(compare(HOME + name, 2, folder / (name or "as"))) for name in names}


def value(found: Appraisal, id_: str) -> Decimal:
    got = found.figure(f"lease.{id_}").value
    assert isinstance(got, Decimal)
    return got


def table(found: Appraisal, id_: str) -> Table:
    return next(t for s in found.sections for t in s.tables if t.id == f"lease.{id_}")


def test_each_rung_by_hand(appraised: dict[str, Appraisal]) -> None:
    """32,850 person-days x 10; one wing for a year; 30 people above capacity for a year, whose
    places would cost 250,000 / 40 + 1,000 a year each."""
    found = appraised[""]
    assert found.figure("lease.home.fewer.all").value == DAYS
    assert found.figure("lease.home.wings.main").value == pytest.approx(1)
    assert found.figure("lease.home.prisons.main").value == 0
    assert found.figure("lease.home.unbuilt").value == pytest.approx(30 * 365 / 365.25)
    assert value(found, "avoided.short-run.total") == SHORT
    assert value(found, "avoided.wings.total") == WINGS
    built = Decimal(7250) * 30 * 365 / Decimal("365.25")
    assert value(found, "avoided.long-run.total") == pytest.approx(
        WINGS + built, abs=Decimal("0.01")
    )
    assert value(found, "avoided.wings.place-day") == value(found, "avoided.wings.total") / DAYS
    whole = 12_000_000 + 330 * 365 * 10 + built
    assert value(found, "home.whole") == pytest.approx(whole, abs=Decimal("0.01"))


def test_the_rungs_are_in_order_and_below_the_whole(appraised: dict[str, Appraisal]) -> None:
    for name in ("", "#secure", "#open", "#refilled"):
        keys = [f"avoided.{rung}.total" for rung in ("short-run", "wings", "long-run")]
        steps = [value(appraised[name], key) for key in (*keys, "home.whole")]
        assert steps == sorted(steps) and steps[0] > 0


def test_so_costs_rise_or_fall(appraised: dict[str, Appraisal]) -> None:
    """1,314,000 + 100,000 + 180 moves x 500 are paid, 45.78 a place-day; what is avoided goes from
    10 and 25 to 46.53 with a wing, and to 100 on average."""
    found = appraised[""]
    assert value(found, "fee.paid") == DAYS * 40 + 100_000 + 180 * 500
    verdicts = {
        cost_basis: found.figure(f"lease.saving.{cost_basis}.verdict").value
        for cost_basis in ("average", "marginal", "short-run", "wings", "long-run")
    }
    assert list(verdicts.values()) == [
        "costs fall",
        "costs rise",
        "costs rise",
        "costs fall",
        "costs fall",
    ]
    even = found.figure("lease.saving.break-even").value
    assert even == pytest.approx(float(value(found, "fee.price-used")) / 100)
    assert found.figure("lease.saving.holds").value == (
        "at a marginal cost of 45.8 % of the average and more; "
        "the marginal share is said to be 25 %"
    )


@pytest.mark.parametrize(("variant", "times"), [("#secure", "1.5"), ("#open", "0.5")])
def test_the_dearest_save_more_and_the_cheapest_less(
    appraised: dict[str, Appraisal], variant: str, times: str
) -> None:
    """By the day and in what is variable; a wing costs the same whoever was in it."""
    found, many = appraised[variant], Decimal(times)
    assert value(found, "avoided.average.total") == DAYS * 100 * many
    assert value(found, "avoided.marginal.place-day") == 25 * many
    assert value(found, "avoided.short-run.total") == SHORT * many
    assert value(found, "avoided.wings.total") == SHORT * many + 1_200_000


def test_filling_half_of_the_places_again(appraised: dict[str, Appraisal]) -> None:
    """45 fewer leave 285, which need five wings; 15 of the 30 who want a place still do."""
    found = appraised["#refilled"]
    assert value(found, "avoided.average.total") == DAYS * 50
    assert (
        value(found, "avoided.short-run.total") == value(found, "avoided.wings.total") == SHORT / 2
    )
    assert found.figure("lease.home.unbuilt").value == pytest.approx(15 * 365 / 365.25)
    rows = table(found, "refilling").rows
    assert [row[0] for row in rows] == ["none", "as stated", "all"]
    assert value(found, "refilled.none.short-run.avoided") == SHORT
    assert value(found, "refilled.all.long-run.avoided") == 0
    assert value(found, "refilled.all.long-run.saved") == -value(found, "fee.paid")
    assert value(found, "refilled.none.long-run.avoided") == value(
        appraised[""], "avoided.long-run.total"
    )
    assert "agreements.lease.refilled" in {
        i.id for i in found.figure("lease.avoided.average.place-day").inputs
    }


def test_two_agreements_share_what_they_empty(appraised: dict[str, Appraisal]) -> None:
    """90 and 30 are away, 120 fewer at home: three quarters and one, which empties no wing."""
    found = appraised["#two"]
    assert value(found, "avoided.short-run.total") == SHORT
    assert value(found, "avoided.wings.total") == WINGS
    other = {
        key: found.figure(f"second.avoided.{key}.total").value for key in ("short-run", "wings")
    }
    assert other == {"short-run": 30 * 365 * 15, "wings": 30 * 365 * 15}
    assert "Shared with second" in table(found, "home").note


def test_people_held_elsewhere_for_want_of_a_place(tmp_path: Path) -> None:
    """30 wait in cells at 20 a day. 90 leave the prison, and from the next day on there is room for
    the 30: 60 fewer there, nobody in the cells, and 30 places that need not be built though nobody
    is above capacity."""
    sides = (scenario.load(f"{HOME}#{name}") for name in ("elsewhere-baseline", "elsewhere"))
    found = appraise(ensemble.compare(*sides, 1, 1, 1, tmp_path / "out"))
    assert found.figure("lease.home.fewer.cells").value == 30 * 364
    assert found.figure("lease.home.fewer.main").value == 60 * 364 + 90
    assert value(found, "avoided.short-run.total") == (60 * 364 + 90) * 10 + 30 * 364 * 20
    assert found.figure("lease.home.unbuilt").value == pytest.approx(30 * 364 / 365.25)


def test_without_costs_of_a_facility_it_is_as_before_or_says_why(
    appraised: dict[str, Appraisal],
) -> None:
    by_day = appraised["#by-the-day"]
    assert "lease.avoided.short-run.total" not in by_day.figures
    assert value(by_day, "avoided.marginal.total") == DAYS * 25
    unknown = appraised["#no-variable"].figure("lease.avoided.short-run.total")
    assert unknown.value is None and unknown.note == "no variable cost of main is given"


def test_each_year_adds_up_to_the_total(lease: results.Comparison) -> None:
    use = Use(Ensemble(lease), "lease")
    for cost_basis in avoided.bases(use):
        wholes = avoided.totals(use, cost_basis)
        for m, (years, whole) in enumerate(
            zip(avoided.flows(use, cost_basis), wholes, strict=True)
        ):
            assert list(years) == [2025, 2026, 2027, 2028]
            assert sum(years.values()) == whole
            assert all(sum_ == sum_.quantize(Decimal("0.01")) for sum_ in years.values())
            if cost_basis == "average":
                assert whole == 80 * use.place_days[m]


def test_wings_of_a_real_run_counted_again(lease: results.Comparison) -> None:
    """Member by member from the days themselves: 40 places a wing in north, 50 in south."""
    use = Use(Ensemble(lease), "lease")
    sizes = {"north": (40, 150), "south": (50, 90)}
    for member in range(2):
        for name, (size, count) in sizes.items():
            peaks: dict[str, dict[object, int]] = {}
            for side in ("baseline", "scenario"):
                rows = lease.sql(
                    f"SELECT day, people FROM {side}_population WHERE member = {member} AND "
                    f"facility = '{name}' AND day >= DATE '2025-09-01' AND day < DATE '2028-09-01'"
                ).fetchall()
                peaks[side] = {}
                for day, people in rows:
                    month = day.replace(day=1)
                    peaks[side][month] = max(peaks[side].get(month, 0), people)
            empty = sum(
                min(-(-peaks["baseline"][month] // size), count)
                - min(-(-peaks["scenario"][month] // size), count)
                for month in peaks["baseline"]
            )
            assert rungs.of(use)[member].wing_years[name] == pytest.approx(empty / 12)


def test_the_lease_of_the_library_loads_its_steps() -> None:
    costs = scenario.load("two-hundred-places").systems["homeland"].facilities["north"].costs
    assert costs is not None and costs.wings is not None and costs.wings.places.value == 40
