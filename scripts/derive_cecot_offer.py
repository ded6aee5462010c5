"""Re-derive every number of grade `derived` in the shipped El Salvador and US scenarios.

    python scripts/derive_cecot_offer.py

Prints each derived number with its formula. The figures typed here are the published ones that
the scenarios cite; tests/library compares the results with what stands in the YAML files.
Standard library only. Times are in days, stocks in people, flows in people a year unless said.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

Date = dt.date
YEAR = 365.25
START = Date(2022, 3, 27)

# --- El Salvador: what is published -------------------------------------------------------------

HISTORY = {  # year: (stock at its start, admissions, releases); 2021 has a stock only
    2015: (31_148, 7_963, 4_724),
    2016: (36_824, 8_802, 5_926),
    2017: (39_279, 9_054, 7_828),
    2018: (39_642, 7_947, 9_089),
    2019: (38_114, 5_823, 9_116),
    2020: (37_190, 4_092, 6_381),
}
STOCK_2021 = 36_697
STOCK_START = 39_538

DETAINED = {  # running total of people detained under the State of Exception
    START: 0,
    Date(2022, 4, 20): 13_753,
    Date(2022, 4, 25): 16_053,
    Date(2022, 5, 26): 35_000,
    Date(2022, 6, 22): 41_000,
    Date(2022, 7, 20): 46_000,
    Date(2022, 8, 30): 51_000,
    Date(2022, 9, 15): 52_500,
    Date(2022, 10, 15): 54_518,
    Date(2022, 11, 16): 57_568,
    Date(2023, 1, 12): 61_000,
    Date(2023, 2, 15): 64_111,
    Date(2023, 4, 13): 67_000,
    Date(2023, 6, 14): 69_304,
    Date(2023, 7, 12): 71_479,
    Date(2023, 8, 10): 72_000,
    Date(2023, 10, 12): 73_000,
    Date(2024, 1, 10): 75_163,
    Date(2025, 1, 15): 83_900,  # "January 2025": the middle of the month
    Date(2025, 3, 15): 85_000,  # "March 2025"
    Date(2025, 6, 27): 87_100,
    Date(2025, 8, 31): 89_000,  # "August-September 2025": where the months meet
}
RELEASED = {Date(2023, 1, 17): 3_000, Date(2023, 8, 22): 7_000, Date(2025, 7, 15): 8_000}
CECOT_HELD = {Date(2023, 8, 15): 12_114, Date(2024, 6, 11): 14_532}
CECOT_OPENS = Date(2023, 2, 24)
TARGETS = {Date(2022, 12, 31): 97_525, Date(2023, 9, 14): 105_100}

CUT = Date(2023, 1, 1)
"""Those detained before and from this day leave by different shares: two waves are the fewest
that fit three release totals and two counts at CECOT."""
CHARGE_DAYS = 15.0
REVIEW_SIGMA = 0.3
HELD_YEARS, HELD_SIGMA, HELD_RELEASED = 6.0, 0.3, 0.10
ORDINARY_SIGMA = 1.0

# --- United States: what is published (Prisoners in 2022, federal rows) --------------------------

FEDERAL_2022 = 159_309
FEDERAL_SENTENCED_2022 = 146_108
CITIZENS, NON_CITIZENS = 133_481, 24_078
ADMITTED_2021, ADMITTED_2022, RELEASED_2022 = 42_174, 44_873, 42_948

# Non-citizens sentenced in a fiscal year, held for immigration offences, of confirmed status.
SENTENCED_2021, SENTENCED_2023, SENT_TO_PRISON = 19_121, 21_504, 0.978
SENTENCED_FOR = {  # by guideline, in percent; what they leave is "other"
    "immigration": 72.3,
    "drug": 16.7,
    "fraud": 3.3,
    "money-laundering": 1.9,
    "weapons": 1.6,
}
MEAN_MONTHS, DRUG_MONTHS = 27, 82
IMMIGRATION_2023, SMUGGLING_SHARE, SMUGGLING_BY_CITIZENS = 18_106, 0.261, 0.702
HELD_FOR_IMMIGRATION = {Date(2021, 11, 27): 6_644, Date(2023, 5, 27): 7_796}
HELD_FOR_IMMIGRATION_A_YEAR = 6_423  # sentenced to a year or more, 30 September 2022
IMMIGRATION_SHARE_2019 = 0.30
VIOLENT_HISPANIC = 2.9  # percent of Hispanic federal prisoners, table 19
SALVADORAN_SHARE = 0.037
RESIDENT_SHARE, RESIDENTS_RANGE = 0.08, (480, 3_600)
STATE_MEAN_YEARS, STATE_MEDIAN_YEARS = 2.7, 1.3
ICE_ARRESTS, ICE_ARRESTS_VENEZUELANS = 109_000, 8_000


@dataclass(frozen=True)
class Repaired:
    """One year of flows before and after the repair; `residual` is what did not reconcile."""

    year: int
    change: int
    residual: int
    admissions: float
    releases: float


def repair() -> list[Repaired]:
    """Flows that agree with the stocks, moved as little as possible in relative terms.

    For each year minimise ((a' - a) / a)^2 + ((r' - r) / r)^2 subject to a' - r' = change in
    stock. With e = change - (a - r): a' = a + e a^2 / (a^2 + r^2), r' = r - e r^2 / (a^2 + r^2).
    """
    stocks = [row[0] for row in HISTORY.values()] + [STOCK_2021]
    out = []
    for (year, (_, a, r)), (now, then) in zip(HISTORY.items(), pairwise(stocks), strict=True):
        e = (then - now) - (a - r)
        weight = a * a / (a * a + r * r)
        out.append(Repaired(year, then - now, -e, a + e * weight, r - e * (1 - weight)))
    return out


def ordinary() -> dict[str, float]:
    """Mean stay (days) and the admissions (a year) that hold the stock of March 2022 level.

    Stay = person-years held / repaired releases. Its range is that of single years, less the
    highest and lowest; the range of admissions is that of repaired admissions, likewise.
    """
    stocks = [row[0] for row in HISTORY.values()] + [STOCK_2021]
    held = [(now + then) / 2 for now, then in pairwise(stocks)]
    flows = repair()
    hazards = sorted(f.releases / h for f, h in zip(flows, held, strict=True))
    stay = sum(held) / sum(f.releases for f in flows)
    entries = sorted(f.admissions for f in flows)
    return {
        "stay": stay * YEAR,
        "stay_low": YEAR / hazards[-2],
        "stay_high": YEAR / hazards[1],
        "admissions": STOCK_START / stay,
        "admissions_low": entries[1],
        "admissions_high": entries[-2],
    }


# --- laws of stay -------------------------------------------------------------------------------


def _normal(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


def lognormal_cdf(x: float, mean: float, sigma: float) -> float:
    """P(stay <= x days) of a lognormal with that mean."""
    if x <= 0:
        return 0.0
    return _normal((math.log(x / mean) + sigma * sigma / 2) / sigma)


def lognormal_residual(x: float, mean: float, sigma: float) -> float:
    """P(a person found inside a steady population stays more than x days longer)."""
    if x <= 0:
        return 1.0
    z = (math.log(mean / x) - sigma * sigma / 2) / sigma
    return _normal(z + sigma) - x / mean * _normal(z)


# --- the emergency group ------------------------------------------------------------------------


def total(day: Date) -> float:
    """People detained up to `day`: the published totals, straight lines between them."""
    days = list(DETAINED)
    i = bisect_right(days, day)
    if i == len(days):
        return DETAINED[days[-1]]
    before, after = days[i - 1], days[i]
    gone = (day - before) / (after - before)
    return DETAINED[before] + gone * (DETAINED[after] - DETAINED[before])


def _sum(until: Date, weight: Callable[[float], float], first: Date, end: Date) -> float:
    """Sum over detentions in [first, end) of weight(days since, at `until`)."""
    got, day = 0.0, first
    while day < min(end, until):
        nxt = day + dt.timedelta(days=1)
        got += (total(nxt) - total(day)) * weight((until - day).days)
        day = nxt
    return got


def _reviewed(mean: float) -> Callable[[float], float]:
    return lambda age: lognormal_cdf(age - CHARGE_DAYS, mean, REVIEW_SIGMA)


def releases_fit() -> dict[str, float]:
    """Shares released early of the two waves, and their mean stay, from three release totals.

    For each mean stay the two shares solve the first and last total exactly as a linear system
    by least squares of relative errors; the best mean on a grid of 5 days is kept. Shares are
    rounded to a tenth of a percent.
    """
    best: tuple[float, float, float, float] | None = None
    far = Date(2100, 1, 1)
    for mean in range(150, 400, 5):
        weight = _reviewed(mean)
        rows = [
            (_sum(day, weight, START, CUT) / n, _sum(day, weight, CUT, far) / n)
            for day, n in RELEASED.items()
        ]
        aa, ab, bb = (sum(r[i] * r[j] for r in rows) for i, j in ((0, 0), (0, 1), (1, 1)))
        a1, b1 = sum(r[0] for r in rows), sum(r[1] for r in rows)
        det = aa * bb - ab * ab
        first, later = (a1 * bb - b1 * ab) / det, (b1 * aa - a1 * ab) / det
        error = sum((r[0] * first + r[1] * later - 1) ** 2 for r in rows)
        if later >= 0 and (best is None or error < best[0]):
            best = (error, float(mean), first, later)
    assert best is not None
    return {"mean": best[1], "first": round(best[2], 3), "later": round(best[3], 3)}


def released_by(day: Date) -> float:
    """Modelled releases of the emergency group up to `day` (early ones and those from remand)."""
    fit, far = releases_fit(), Date(2100, 1, 1)
    weight = _reviewed(fit["mean"])
    slow = HELD_RELEASED * _sum(
        day,
        lambda age: lognormal_cdf(age - CHARGE_DAYS, HELD_YEARS * YEAR, HELD_SIGMA),
        START,
        far,
    )
    cecot = cecot_fit()
    held = 1 - fit["first"] - cecot["first"]
    early = fit["first"] * _sum(day, weight, START, CUT)
    return early + fit["later"] * _sum(day, weight, CUT, far) + held * slow


def cecot_fit() -> dict[str, float]:
    """Share of each wave that ends up in CECOT, and the wait for it, from its two counts.

    The wait is such that the first detained arrive on the day it opens; the shares follow from
    the counts, first wave first, rounded to a tenth of a percent.
    """
    wait = (CECOT_OPENS - START).days
    (day1, held1), (day2, held2) = CECOT_HELD.items()
    back = dt.timedelta(days=wait)
    first = round(held1 / total(day1 - back), 3)
    later = (held2 - first * total(CUT)) / (total(day2 - back) - total(CUT))
    return {"wait": wait - CHARGE_DAYS, "first": first, "later": round(later, 3)}


def cecot_at(day: Date) -> float:
    """Expected people in CECOT on `day` by the fit (own prisoners only)."""
    fit = cecot_fit()
    seen = total(day - dt.timedelta(days=fit["wait"] + CHARGE_DAYS))
    early = min(seen, total(CUT))
    return fit["first"] * early + fit["later"] * (seen - early)


def expected(day: Date, stay: float, admissions: float, sigma: float = ORDINARY_SIGMA) -> float:
    """Expected prison population of El Salvador on `day`, ordinary and emergency together."""
    t = (day - START).days
    remain = lognormal_residual(t, stay, sigma)
    # Entrants still inside: rate x integral of survival = rate x mean x (1 - residual).
    entrants = admissions / YEAR * stay * (1 - remain)
    return STOCK_START * remain + entrants + total(day) - released_by(day)


def half_width(day: Date, members: int = 4000, seed: int = 1) -> tuple[float, float, float]:
    """Median, and 95 % interval, of the population when stay and admissions are drawn.

    Triangular draws as the ensemble makes them; chance within a run is far smaller and left out.
    """
    o, rng = ordinary(), random.Random(seed)
    rest = total(day) - released_by(day)
    t, got = (day - START).days, []
    for _ in range(members):
        stay = rng.triangular(o["stay_low"], o["stay_high"], o["stay"])
        entry = rng.triangular(o["admissions_low"], o["admissions_high"], o["admissions"])
        remain = lognormal_residual(t, stay, ORDINARY_SIGMA)
        got.append(STOCK_START * remain + entry / YEAR * stay * (1 - remain) + rest)
    got.sort()
    return got[members // 2], got[int(members * 0.025)], got[int(members * 0.975)]


def detention_rate() -> float:
    """People a day detained between the totals of January 2024 and of August-September 2025."""
    first, last = Date(2024, 1, 10), Date(2025, 8, 31)
    return (DETAINED[last] - DETAINED[first]) / (last - first).days


# --- United States ------------------------------------------------------------------------------


def federal() -> dict[str, float]:
    """Federal stays (days), and stock and admissions a year of citizens.

    Little's law on yearend stocks and admissions of 2022, of people sentenced to more than a year.
    Citizens are admitted at their share of the stock: no table has admissions by citizenship.
    """
    unsentenced = FEDERAL_2022 - FEDERAL_SENTENCED_2022
    entry = ADMITTED_2022 * CITIZENS / FEDERAL_2022
    low = entry * ADMITTED_2021 / ADMITTED_2022
    return {
        "remand_stay": unsentenced / ADMITTED_2022 * YEAR,
        "sentenced_stay": FEDERAL_SENTENCED_2022 / ADMITTED_2022 * YEAR,
        "sigma": math.sqrt(2 * math.log(STATE_MEAN_YEARS / STATE_MEDIAN_YEARS)),
        "citizenship_unknown": FEDERAL_2022 - CITIZENS - NON_CITIZENS,
        "venezuelan_share": ICE_ARRESTS_VENEZUELANS / ICE_ARRESTS,
        "stock citizens": CITIZENS,
        "admissions citizens": entry,
        "admissions low citizens": low,
        "admissions high citizens": 2 * entry - low,
    }


def immigration_share() -> dict[str, float]:
    """Share of the non-citizens in federal prison who are there for immigration offences.

    The Bureau's count of everybody held for them, straight between two days, less citizens: their
    share of those sentenced for them, for smuggling. The ends are two other counts: of those
    sentenced to a year or more, and of non-citizens alone in 2019.
    """
    (first, before), (last, after) = HELD_FOR_IMMIGRATION.items()
    gone = (Date(2022, 12, 31) - first) / (last - first)
    by_citizens = SMUGGLING_SHARE * SMUGGLING_BY_CITIZENS
    held = before + gone * (after - before)
    smuggled = SMUGGLING_SHARE * (1 - SMUGGLING_BY_CITIZENS) * IMMIGRATION_2023
    return {
        "held": held,
        "share": held * (1 - by_citizens) / NON_CITIZENS,
        "low": HELD_FOR_IMMIGRATION_A_YEAR * (1 - by_citizens) / NON_CITIZENS,
        "high": IMMIGRATION_SHARE_2019,
        "smuggling": smuggled / (SENTENCED_FOR["immigration"] / 100 * SENTENCED_2023),
    }


def offences() -> dict[str, float]:
    """What non-citizens in federal prison are held for, in percent with one decimal.

    Immigration by count, and in it smuggling by its share of those sentenced. The rest by months of
    sentence passed in a year: share of those sentenced x mean months, 82 for drugs (everybody's),
    for others 27, the mean of all non-citizens, for want of theirs. Of other guidelines as much is
    violent as of Hispanic prisoners. Illegal entry takes what the rounding leaves.
    """
    immigration, by = immigration_share(), SENTENCED_FOR
    other = 100 - sum(by.values())
    months = {"drug": by["drug"] * DRUG_MONTHS}
    months |= {k: by[k] * MEAN_MONTHS for k in ("fraud", "money-laundering", "weapons")}
    months["unspecified"] = other * MEAN_MONTHS
    left = 100 * (1 - immigration["share"])
    found = {k: round(left * m / sum(months.values()), 1) for k, m in months.items()}
    found["violent"] = VIOLENT_HISPANIC
    found["unspecified"] = round(found["unspecified"] - VIOLENT_HISPANIC, 1)
    found["smuggling"] = round(100 * immigration["share"] * immigration["smuggling"], 1)
    return {"illegal-entry": round(100 - sum(found.values()), 1), **found}


def non_citizens() -> dict[str, float]:
    """Stocks, admissions a year and stays (days) of the non-citizens in federal prison.

    Admissions are people sentenced to prison in a fiscal year, however long. Little's law on them
    and the stock gives the mean stay in the Bureau's custody, of all, of those sentenced for
    immigration offences and of the others. Residents and Salvadorans are shares of both; what the
    Salvadorans' stay may be lies between those two, and their stock with it.
    """
    sentenced = SENT_TO_PRISON * SENTENCED_2023
    part, share = SENTENCED_FOR["immigration"] / 100, immigration_share()["share"]
    stay = NON_CITIZENS / sentenced * YEAR
    short = share * NON_CITIZENS / (part * sentenced) * YEAR
    long = (1 - share) * NON_CITIZENS / ((1 - part) * sentenced) * YEAR
    residents = round(RESIDENT_SHARE * NON_CITIZENS)
    salvadorans = round(SALVADORAN_SHARE * NON_CITIZENS)
    stocks = {
        "legal-residents": residents,
        "salvadoran-nationals": salvadorans,
        "other-non-citizens": NON_CITIZENS - residents - salvadorans,
    }
    out = {"sentenced": sentenced, "stay": stay, "stay immigration": short, "stay others": long}
    for group, stock in stocks.items():
        entry = sentenced * stock / NON_CITIZENS
        ends = (SENTENCED_2021 / SENTENCED_2023, 2 - SENTENCED_2021 / SENTENCED_2023)
        if group == "legal-residents":
            ends = (RESIDENTS_RANGE[0] / stock, RESIDENTS_RANGE[1] / stock)
        out[f"stock {group}"], out[f"admissions {group}"] = stock, entry
        out[f"admissions low {group}"] = entry * ends[0]
        out[f"admissions high {group}"] = entry * ends[1]
    entry = out["admissions salvadoran-nationals"]
    out["salvadorans low"] = entry * short / YEAR
    out["salvadorans high"] = entry * long / YEAR
    return out


def grant() -> dict[str, float]:
    """Price of the documented grant a place-day: as promised, as announced, and as used."""
    days = (Date(2025, 7, 18) - Date(2025, 3, 15)).days
    return {
        "days": days,
        "headline": 4_760_000 / 300 / 365,
        "announced": 6_000_000 / 300 / 365,
        "used": 4_760_000 / (252 * days),
        "offer_a_day": 20_000 / 365,
        "receiver_at_daily_cost": 5.94 * 365 * 110_000,
    }


def main() -> None:
    """Print everything."""
    print("Repair of 2015-2020: year, change in stock, residual, admissions, releases")
    for row in repair():
        _, a, r = HISTORY[row.year]
        print(
            f"  {row.year} {row.change:+6d} {row.residual:+6d}  {a:5d} -> {row.admissions:7.1f}"
            f"  {r:5d} -> {row.releases:7.1f}"
        )
    for title, table in (
        ("Ordinary group", ordinary()),
        ("Early releases", releases_fit()),
        ("CECOT", cecot_fit()),
        ("Federal prisons", federal()),
        ("Held for immigration offences", immigration_share()),
        ("Offences of non-citizens", offences()),
        ("Non-citizens", non_citizens()),
        ("Grant", grant()),
    ):
        print(title)
        for name, value in table.items():
            print(f"  {name:32s} {value:14.4f}")
    print(f"Detention rate 2024-2025: {detention_rate():.1f} a day")
    for day, n in RELEASED.items():
        print(f"  released by {day}: {released_by(day):7.0f}, published {n}")
    for day, n in CECOT_HELD.items():
        print(f"  in CECOT {day}: {cecot_at(day):7.0f}, published {n}")
    o = ordinary()
    for day, n in TARGETS.items():
        got = expected(day, o["stay"], o["admissions"])
        mid, low, high = half_width(day)
        print(
            f"  population {day}: {got:8.0f}, published {n} ({got / n - 1:+.2%}); drawn: median "
            f"{mid:.0f} ({low:.0f} to {high:.0f}), half-width {(high - low) / 2 / mid:.1%}"
        )


if __name__ == "__main__":
    main()
