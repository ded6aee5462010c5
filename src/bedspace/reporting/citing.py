"""How a result is cited and made again: the same words wherever it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bedspace import __version__
from bedspace.appraisal import Appraisal
from bedspace.results import Comparison, Run


@dataclass(frozen=True)
class Made:
    """A sentence to cite, the commands that make the result again, and what it was made with."""

    cite: str
    commands: tuple[str, ...]
    versions: str


def citing(given: Appraisal, made: Comparison | Run | None = None) -> Made:
    """How to cite an appraisal and make it again; `made`, where given, says with what it was
    simulated."""
    many = f"{given.members} simulated future{'' if given.members == 1 else 's'}"
    if given.baseline:
        what = f"{given.scenario} against {given.baseline}"
        verb = f"bedspace compare {given.baseline} {given.scenario}"
    elif given.is_run:
        what, verb = given.scenario, f"bedspace run {given.scenario}"
    else:
        what, verb = "every shipped agreement, or those named", "bedspace agreements"
    options = f"--replicates {given.members} --seed {given.seed}"
    cite = (
        f"The bedspace authors, bedspace {__version__}: “{given.title}” ({what}; {many}, "
        f"seed {given.seed})."
    )
    commands: tuple[str, ...] = (
        f"{verb} {options} --out DIR",
        "bedspace report DIR --out report.html",
    )
    if not given.baseline and not given.is_run:
        commands = (f"{verb} {options} --out report.html",)
    return Made(cite, commands, _versions(made))


def _versions(made: Comparison | Run | None) -> str:
    run = made.scenario if isinstance(made, Comparison) else made
    kept: dict[str, Any] = {} if run is None else run.manifest.get("made_by", {})
    told = [f"{name} {version}" for name, version in kept.items() if name != "code"]
    told += [f"code {kept['code']}"] if "code" in kept else []
    return ", ".join(told) or f"bedspace {__version__}"
