"""Parquet parts: bytes follow from rows, rows keep their order, the connection stays alone."""

from pathlib import Path

import duckdb
import numpy as np
import pytest

from bedspace.results import parquet
from bedspace.results.frames import Frame, Key
from bedspace.results.schema import TABLES
from bedspace.results.tables import BUILDERS
from tests.results.made import member


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    for table in TABLES.values():
        frame = BUILDERS[table.name](member(7))
        for i in range(2):  # a connection of its own each time, as in another worker
            parquet.write(parquet.connect(), table, frame, tmp_path / f"{table.name}{i}")
        assert (tmp_path / f"{table.name}0").read_bytes() == (
            tmp_path / f"{table.name}1"
        ).read_bytes()


def test_order_is_kept_over_many_row_groups(tmp_path: Path) -> None:
    rows = 500_000
    people = np.random.default_rng(1).permutation(rows).astype(np.int32)
    numbers = {
        "member": np.zeros(rows, dtype=np.int32),
        "day": np.full(rows, np.datetime64("2025-01-01", "s")),
        "people": people,
    }
    words = {"system": ("a", "b"), "facility": ("é", "it's"), "agreement": (None, "x")}
    key = Key(people % 2, words)
    parquet.write(
        parquet.connect(), TABLES["population"], Frame(numbers, (key,)), tmp_path / "x.parquet"
    )
    got = parquet.connect().sql(f"SELECT * FROM '{tmp_path / 'x.parquet'}'").fetchnumpy()
    assert np.array_equal(got["people"], people)
    assert np.array_equal(got["facility"] == "it's", people % 2 == 1)
    assert np.array_equal(got["agreement"].mask, people % 2 == 0)


def test_no_extension_can_be_fetched_or_looked_for() -> None:
    con = parquet.connect()
    with pytest.raises(duckdb.Error, match="configuration has been locked"):
        con.execute("SET autoinstall_known_extensions = true")
    with pytest.raises(duckdb.Error) as caught:
        con.execute("INSTALL httpfs")
    assert "http:" not in str(caught.value)
    assert con.sql("SELECT current_setting('threads')").fetchall() == [(1,)]
