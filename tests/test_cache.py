"""What is kept for the next time: whole or not at all, and no more than the limit."""

import os
import threading
from pathlib import Path

import pytest

from bedspace import cache

NAMES = [character * 64 for character in "abcdef"]


def test_an_entry_comes_back_as_it_was_put(tmp_path: Path) -> None:
    cache.put(tmp_path, "things", NAMES[0], {"title": "−é"}, [b"one\n", b"", b"\x00two"])
    kept = cache.get(tmp_path, "things", NAMES[0])
    assert kept is not None
    assert kept.about == {"title": "−é"} and kept.parts == (b"one\n", b"", b"\x00two")
    assert cache.get(tmp_path, "things", NAMES[1]) is None
    assert cache.get(tmp_path, "others", NAMES[0]) is None


def test_an_entry_altered_anywhere_is_not_used_and_goes(tmp_path: Path) -> None:
    cache.put(tmp_path, "things", NAMES[0], {"a": 1}, [b"part"])
    path = tmp_path / "things" / NAMES[0]
    whole = path.read_bytes()
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        assert cache.get(tmp_path, "things", NAMES[0]) is None
        assert not path.exists()
        path.write_bytes(whole[:cut] + bytes([whole[cut] ^ 1]) + whole[cut + 1 :])
        assert cache.get(tmp_path, "things", NAMES[0]) is None
        assert not path.exists()


def test_what_is_half_written_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="the disk is full"):
        cache.put(tmp_path, "things", NAMES[0], {})
    assert list((tmp_path / "things").iterdir()) == []


def test_many_writers_at_once_leave_one_whole_entry(tmp_path: Path) -> None:
    parts = [bytes([n]) * 100_000 for n in range(8)]
    writers = [
        threading.Thread(target=cache.put, args=(tmp_path, "things", NAMES[0], {}, [part]))
        for part in parts
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    kept = cache.get(tmp_path, "things", NAMES[0])
    assert kept is not None and kept.parts[0] in parts
    assert [path.name for path in (tmp_path / "things").iterdir()] == [NAMES[0]]


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    """Six entries of some 1,100 bytes, made a second apart; the first was read since."""
    for age, name in enumerate(NAMES):
        cache.put(tmp_path, "things", name, {}, [bytes(1000)])
        os.utime(tmp_path / "things" / name, (1000 + age, 1000 + age))
    mine = tmp_path / "things" / "my own.txt"
    mine.write_text("of the user", encoding="utf-8")
    left = tmp_path / "things" / f".{NAMES[0]}.left"
    left.write_bytes(b"of a killed process")
    os.utime(left, (1000, 1000))
    assert cache.get(tmp_path, "things", NAMES[0]) is not None
    cache.trim(tmp_path, 10_000)
    assert not left.exists()
    assert len(list((tmp_path / "things").iterdir())) == 7
    cache.trim(tmp_path, 3 * 1200)
    names = sorted(path.name for path in (tmp_path / "things").iterdir())
    assert names == sorted([NAMES[0], NAMES[4], NAMES[5], mine.name])
    cache.trim(tmp_path / "nowhere")


def test_where_things_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    assert cache.folder() == tmp_path
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert cache.folder() == tmp_path / "caches" / "bedspace"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache.folder() == Path.home() / ".cache" / "bedspace"
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache.folder() == Path.home() / "Library" / "Caches" / "bedspace"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert cache.folder() == tmp_path / "local" / "bedspace"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "just now"), (1, "1 second ago"), (119, "1 minute ago"), (7300, "2 hours ago")],
)
def test_how_long_ago(monkeypatch: pytest.MonkeyPatch, seconds: float, words: str) -> None:
    monkeypatch.setattr("time.time", lambda: 1000.0)
    assert cache.ago(1000.0 - seconds) == words


def test_a_key_is_of_all_that_something_was_made_of() -> None:
    assert cache.key("a", 1, {"b": 2}) == cache.key("a", 1, {"b": 2})
    keys = {cache.key(*made) for made in (("a", 1), ("a", "1"), ("a1",), (["a"], 1), ("a", 1, 1))}
    assert len(keys) == 5
