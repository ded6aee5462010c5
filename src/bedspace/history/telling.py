"""What a reading says, as plain values for JSON and as lines for people."""

from __future__ import annotations

from typing import Any

from bedspace.history.files import letters
from bedspace.history.reading import Reading


def summary(reading: Reading) -> dict[str, Any]:
    """Everything found, as JSON has it."""
    layout, grid, made = reading.layout, reading.layout.grid, reading.extracted
    days = [line.day for line in reading.lines]
    is_what = _what(reading)
    return {
        "ok": reading.clean,
        "file": grid.file,
        "encoding": grid.encoding,
        "delimiter": grid.delimiter,
        "sheet": grid.sheet,
        "header_rows": list(layout.heads),
        "rows": {"first": layout.body[0], "last": layout.body[-1], "count": len(layout.body)},
        "columns": [
            {
                "column": letters(c.at),
                "name": c.name,
                "as_given": c.as_given,
                "is": is_what.get(c.at, "not used"),
            }
            for c in layout.columns
            if c.as_given or c.at in is_what
        ],
        "dates": {
            "form": made.form,
            "first": min(days) if days else None,
            "last": max(days) if days else None,
            "count": len(set(days)),
            "stock_at": reading.stock_at,
        },
        "frequency": reading.frequency,
        "groups": list(reading.groups),
        "series": len({line.groups for line in reading.lines}),
        "counts": sum(line.number("population") is not None for line in reading.lines),
        "findings": [{"kind": f.kind, "row": f.row, "text": f.text} for f in reading.findings],
        "questions": list(reading.questions),
        "refusals": list(reading.refusals),
    }


def _what(reading: Reading) -> dict[int, str]:
    roles = reading.roles
    found = {c.at: "date" for c in roles.date}
    found |= {c.at: role for role, columns in roles.values.items() for c in columns}
    found |= {
        c.at: f"{role} of {day}" for role, days in roles.wide.items() for day, c in days.items()
    }
    if roles.melted:
        found |= {c.at: f"population of {roles.melted[0]} {c.name}" for c in roles.melted[1]}
    if reading.lines:
        found |= {c.at: "group" for c in roles.groups}
    return found


def told(reading: Reading) -> list[str]:
    """What was found, a line each."""
    found = summary(reading)
    kind = " ".join(
        part
        for part in (
            found["encoding"],
            f"{found['delimiter']}-separated" if found["delimiter"] else "",
            f"sheet {found['sheet']!r}" if found["sheet"] else "",
        )
        if part
    )
    heads = found["header_rows"]
    where = f"row {heads[0]}" if len(heads) == 1 else "rows " + " and ".join(map(str, heads))
    rows, days = found["rows"], found["dates"]
    lines = [
        f"{found['file']}{': ' + kind if kind else ''}; headings in {where}, table in rows "
        f"{rows['first']} to {rows['last']}"
    ]
    used = [
        f"{c['column']} {c['name']!r} is {c['is']}"
        for c in found["columns"]
        if c["is"] != "not used"
    ]
    more = len(used) - 12
    if used:
        lines.append(
            "columns: " + "; ".join(used[:12]) + (f"; and {more} more" if more > 0 else "")
        )
    if days["first"]:
        series = (
            f", {found['series']:,} series by {', '.join(found['groups'])}"
            if found["groups"]
            else ""
        )
        span = f"{days['first']} to {days['last']}" if days["count"] > 1 else f"{days['first']}"
        step = "" if days["count"] == 1 else f", by the {found['frequency']}"
        step = ", at irregular steps" if found["frequency"] == "irregular" and step else step
        lines.append(f"dates: {span} ({days['form']}){step}; {found['counts']:,} counts{series}")
    lines += [f"{f['kind']}: {f['text']}" for f in found["findings"]]
    return lines
