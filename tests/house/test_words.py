"""The engine can be read by somebody who has never heard of prisons abroad."""

import re

from tests.house.repository import ROOT

FOREIGN = re.compile(
    r"\b(yaml|abroad|agreements?|appraisal|bill|courts? of|currenc\w+|fees?|gates?|invoices?|"
    r"lawful\w*|legal\w*|leases?|money|rent\w*|statutes?|treat(y|ies))\b",
    re.IGNORECASE,
)


def foreign(text: str) -> list[str]:
    """Words of files, law and money in a text."""
    return [found[0] for found in FOREIGN.finditer(text)]


def test_the_engine_has_no_word_of_law_money_or_abroad() -> None:
    found = [
        f"{path.name}: {word}"
        for path in sorted((ROOT / "src/bedspace/engine").rglob("*.py"))
        if path.name != "__init__.py"  # which says what it does not know
        for word in foreign(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_the_words_are_seen() -> None:
    assert foreign("A lawful agreement's fee.") == ["lawful", "agreement", "fee"]
    assert foreign("the law of a stay, conditions, places kept for others") == []
