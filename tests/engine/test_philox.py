"""Randomness by address: the published vectors, the layout of an address, hashes of names."""

from __future__ import annotations

import numpy as np
import pytest

from bedspace.engine import Cohort, Exit, Place, Plan, Stage, philox, simulate, stays
from bedspace.exceptions import PlanError

# kat_vectors of Random123 for philox4x32 with 10 rounds: counter, key, result.
VECTORS = [
    ([0] * 4, [0] * 2, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
]


def as_text(words: tuple) -> str:
    return " ".join(f"{int(word):08x}" for word in words)


@pytest.mark.parametrize(("counter", "key", "published"), VECTORS)
def test_published_vectors(counter: list[int], key: list[int], published: str) -> None:
    words = philox.philox(*(np.uint64(word) for word in (*counter, *key)))
    assert as_text(words) == published


@pytest.mark.parametrize(("counter", "key", "published"), VECTORS)
def test_address_fills_the_counter(counter: list[int], key: list[int], published: str) -> None:
    """An address whose parts spell a published counter gives the published words: ordinal; 20 bits
    of the day under 12 of the spell; cohort; 8 bits of the spell above 24 of the purpose."""
    ordinal, when, cohort, what = counter
    spell = (when >> 20) << 8 | what >> 24
    words = philox.block(ordinal, when & 0xFFFFF, cohort, spell, what & 0xFFFFFF, (key[0], key[1]))
    assert as_text(words) == published


def test_arrays_of_addresses_are_the_single_addresses() -> None:
    ordinal, day = np.arange(5), np.array([-1, 0, 1, 700, 199_999])
    many = philox.block(ordinal, day, 11, 3, 22, (33, 44))
    for i in range(5):
        one = philox.block(int(ordinal[i]), int(day[i]), 11, 3, 22, (33, 44))
        assert as_text(one) == as_text(tuple(word[i] for word in many))


BASE = {"ordinal": 5, "day": 9, "cohort": 77, "spell": 1, "purpose": 99, "seed": 3, "replicate": 4}


@pytest.mark.parametrize("part", BASE)
def test_every_part_of_an_address_matters(part: str) -> None:
    """Draws at neighbouring addresses are different and uncorrelated, whichever part differs."""
    n = 40_000

    def draws(changed: int) -> np.ndarray:
        a = {**BASE, part: BASE[part] + changed}
        along, day = np.arange(n) * 2 + a["ordinal"], a["day"]
        key = (a["seed"], a["replicate"])
        words = philox.block(along, day, a["cohort"], a["spell"], a["purpose"], key)
        return philox.fraction(words[0], words[1])

    one, two = draws(0), draws(1)
    assert not np.any(one == two)
    assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(n)
    assert abs(one.mean() - 0.5) < 4 / np.sqrt(12 * n)
    assert abs(one.var() - 1 / 12) < 4 * np.sqrt(1 / 180 / n)


def test_stock_and_first_day_do_not_share_draws() -> None:
    stock, first = (philox.block(0, day, 1, 0, 2, (3, 4)) for day in (-1, 0))
    assert as_text(stock) != as_text(first)


def test_fraction_is_strictly_between_nought_and_one() -> None:
    words = np.array([0, 1, 2**31, 2**32 - 1], dtype=np.uint64)
    for a in words:
        for b in words:
            assert 0.0 < philox.fraction(a, b) < 1.0


def test_uniform_of_a_named_number() -> None:
    values = [philox.uniform(7, member, f"number {k}") for member in range(60) for k in range(60)]
    assert len(set(values)) == len(values)
    assert 0 < min(values) < 0.002 < 0.998 < max(values) < 1
    assert abs(np.mean(values) - 0.5) < 4 / np.sqrt(12 * len(values))
    assert philox.uniform(7, 3, "x") == philox.uniform(7, 3, "x")
    assert philox.uniform(7, 3, "x") != philox.uniform(8, 3, "x")


def same_hash(of: str) -> tuple[str, str]:
    """Two names with one hash, found by trying (birthdays: soon)."""
    seen: dict[int, str] = {}
    for i in range(1_000_000):
        name = f"n{i}"
        value = philox.cohort_hash(name) if of == "cohort" else philox.purpose_hash(of, name)
        if value in seen:
            return seen[value], name
        seen[value] = name
    raise AssertionError("no collision in a million names")


@pytest.mark.parametrize("of", ["stage", "cohort"])
def test_names_that_would_share_draws_are_refused(of: str) -> None:
    twins = sorted(same_hash(of))
    stages = twins if of == "stage" else ["only"]
    cohorts = twins if of == "cohort" else ["arrivals"]
    plan = Plan(
        10,
        tuple(Cohort(name, stages[0], size=1) for name in cohorts),
        tuple(Stage(name, stays.Fixed(1), (Exit("out", 1.0),), places=("p",)) for name in stages),
        (Place("p", ((0, 5),)),),
    )
    with pytest.raises(PlanError, match="would share their random numbers") as refused:
        simulate(plan, 1, 0, engine="reference")
    assert all(f'"{name}"' in str(refused.value) for name in twins)


@pytest.mark.parametrize(("seed", "replicate"), [(-1, 0), (2**32, 0), (0, -1), (0, 2**31)])
def test_a_key_out_of_range_is_refused(seed: int, replicate: int) -> None:
    with pytest.raises(PlanError, match="a seed lies in"):
        simulate(Plan(1, (), (), ()), seed, replicate, engine="reference")
