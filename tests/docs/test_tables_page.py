"""docs/tables.md tells of every table and column what results/schema.py says of it."""

from bedspace.results.schema import IMPACT, TABLES
from tests.docs.pages import ROOT, text

PAGE = ROOT / "docs" / "tables.md"


def sections() -> dict[str, list[str]]:
    """The lines below each heading of the page."""
    found: dict[str, list[str]] = {}
    for line in text(PAGE).splitlines():
        if line.startswith("## "):
            found[line.removeprefix("## ")] = []
        elif found:
            found[list(found)[-1]].append(line)
    return found


def test_every_table_and_column_is_told_of_as_the_schema_has_it() -> None:
    told = sections()
    tables = [*TABLES.values(), IMPACT]
    for table in tables:
        lines = told[table.name]
        assert f"Rows: {table.rows}." in lines
        rows = [line for line in lines if line.startswith("| `")]
        assert rows == [f"| `{c.name}` | {c.type} | {c.meaning} |" for c in table.columns]
    rest = [name for name in told if name not in {table.name for table in tables}]
    assert rest == ["How to ask", "How the answer comes"]
