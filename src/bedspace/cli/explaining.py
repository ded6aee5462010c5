"""The verb that traces a figure to its formula, the numbers it rests on and their sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from bedspace.cli import show
from bedspace.cli.appraisals import Baseline, What, kept_or_made
from bedspace.cli.keeping import Asked
from bedspace.cli.options import THREADS, Executor, Fresh, Json, Replicates, Seed, Work, Workers

if TYPE_CHECKING:
    from rich.text import Text

    from bedspace.appraisal import Appraisal, Figure, Input, Number


def explain(
    what: What,
    figure: Annotated[
        str | None,
        typer.Argument(
            metavar="[FIGURE]", help="A figure's id; without it, every figure is listed."
        ),
    ] = None,
    workers: Workers = None,
    executor: Executor = THREADS,
    baseline: Baseline = "baseline",
    replicates: Replicates = 100,
    seed: Seed = 1,
    fresh: Fresh = False,
    as_json: Json = False,
) -> None:
    """Trace a figure of an appraisal to its formula, inputs, sources and quotations."""
    from bedspace.appraisal.figures import tracing

    asked = Asked(what, baseline, replicates, seed)
    kept = kept_or_made(asked, Work(workers, executor, silent=as_json), fresh, alone=True)
    if figure is None:
        _list(kept.appraisal, as_json)
        return
    chosen = tracing.traced(kept.appraisal, figure)
    if as_json:
        show.print_json(tracing.tree(chosen) | {"appraisal": _of(kept.appraisal)})
    else:
        _print(kept.appraisal, chosen, kept.addresses)


def _of(found: Appraisal) -> dict[str, object]:
    keys = ("scenario", "baseline", "members", "seed", "caution")
    return {key: getattr(found, key) for key in keys}


def _list(found: Appraisal, as_json: bool) -> None:
    from bedspace.appraisal.figures import plain, words
    from bedspace.cli.pages import KEY, letters

    figures = found.figures.values()
    if as_json:
        listed = [plain.facts(figure) for figure in figures]
        show.print_json({"appraisal": _of(found), "figures": listed})
        return
    show.say(f"{found.title}\n{_named(found)}: {len(figures)} figures\n")
    for figure in figures:
        value = f"{words.show(figure)} {letters(figure.stamps)}".rstrip()
        show.say(f"{figure.id}\n    {figure.title}: {value}")
    if found.stamps:
        show.say(f"\n{KEY}\n{words.stamp_line(found.stamps)}")


def _print(found: Appraisal, chosen: Figure, addresses: Mapping[str, str]) -> None:
    """The tree, the sources that it numbers, and every stamp in full."""
    from rich.tree import Tree

    from bedspace.appraisal.figures import tracing
    from bedspace.cli.pages import KEY

    console, sources = show.page(), dict[str, int]()
    branch: list[Tree] = []
    for depth, item, told in tracing.opened(chosen):
        made = Tree(_label(item, told, sources), guide_style="dim")
        if depth:
            branch[depth - 1].children.append(made)
        branch[depth:] = [made]
    show.say(f"{_named(found)}: {found.members} futures")
    if found.caution:
        console.print(found.caution)
    console.print()
    console.print(branch[0])
    if sources:
        console.print("\nSources", style="bold")
        for title, i in sources.items():
            where = f", {addresses[title]}" if title in addresses else ""
            show.say(f"  [{i}] {title}{where}")
    if chosen.stamps:
        console.print("\nWhat it rests on that is assumed or open", style="bold")
        for stamp in chosen.stamps:
            show.say(f"  {stamp}")
        console.print(KEY)


def _named(found: Appraisal) -> str:
    return f"{found.scenario} against {found.baseline}" if found.baseline else found.scenario


def _label(item: Input, told: bool, sources: dict[str, int]) -> Text:
    """What stands at a branch: a heading, and below it the rest, paler."""
    from rich.text import Text

    head, *rest = _lines(item, sources)
    if told:
        head, rest = f"{head.partition(': ')[0]}: as told above", []
    made = Text(show.clean(head))
    for line in rest:
        made.append(f"\n{show.clean(line)}", style="dim")
    return made


def _lines(item: Input, sources: dict[str, int]) -> list[str]:
    from bedspace.appraisal import Figure, Gate, Number, Rule, Simulated, Taken
    from bedspace.appraisal.figures import words
    from bedspace.cli.pages import letters

    match item:
        case Figure():
            head = f"{item.title}: {words.show(item)} {letters(item.stamps)}".rstrip()
            note = [item.note] if item.note else []
            return [head, f"= {item.formula}", *_made_of(item), *note, f"id {item.id}"]
        case Simulated():
            return [
                f"counted in the simulation: {item.words}",
                "by the rules of docs/engine.md, from:",
            ]
        case Rule():
            since = f", as of {item.as_of}" if item.as_of else ""
            binds = f", binds {item.binds}" if item.binds else ""
            return [f"rule {item.id}: {item.words}", f"{item.citation}{since}{binds}; {item.grade}"]
        case Gate():
            return [f"assumed power {item.gate}: {item.reason}"]
        case Taken():
            return [f"legal condition taken as met, {item.gate} ({item.status}): {item.words}"]
        case Number():
            return _number(item, sources)
        case _:
            assert_never(item)


def _made_of(figure: Figure) -> list[str]:
    """That its parts add up to it; or all of them in the future that is nearest to it."""
    from bedspace.appraisal.figures import tracing, words

    if added := tracing.summands(figure):
        signs = {1: "+", -1: words.MINUS}
        text = " ".join(f"{signs[sign]} {words.value(part, unit=False)}" for sign, part in added)
        return [f"the means add: {text.removeprefix('+ ')} = {words.value(figure, unit=False)}"]
    one = tracing.in_one_member(figure)
    if one is None:
        return []
    parts = "; ".join(f"{part.title} {words.number(v, part.unit)}" for part, v in one.parts)
    own = words.number(one.value, figure.unit)
    return [f"in simulated future {one.member}, the nearest to this mean: {own}, of {parts}"]


def _number(item: Number, sources: dict[str, int]) -> list[str]:
    from bedspace.appraisal.figures import words

    # What is written as text, money and dates, has its unit in it.
    unit = f" {item.unit}" if item.unit and not isinstance(item.value, str) else ""
    value = f"{words.given(item.value)}{unit}"
    if item.low is not None and item.high is not None:
        value += f" ({words.given(item.low)} to {words.given(item.high)})"
    mark = f" [{sources.setdefault(item.source, len(sources) + 1)}]" if item.source else ""
    found = [f"{item.path}: {value}, {item.grade}{mark}"]
    if item.quote:
        found.append(f'"{item.quote}"')
    if item.note:
        found.append(item.note)
    return found + [f"others give {other}" for other in item.disputed_by]
