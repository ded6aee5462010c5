"""Appraisals that are kept, so that one that is asked for again is there at once.

An appraisal is kept under the hash of what made it: the manifests of its runs, which hold the
hashes of the scenario and of every table, and the code of bedspace. What was asked for is kept
beside it, with the hashes of the files that were read: as long as they are the same, so is the
appraisal, and neither the scenario nor its runs need be opened.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bedspace import cache, plain_json
from bedspace.cli.show import complain

if TYPE_CHECKING:
    from bedspace.appraisal import Appraisal
    from bedspace.results import Comparison, Run

_APPRAISALS, _ASKED = "appraisals", "asked"

_MANIFEST = "manifest.json"

_FILES = (".yaml", ".yml", ".json")
"""What the name of a scenario's file ends in."""


@dataclass(frozen=True)
class Kept:
    """An appraisal, and where each of its sources can be found, by the source's title. `made` is
    when it was made, in seconds since 1970, where it was found again."""

    appraisal: Appraisal
    addresses: Mapping[str, str]
    made: float | None = None


@dataclass(frozen=True)
class Asked:
    """What a user asks to have appraised: a folder of results, or a scenario with the variant it
    is compared with, the number of members, the seed, and what is set in it. Without more than
    `what`, it is what `bedspace appraise` does by itself."""

    what: str
    baseline: str = "baseline"
    members: int = 100
    seed: int = 1
    settings: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name under which it is kept which appraisal this was."""
        if Path(self.what).is_dir():
            return cache.key(cache.code(), os.path.abspath(self.what), self.settings)
        beside = os.getcwd() if any(end in self.what for end in _FILES) else ""
        asked = (self.what, self.baseline, self.members, self.seed, self.settings)
        return cache.key(cache.code(), beside, *asked)

    def files(self) -> dict[str, str]:
        """The hash of every file that is read for it, by path; those of the package are left out,
        as part of its code."""
        if Path(self.what).is_dir():
            return _hashes(_recorded(Path(self.what)))
        from bedspace import scenario

        return _hashes(path.absolute() for path in scenario.files(self.what))


def again(asked: Asked) -> Kept | None:
    """The appraisal kept of what is asked, if every file is as it was; None where there is
    none."""
    known = cache.get(cache.folder(), _ASKED, asked.key)
    if known is None or _hashes(map(Path, known.about["files"])) != known.about["files"]:
        return None
    entry = cache.get(cache.folder(), _APPRAISALS, known.about["appraisal"])
    return None if entry is None else _read(entry)


def remember(asked: Asked, files: Mapping[str, str], made: Comparison | Run) -> None:
    """Keep which appraisal was asked for, and the files that it was read from, if they have not
    been changed since."""
    if asked.files() == files:
        _put(_ASKED, asked.key, {"files": dict(files), "appraisal": _name(made)})


def appraisal_of(made: Comparison | Run, fresh: bool = False) -> Kept:
    """The appraisal of a comparison, or what a single run says: the one that is kept, if any and
    not `fresh`; otherwise it is made and kept."""
    name = _name(made)
    if not fresh and (entry := cache.get(cache.folder(), _APPRAISALS, name)) is not None:
        return _read(entry)
    from bedspace import appraisal, results
    from bedspace.appraisal.figures.stored import stored

    if isinstance(made, results.Comparison):
        found = appraisal.appraise(made)
    else:
        found = appraisal.of_run(made)
    kept = Kept(found, _addresses(made))
    text = plain_json.line(stored(found)).encode()
    _put(_APPRAISALS, name, {"addresses": kept.addresses}, text)
    return kept


def _read(entry: cache.Entry) -> Kept:
    from bedspace.appraisal.figures.stored import restored

    found = restored(json.loads(entry.parts[0]))
    return Kept(found, entry.about["addresses"], entry.made)


def _put(kind: str, name: str, about: Mapping[str, object], *parts: bytes) -> None:
    """Keep something; where the disk refuses, a line says so and nothing else is lost."""
    where = cache.folder()
    try:
        cache.put(where, kind, name, about, parts)
        cache.trim(where)
    except OSError as e:
        complain(f"the appraisal cannot be kept in {where}: {e.strerror or e}")


def _name(made: Comparison | Run) -> str:
    """The name of an appraisal: of all that it is made of."""
    return cache.key(cache.code(), *(run.manifest for run in _runs(made)))


def _runs(made: Comparison | Run) -> tuple[Run, ...]:
    from bedspace import results

    return (made.baseline, made.scenario) if isinstance(made, results.Comparison) else (made,)


def _addresses(made: Comparison | Run) -> dict[str, str]:
    every = (run.scenario.sources for run in _runs(made))
    return {s.title: s.address for of in every for s in of.values() if s.address}


def _recorded(folder: Path) -> Iterator[Path]:
    """The files of a run or comparison by its manifests; those of a folder that is none are left
    for whoever opens it to complain of."""
    manifest = folder.absolute() / _MANIFEST
    try:
        values = json.loads(manifest.read_bytes())
        chunks = values.get("chunks", ())
        every = [*values["files"], *(file for chunk in chunks for file in chunk["files"])]
        paths = [manifest.parent / file["path"] for file in every]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    yield manifest
    for path in paths:
        if path.name == _MANIFEST:
            yield from _recorded(path.parent)
        else:
            yield path


def _hashes(paths: Iterator[Path]) -> dict[str, str]:
    """The hash of each file by its path; empty for one that cannot be read."""
    return {str(path): _hash(path) for path in paths}


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
