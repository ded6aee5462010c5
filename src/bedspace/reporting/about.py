"""What stands around an appraisal's figures in a file that travels alone: what was asked, the
sources with their addresses, the versions, the command that makes it again, how to cite it."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from bedspace import __version__
from bedspace.appraisal import Appraisal
from bedspace.exceptions import ScenarioError
from bedspace.results import Comparison, Run
from bedspace.scenario import Scenario, load, names
from bedspace.scenario.model.scenario import Source


@dataclass(frozen=True)
class About:
    """`sources` are by title, as a Number names them; `commands` make the same figures again, from
    `files` by name where no shipped scenario has them; `as_of` is the last day on which a source
    was read or published, or the first day simulated, for a run knows no clock."""

    summary: str = ""
    baseline: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    commands: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    as_of: date = date(1980, 1, 1)
    citation: str = ""

    @property
    def where(self) -> str:
        """Where the files are that a command names; empty where it names shipped scenarios."""
        named = any(file in command for command in self.commands for file in self.files)
        return (
            "The scenario files are in the ZIP that bedspace report --zip writes." if named else ""
        )


def about(found: Appraisal, made: Comparison | Run | None = None) -> About:
    """What stands around `found`; without the run or comparison that it was made from there are no
    sources' addresses, and the command names the scenario alone."""
    cite = citation(found)
    if made is None:
        return About(
            versions={"bedspace": __version__},
            commands=tuple(_commands(found, found.baseline, found.scenario)),
            as_of=found.start,
            citation=cite,
        )
    runs = (made.baseline, made.scenario) if isinstance(made, Comparison) else (made,)
    scenarios = [run.scenario for run in runs]
    sources = {s.title: s for scn in scenarios for s in scn.sources.values()}
    sides = ("baseline", "scenario")[-len(runs) :]
    files = {
        f"scenario/{side}.json": (run.folder / "scenario.json").read_bytes()
        for side, run in zip(sides, runs, strict=True)
    }
    asked = [_shipped(scn) or file for scn, file in zip(scenarios, files, strict=True)]
    return About(
        summary=scenarios[-1].summary or "",
        baseline=scenarios[0].title if len(runs) == 2 else "",
        sources=sources,
        versions=dict(runs[-1].manifest["made_by"]),
        commands=tuple(_commands(found, asked[0] if len(runs) == 2 else "", asked[-1])),
        files=files,
        as_of=_latest(sources.values()) or found.start,
        citation=cite,
    )


def citation(found: Appraisal) -> str:
    """How to cite the appraisal: enough to make the same figures again."""
    against = f", against {found.baseline}" if found.baseline else ""
    return (
        f"bedspace {__version__}: {found.title}. Scenario {found.scenario}{against}; "
        f"{found.members} simulated futures, seed {found.seed}; {found.start} to {found.end}."
    )


def _shipped(scn: Scenario) -> str | None:
    """The name of the shipped scenario that is this one to the last number, if there is one."""
    if scn.name not in names():
        return None
    name = f"{scn.name}#{scn.variant}" if scn.variant else scn.name
    try:
        shipped = load(name)
    except ScenarioError:  # a user's own variant of a file with a shipped one's name
        return None
    return name if _told(shipped) == _told(scn) else None


def _told(scn: Scenario) -> dict[str, object]:
    """What a run is made of: a run of a variant does not keep the other variants."""
    return {key: value for key, value in scn.raw.items() if key not in ("variants", "compared")}


def _latest(sources: Collection[Source]) -> date | None:
    """The last day on which a source was read, or, where none says so, was published."""
    read = [s.accessed for s in sources if s.accessed is not None]
    told = [date.fromisoformat(f"{s.date}-01-01"[:10]) for s in sources if s.date is not None]
    return max(read or told, default=None)


def _commands(found: Appraisal, baseline: str, scenario: str) -> list[str]:
    numbers = f"--replicates {found.members} --seed {found.seed} --out run"
    if found.is_run:
        first = f"bedspace run {shlex.quote(scenario)} {numbers}"
    elif baseline:
        first = f"bedspace compare {shlex.join([baseline, scenario])} {numbers}"
    else:  # agreements side by side have no run of their own
        return [f"bedspace agreements --replicates {found.members} --seed {found.seed}"]
    return [first, "bedspace report run --pdf brief.pdf --xlsx figures.xlsx --zip all.zip"]
