"""Systems that cannot place their people as they say, each with its one clear message."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.files import problems

NEAREST = """\
bedspace: 1
title: Near and far
start: 2025-01-01
end: 2026-01-01
systems:
  home:
    placement: nearest
    when_full: {elsewhere: cells}
    groups:
      coast: {pathway: usual, distances: {north: 40 km, south: 310 km}}
      inland: {pathway: usual, facilities: [south], distances: {south: 15 km}}
    pathways:
      usual:
        sentenced: {stay: {fixed: 30 d}}
        released: {returns: {share: 10 %, after: {fixed: 9 d}}}
    facilities:
      north: {places: 10}
      south: {places: 10}
      cells: {places: 0}
"""
SECURE = """\
bedspace: 1
title: High and low
start: 2025-01-01
end: 2026-01-01
systems:
  home:
    placement: by-security
    security_levels: [open, closed, high]
    when_full: {elsewhere: cells}
    groups:
      any: {pathway: usual, facilities: [farm, gate]}
      worst: {pathway: usual, security: high}
    pathways:
      usual:
        sentenced: {stay: {fixed: 30 d}, facilities: [farm, castle]}
        recalled: {stay: {fixed: 30 d}, exits: {sentenced: 100 %}}
    facilities:
      farm: {places: 10, security: open}
      gate: {places: 10, security: closed}
      castle: {places: 10, security: high}
      cells: {places: 0}
"""


@pytest.mark.parametrize("text", [NEAREST, SECURE])
def test_what_is_changed_here_is_good(text: str, tmp_path: Path) -> None:
    assert problems(tmp_path, text) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        (
            ", distances: {north: 40 km, south: 310 km}",
            "",
            "10:7",
            "the group 'coast' has no distance to north, south; add distances: {north: 40 km}, or "
            "choose another placement",
        ),
        (
            "north: 40 km, south",
            "south",
            "10:31",
            "the group 'coast' has no distance to north; add distances: {north: 40 km}, or choose "
            "another placement",
        ),
        (
            "{south: 15 km}",
            "{south: 15 km, suoth: 3 km}",
            "11:79",
            "the facility 'suoth' is not defined; did you mean 'south'?",
        ),
        (
            "15 km",
            "15",
            "11:72",
            "'15' is a count, a distance is needed; write it like 40 km",
        ),
        (
            "nearest",
            "closest",
            "7:16",
            "'closest' is not allowed here; write least-full or in-order or nearest or by-security",
        ),
        (
            "{stay: {fixed: 30 d}}",
            "{stay: {fixed: 30 d}, facilities: [north]}",
            "11:53",
            "the group 'inland' has no distance to north; add distances: {north: 40 km}, or choose "
            "another placement",
        ),
    ],
)
def test_nearest(old: str, new: str, where: str, says: str, tmp_path: Path) -> None:
    assert told(tmp_path, NEAREST, old, new) == [(where, says)]


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        (
            "    security_levels: [open, closed, high]\n",
            "",
            "7:16 11:41",
            "the system has no levels of security; add security_levels, the lowest first, like "
            "[open, closed, high]",
        ),
        (
            "[open, closed, high]",
            "[open, closed, high, open]",
            "8:43",
            "'open' is listed twice; take one of them out",
        ),
        (
            "gate: {places: 10, security: closed}",
            "gate: {places: 10}",
            "19:7",
            "the facility 'gate' has no level of security; add security: open or closed or high",
        ),
        (
            "security: closed",
            "security: close",
            "19:36",
            "'close' is no level of security of this system; did you mean 'closed'?",
        ),
        (
            "security: high}\n    pathways",
            "security: higher}\n    pathways",
            "12:41",
            "'higher' is no level of security of this system; did you mean 'high'?",
        ),
        (
            "security: high}\n    pathways",
            "security: high, facilities: [farm, gate]}\n    pathways",
            "12:41",
            "no facility of the group 'worst' is secure enough: farm, gate; add one of high to its "
            "list",
        ),
        (
            "facilities: [farm, castle]",
            "facilities: [farm, gate]",
            "12:41",
            "no facility of the group 'worst' in the stage 'sentenced' is secure enough: farm, "
            "gate; add one of high to its list",
        ),
    ],
)
def test_by_security(old: str, new: str, where: str, says: str, tmp_path: Path) -> None:
    assert told(tmp_path, SECURE, old, new) == [(place, says) for place in where.split()]


def told(folder: Path, text: str, old: str, new: str) -> list[tuple[str, str]]:
    assert text.count(old) == 1
    found = problems(folder, text.replace(old, new))
    return [(f"{p.line}:{p.column}", f"{p.what}; {p.mend}") for p in found]
