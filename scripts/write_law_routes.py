"""Writes docs/law-routes.md from the rules of law, so that the page and the data cannot differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bedspace.rules import law
from bedspace.rules.countries import binds_words
from bedspace.rules.law.table import shared

PAGE = Path(__file__).parents[1] / "docs" / "law-routes.md"

HEAD = """\
# The routes, gate by gate

Written from `src/bedspace/rules/law/data` by `python scripts/write_law_routes.py`; what it means is
told in [law and standards](law.md). One row is the law of one gate from one day on. "Says" gives
the answers in the order they are tried: the first that fits decides. "Decided on" is the day of the
judgment that says so, of law that was in force before.

Grades: `official`, `reported` and `secondary` were read (the address says where, if not in the
project's facts); `assumption` is general knowledge, to be verified, and so is every day with a
star.
"""


def page() -> str:
    """The whole page."""
    lines = [HEAD, *_overview(), *_shared()]
    for route in law.routes().values():
        lines += _route(route)
    return "\n".join(lines).rstrip("\n") + "\n"


def _overview() -> Iterator[str]:
    yield "## All of them"
    yield ""
    yield "| route | for | binds | gates | texts read, of all |"
    yield "|---|---|---|---|---|"
    for route in law.routes().values():
        texts = [text for gate in route.gates for text in gate.texts]
        read = sum(text.grade != "assumption" for text in texts)
        own = {who for gate in _own(route) for text in gate.texts for who in text.binds}
        bound = tuple(who for who in route.binds if who in own)
        gates, count = str(len(route.gates)), f"{read} of {len(texts)}"
        yield _row(f"`{route.id}`", route.title, binds_words(bound), gates, count)
    yield ""


def _own(route: law.Route) -> list[law.Gate]:
    return [gate for gate in route.gates if gate.id.rpartition("/")[2] not in shared()]


def _shared() -> Iterator[str]:
    yield "## Gates that routes share"
    yield ""
    yield "No route may leave out `non-refoulement`. An absolute gate can never be assumed."
    yield ""
    gates = {gate.id.rpartition("/")[2]: gate for gate in law.gates(law.routes()).values()}
    yield from _table([gates[name] for name in shared()])
    yield ""
    yield "## Routes"
    yield ""


def _route(route: law.Route) -> Iterator[str]:
    yield f"### `{route.id}`: {route.title}"
    yield ""
    yield route.summary
    yield ""
    own = _own(route)
    taken = [gate.id.rpartition("/")[2] for gate in route.gates if gate not in own]
    yield from _table(own)
    yield ""
    yield f"And, shared with other routes: {', '.join(f'`{name}`' for name in taken)}."
    yield ""
    yield from _delays(own)


def _table(gates: list[law.Gate]) -> Iterator[str]:
    yield "| gate | asks | law | from | binds | says | grade |"
    yield "|---|---|---|---|---|---|---|"
    for gate in gates:
        name = f"`{gate.id.rpartition('/')[2]}`"
        title = f"{gate.title} (absolute)" if gate.absolute else gate.title
        if gate.before is not None:
            words = f"{gate.before.then}: {gate.before.because}"
            yield _row(name, title, "before the first of these days", "", "", words, "")
            name = title = ""
        for text in gate.texts:
            since = text.since.isoformat() if text.since else "undated"
            star = "*" if text.since and text.since_grade == "assumption" else ""
            star += f", decided on {text.decided.isoformat()}" if text.decided else ""
            cited = text.citation + (f". Note: {text.note}" if text.note else "")
            read = f" <{text.address}>" if text.address else ""
            yield _row(name, title, cited, since + star, binds_words(text.binds), _says(text),
                       text.grade + read)  # fmt: skip
            name = title = ""


def _says(text: law.Text) -> str:
    told = [f"{_asked(case)}: {case.then}" for case in text.cases]
    return "; ".join([*told, f"otherwise: {text.otherwise.then}"])


def _asked(case: law.Case) -> str:
    words = {True: "yes", False: "no"}
    return ", ".join(
        f"{name} {words[answer] if isinstance(answer, bool) else answer}"
        for name, answer in case.when.items()
    )


def _delays(gates: list[law.Gate]) -> Iterator[str]:
    found = {
        (gate.id.rpartition("/")[2], case.delay)
        for gate in gates
        for text in gate.texts
        for case in (*text.cases, text.otherwise)
        if case.delay is not None
    }
    for name, delay in sorted(found, key=str):
        assert delay is not None
        days = f"{delay.low}" if delay.low == delay.high else f"{delay.low} to {delay.high}"
        yield f"`{name}` takes {days} days: {delay.source} ({delay.grade})."
        yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
