"""Verbs that make results: run, compare."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bedspace.cli import show
from bedspace.cli.options import (
    KERNEL,
    THREADS,
    Engine,
    Executor,
    Full,
    Json,
    Out,
    Part,
    Replicates,
    Resume,
    Scenario,
    Seed,
    Settings,
    Work,
    Workers,
    loaded,
    repeated,
)
from bedspace.cli.progress import bar
from bedspace.cli.show import complain
from bedspace.cli.stopping import how_to_go_on, stoppable
from bedspace.exceptions import RunError

if TYPE_CHECKING:
    from bedspace.appraisal import Taken
    from bedspace.results import Comparison, Run
    from bedspace.scenario import Scenario as Loaded


def run(
    scenario: Scenario,
    out: Out,
    workers: Workers = None,
    executor: Executor = THREADS,
    replicates: Replicates = 100,
    seed: Seed = 1,
    resume: Resume = False,
    engine: Engine = KERNEL,
    full: Full = False,
    section: Part = None,
    settings: Settings = None,
    as_json: Json = False,
) -> None:
    """Simulate a scenario; its results go into a new folder. Says how many people are held, and
    when places run out."""
    from bedspace import ensemble
    from bedspace.appraisal import of_run, when_places_run_out
    from bedspace.cli.pages import plain_rows
    from bedspace.cli.screen import known, print_found

    known(section)
    scn, work = loaded(scenario, settings), Work(workers, executor, resume, as_json, engine)
    again = _again(["run", scenario, *repeated(settings)], out, replicates, seed, work)
    with (
        stoppable(lambda: how_to_go_on(out, again)),
        bar(named(scn), replicates, as_json) as progress,
    ):
        made = ensemble.run(
            scn, replicates, seed, workers, out, progress, executor, resume, complain, engine
        )
    if as_json:
        places = plain_rows(when_places_run_out(made))
        show.print_json(facts(made) | {"folder": str(out), "places": places})
        return
    where = quote(str(out))
    typed = [
        ("a page with charts", f"bedspace report {where} --out report.html"),
        ("where a figure comes from", f"bedspace explain {where} FIGURE"),
        ("its tables", f"bedspace sql {where}"),
    ]
    print_found(of_run(made), full, section, typed)


def compare(
    base: Annotated[str, typer.Argument(metavar="BASE", help="The baseline.")],
    scenario: Scenario,
    out: Out,
    workers: Workers = None,
    executor: Executor = THREADS,
    replicates: Replicates = 100,
    seed: Seed = 1,
    resume: Resume = False,
    engine: Engine = KERNEL,
    full: Full = False,
    section: Part = None,
    settings: Settings = None,
    as_json: Json = False,
) -> None:
    """Simulate a baseline and a scenario on the same people, and say the answer."""
    from bedspace.appraisal import in_short
    from bedspace.appraisal.figures import plain
    from bedspace.cli import keeping
    from bedspace.cli.appraisals import appraised
    from bedspace.cli.keeping import Asked
    from bedspace.cli.screen import known, next_of, print_found

    known(section)
    work = Work(workers, executor, resume, as_json, engine)
    asked = ["compare", base, scenario, *repeated(settings)]
    again = _again(asked, out, replicates, seed, work)
    with stoppable(lambda: how_to_go_on(out, again)):
        sides = loaded(base, settings, lenient=True), loaded(scenario, settings)
        made = compared(*sides, replicates, seed, work, out)
    if as_json:
        told = {
            "folder": str(out),
            "members": made.members,
            "seed": made.seed,
            "impact": [plain.facts(figure) for figure in in_short(made)],
            "baseline": facts(made.baseline),
            "scenario": facts(made.scenario),
        }
        show.print_json(told)
        return
    again_of = Asked(str(out))
    files = again_of.files()
    answered = appraised(made)
    keeping.remember(again_of, files, made)
    print_found(answered, full, section, next_of(answered, out))


def _again(asked: list[str], out: Path, replicates: int, seed: int, work: Work) -> list[str]:
    """The command that asks for the same run."""
    told = ["--out", str(out), "--replicates", str(replicates), "--seed", str(seed)]
    return [*asked, *told, *work.options()]


def compared(
    base: Loaded, scn: Loaded, replicates: int, seed: int, work: Work, out: Path
) -> Comparison:
    """`ensemble.compare` under a progress bar; it counts the members of both sides.

    RunError when the two are one variant of one file, whose impact would be nought throughout.
    """
    from bedspace import ensemble

    if (base.source, base.variant) == (scn.source, scn.variant):
        raise RunError(f"{named(scn)} would be compared with itself; name another variant of it")
    with bar(f"{named(scn)} against {named(base)}", 2 * replicates, work.silent) as progress:
        how = (progress, work.executor, work.resume, complain, work.engine, work.cache)
        return ensemble.compare(base, scn, replicates, seed, work.workers, out, *how)


def named(scn: Loaded) -> str:
    """A scenario as a user would name it: name#variant."""
    return f"{scn.name}#{scn.variant}" if scn.variant else scn.name


def facts(made: Run) -> dict[str, Any]:
    """What a run is, from its manifest, the powers that it assumes, what it takes as met."""
    keys = ("scenario", "variant", "members", "seed", "plan", "bedspace", "rows")
    told: dict[str, Any] = {key: made.manifest[key] for key in keys}
    return told | law_of(made.scenario)


def law_of(scn: Loaded) -> dict[str, Any]:
    """The powers that a scenario assumes and the gates it takes as met, for JSON."""
    met = [asdict(gate) for gate in taken(scn)]
    return {"assumed_powers": powers(scn), "taken_as_met": met}


def powers(scn: Loaded) -> list[str]:
    """The gates of the law that its agreements take as open, once each."""
    return list(dict.fromkeys(a.gate for one in scn.agreements.values() for a in one.assume))


def taken(scn: Loaded) -> list[Taken]:
    """The gates of the law that its agreements' people are sent by as if met, once each."""
    from bedspace.appraisal import taken_as_met

    return list(dict.fromkeys(gate for name in scn.agreements for gate in taken_as_met(scn, name)))


def tell_powers(scn: Loaded, stderr: bool = False) -> None:
    """A line with the powers that a scenario assumes, and one with the gates it takes as met."""
    tell = show.complain if stderr else show.say
    if found := powers(scn):
        tell(f"{named(scn)} assumes powers: {', '.join(found)}")
    if met := [f"{gate.gate} ({gate.status})" for gate in taken(scn)]:
        tell(f"{named(scn)} takes as met: {', '.join(met)}")
