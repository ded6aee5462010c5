"""The bad input that users make, each with a word that its one message must hold."""

GOOD = """\
bedspace: 1
title: A tiny system that rents a few places
start: 2025-01-10
end: 2025-04-01
sources:
  counted: {title: A count, publisher: Homeland}
systems:
  homeland:
    groups:
      ordinary:
        stock: {value: 90, source: counted, grade: official}
        admissions: 1 / day
        pathway: usual
    pathways:
      usual:
        remand: {stay: {exponential: {mean: 20 d}}, exits: {sentenced: 70 %, released: 30 %}}
        sentenced: {stay: {exponential: {mean: 90 d}}}
    facilities:
      north: {places: 80}
    costs: {average: 100 EUR / day, marginal: {value: 25 %, low: 10 %, high: 60 %}}
  neighbour:
    groups:
      ordinary: {stock: 20, admissions: 0.2 / day, pathway: usual}
    pathways:
      usual:
        sentenced: {stay: {exponential: {mean: 100 d}}}
    facilities:
      tower: {places: 60}
agreements:
  lease:
    sending: homeland
    receiving: neighbour
    facility: tower
    places: 15
    from: 2025-02-01
    until: 2025-04-01
    eligible: {groups: [ordinary], stages: [sentenced]}
    fee:
      - {per_use: 40 EUR / day}
variants:
  baseline: {without: [agreements.lease]}
"""
"""A scenario without a mistake, small enough to run in a test."""

_BOMB = "\n".join(
    ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9)]
)

CHANGES = {
    "wrong type": ("places: 15", "places: [15]", "a list stands where"),
    "misspelt key": ("        admissions: 1 / day", "        admisions: 1 / day", "admisions"),
    "impossible date": ("start: 2025-01-10", "start: 2025-02-30", "2025-02-30"),
    "negative capacity": ("north: {places: 80}", "north: {places: -80}", "-80"),
    "sums to less than one": ("released: 30 %", "released: 20 %", "90 %"),
    "stages in a cycle": (
        "sentenced: {stay: {exponential: {mean: 90 d}}}",
        "sentenced: {stay: {exponential: {mean: 90 d}}, exits: {remand: 100 %}}",
        "circle",
    ),
    "source not defined": ("source: counted", "source: countd", "countd"),
    "key twice": ("north: {places: 80}", "north: {places: 80, places: 81}", "twice"),
    "unit that does not fit": ("mean: 20 d", "mean: 20 EUR", "20 EUR"),
    "no such discount rate": ("end: 2025-04-01", "end: 2025-04-01\ndiscounting: [gren]", "gren"),
    "a gate without a citation": (
        "systems:\n",
        "law: [{id: act, title: An act, summary: s, gates: [{use: non-refoulement}, {id: g,"
        " title: t, law: [{since: null, binds: [homeland], grade: official,"
        " otherwise: {then: needs, because: b}}]}]}]\nsystems:\n",
        "the gate cites no law",
    ),
    "an assumption without a reason": (
        "    fee:\n",
        "    routes: [us-removal]\n    assume: [{gate: us-removal/release}]\n    fee:\n",
        "'reason' is missing",
    ),
    "an absolute bar assumed away": (
        "    fee:\n",
        "    routes: [us-removal]\n"
        "    assume: [{gate: us-removal/withholding, reason: what if}]\n    fee:\n",
        "absolute bar",
    ),
    "more people than there are": ("value: 90,", "value: 90000000,", "cannot be above 50000000"),
    "more places than there are": ("places: 80", "places: 2000000000", "above 1073741824"),
    "a queue that nobody serves": (
        "    pathways:\n      usual:\n        remand: {",
        "    hearings: {court: {served: 0 / day}}\n"
        "    pathways:\n      usual:\n        remand: {queue: court, ",
        "'court' serves nobody, and 'remand' waits for it",
    ),
    "sent to nowhere": ("facility: tower", "facility: spire", "'spire' is not defined"),
    "a stage without an exit": ("{mean: 90 d}}}", "{mean: 90 d}}, exits: {}}", "are empty"),
    "capacity below nought by a measure": (
        "variants:",
        "measures: {m: {on: 2025-03-01, set: {homeland.facilities.north.places: -1}}}\nvariants:",
        "-1 is too small",
    ),
    "everybody returns for ever": (
        "    facilities:\n      north",
        "        released: {returns: {share: 100 %, after: {fixed: 9 d}}}\n"
        "    facilities:\n      north",
        "has no steady state: everybody returns for ever",
    ),
    "path to nothing": ("[agreements.lease]", "[agreements.leese]", "leese"),
    "unknown currency": ("per_use: 40 EUR / day", "per_use: 40 EUX / day", "EUX"),
    "index ends before the term": (
        "per_use: 40 EUR / day}\nvariants:",
        "per_use: 40 EUR / day, indexed: cpi}\n"
        "indices: {cpi: {values: {2023-01-01: 100}}}\nvariants:",
        "ends before the term",
    ),
    "minimum above the places": (
        "{per_use: 40 EUR / day}",
        "{minimum: {places: 16, per_use: 40 EUR / day}}",
        "above the 15 places",
    ),
    "overlapping tiers": (
        "{per_use: 40 EUR / day}",
        "{tiers: [{upto: 9, per_use: 4 EUR / day}, {upto: 9, per_use: 3 EUR / day}, "
        "{per_use: 2 EUR / day}]}",
        "overlaps",
    ),
}

TEXTS = {name: (GOOD.replace(a, b, 1), says) for name, (a, b, says) in CHANGES.items()}
TEXTS["over the limit"] = (GOOD + "# x\n" * 300_000, "1 MiB")
TEXTS["alias bomb"] = (_BOMB, "anchor")
"""Name of a mistake -> the file's text, and a word of the message."""
