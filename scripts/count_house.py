"""python -m scripts.count_house [SCENARIO[#VARIANT] [BASELINE]]: what the appraisal is made of.

Counts figures built against ids for one comparison (3 members), imports between the rooms within
`appraisal`: arrows in all, between rooms, and up; and for one thing of each kind often added
(a law of stay, a dynamic ...) the files of code that name it, which is what a new one touches.
"""

import ast
import sys
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import bedspace as bs
from bedspace.appraisal.figures.figure import Figure
from tests.house.rooms import INNER

ROOMS = Path(__file__).resolve().parents[1] / "src" / "bedspace" / "appraisal"
ORDER = INNER["appraisal"]
PREFIX = "bedspace.appraisal"
ALIKE = {
    "law of stay": "weibull",
    "fee part": "tiers",
    "dynamic": "early_release",
    "figure": "price-used",
    "route": "us-hawaii-contract",
    "standard": "mursic-3",
}
"""A kind of thing -> a word by which files name one that there is."""


def built(scenario: str, baseline: str) -> tuple[Counter[str], int]:
    """How often each figure's id was built, and how many ids the appraisal has."""
    made: Counter[str] = Counter()
    whole = Figure.__post_init__

    def counted(figure: Figure) -> None:
        made[figure.id] += 1
        whole(figure)

    comparison = bs.compare(scenario, baseline=baseline, replicates=3, seed=1)
    with patch.object(Figure, "__post_init__", counted):
        found = bs.appraise(comparison)
    return made, len(found.figures)


def arrows() -> Counter[tuple[str, str]]:
    """How many files of one room import a file of another, by the two rooms."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(ROOMS.rglob("*.py")):
        here = path.relative_to(ROOMS).parts[0].removesuffix(".py")
        for there in _imported(path) - {here} if here in ORDER else ():
            found[here, there] += 1
    return found


def _imported(path: Path) -> set[str]:
    """The rooms of the appraisal that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PREFIX}."):
            found.add((node.module or "").split(".")[2])
    return found


def touched(word: str) -> list[str]:
    """Files of the package, scenarios left out, that name something in any case of letters."""
    root = ROOMS.parent
    return [
        str(path.relative_to(root))
        for path in sorted((*root.rglob("*.py"), *root.glob("rules/**/*.yaml")))
        if word in path.read_text(encoding="utf-8").lower()
    ]


def main() -> None:
    """Print the counts."""
    scenario = sys.argv[1] if len(sys.argv) > 1 else "cecot-offer"
    baseline = sys.argv[2] if len(sys.argv) > 2 else "baseline"
    made, ids = built(scenario, baseline)
    print(f"figures built {made.total()}, ids {ids}, built and not shown {len(made) - ids}")
    for id_, times in made.most_common(5):
        if times > 1:
            print(f"  {times} times: {id_}")
    found = arrows()
    up = {pair: n for pair, n in found.items() if ORDER.index(pair[0]) < ORDER.index(pair[1])}
    within = {pair: n for pair, n in found.items() if "contents" not in pair}
    print(f"pairs of rooms with an arrow {len(within)}, files that cross {sum(within.values())}")
    print(f"arrows up {sum(up.values())}")
    for kind, word in ALIKE.items():
        files = touched(word)
        print(f"a {kind} ({word}): {len(files)} files, {', '.join(files)}")


if __name__ == "__main__":
    main()
