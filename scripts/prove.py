"""Runs the tests marked `prove`, one by one, and writes what they showed to proofs/<commit>.md.

Each result is kept in build/ as soon as it is there, so that a run that was stopped goes on where
it was. A proof belongs to a commit: with changed tracked files there is nothing to prove.
"""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
NO_TESTS = 5  # pytest's exit status when nothing was collected


def git(*words: str) -> str:
    """What git answers, without the last newline."""
    done = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def collect() -> list[str]:
    """Node ids of the tests marked `prove`."""
    done = subprocess.run(
        [*PYTEST, "-m", "prove", "--collect-only", "tests"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, NO_TESTS):
        sys.exit(done.stdout + done.stderr)
    return [line for line in done.stdout.splitlines() if "::" in line]


def prove(test: str) -> dict[str, str | float]:
    """Runs one test, showing its output; its name, outcome and seconds."""
    begun = time.monotonic()
    # Here hypothesis searches anew each time, instead of repeating the desk's examples.
    environment = {**os.environ, "BEDSPACE_HYPOTHESIS": "prove"}
    done = subprocess.run([*PYTEST, "-m", "prove", test], cwd=ROOT, env=environment, check=False)
    seconds = round(time.monotonic() - begun, 1)
    return {"test": test, "outcome": "failed" if done.returncode else "passed", "seconds": seconds}


def page(commit: str, results: list[dict[str, str | float]]) -> str:
    """The Markdown page of one commit's proofs."""
    rows = [f"| `{r['test']}` | {r['outcome']} | {r['seconds']} |" for r in results]
    return "\n".join(
        [
            f"# Proofs of {commit}",
            "",
            f"By `make prove`, on {os.cpu_count()} cores, {platform.machine()}, "
            f"Python {platform.python_version()}.",
            "",
            "| test | outcome | seconds |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def main() -> int:
    """0 when every proof passed or there is none, 1 when one failed, 2 on changed files."""
    if git("status", "--porcelain", "--untracked-files=no"):
        print("Tracked files have changed: commit them first, a proof belongs to a commit.")
        return 2
    commit = git("rev-parse", "HEAD")
    tests = collect()
    if not tests:
        print("No test is marked `prove` yet: nothing to run, nothing written.")
        return 0
    kept = ROOT / "build" / f"prove-{commit}.jsonl"
    kept.parent.mkdir(exist_ok=True)
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    # A failed proof is run again: what a later run shows replaces it.
    results = {r["test"]: r for r in map(json.loads, lines) if r["outcome"] == "passed"}
    for number, test in enumerate(tests, 1):
        if test in results:
            continue
        print(f"[{number}/{len(tests)}] {test}", flush=True)
        results[test] = prove(test)
        with kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps(results[test]) + "\n")
    proofs = ROOT / "proofs" / f"{commit}.md"
    proofs.parent.mkdir(exist_ok=True)
    proofs.write_text(page(commit, [results[test] for test in tests]), encoding="utf-8")
    failed = sum(results[test]["outcome"] == "failed" for test in tests)
    print(f"{len(tests) - failed} passed, {failed} failed: {proofs.relative_to(ROOT)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
