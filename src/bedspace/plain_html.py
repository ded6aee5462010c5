"""Values as a little HTML for a notebook, in the page's own colours: light or dark, it is read.

Everything is escaped here. A notebook takes what stands between two dollar signs for a formula,
unless told to leave it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_ALONE = '<div class="bedspace tex2jax_ignore mathjax_ignore">'

Part = str
"""HTML that was made here."""


def block(*parts: Part) -> str:
    """Parts one below the other, as one output."""
    return f"{_ALONE}{''.join(parts)}</div>"


def line(words: str, strong: bool = False) -> Part:
    """A paragraph."""
    text = escape(words)
    return f"<p>{f'<strong>{text}</strong>' if strong else text}</p>"


def listed(items: Iterable[str]) -> Part:
    """A list; nothing where there are no items."""
    made = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{made}</ul>" if made else ""


def more(title: str, *parts: Part) -> Part:
    """Parts that are shown when their title is clicked; nothing where there are none."""
    inner = "".join(parts)
    return f"<details><summary>{escape(title)}</summary>{inner}</details>" if inner else ""


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Part:
    """A table whose first column heads its rows; a column is set to the right where all its cells
    begin with a digit or a minus, or are empty."""
    listed_rows = [list(row) for row in rows]
    right = [_is_number(row[i] for row in listed_rows) for i in range(len(heads))]
    both = zip(heads, right, strict=True)
    head = "".join(f'<th scope="col"{_set(r)}>{escape(h)}</th>' for h, r in both)
    body = "".join(f"<tr>{_row(row, right)}</tr>" for row in listed_rows)
    return (
        f'<div style="overflow-x:auto"><table><caption style="text-align:left">{escape(caption)}'
        f"</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[str], right: Sequence[bool]) -> Part:
    first, *rest = row
    cells = zip(rest, right[1:], strict=True)
    return f'<th scope="row"{_set(False)}>{escape(first)}</th>' + "".join(
        f"<td{_set(r)}>{escape(cell)}</td>" for cell, r in cells
    )


def _set(right: bool) -> str:
    return f' style="text-align:{"right" if right else "left"}"'


def _is_number(cells: Iterable[str]) -> bool:
    return all(cell[:1] in "-\N{MINUS SIGN}0123456789" for cell in cells)
