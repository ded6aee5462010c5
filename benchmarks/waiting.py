"""What a user waits for: an appraisal, the same again, a figure traced, another fee, a report.

    python benchmarks/waiting.py [--scenario cecot-offer] [--members 100]

Each command runs in a process of its own, with a cache and a folder that are empty at first.
Printed are seconds by the clock and seconds of work of all threads: on a busy machine only the
latter say anything.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIGURE = "offer.saving.marginal.total"
OFFER = """\
bedspace: 1
extends: {scenario}
agreements:
  offer:
    fee: [{{per_use: {fee} USD / day}}]
"""


def timed(told: str, *words: str, cache: Path) -> None:
    """Run `bedspace` with these words; print what it took and what it said of what is kept."""
    environment = {**os.environ, "BEDSPACE_CACHE": str(cache)}
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "bedspace.cli", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    spent, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(done.stderr)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = [line for line in done.stderr.splitlines() if "found again" in line]
    print(f"{told:44} {spent:7.1f} s {work:7.1f} s of work  {'; '.join(said)}", flush=True)


def main() -> None:
    """Every wait in turn."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--scenario", default="cecot-offer")
    asked.add_argument("--members", default="100")
    given = asked.parse_args()
    many = ("-n", given.members)
    with tempfile.TemporaryDirectory(prefix="bedspace-waiting-") as folder:
        top = Path(folder)
        cache, file, out = top / "cache", top / "offer.yaml", top / "out"
        timed("appraise, nothing kept", "appraise", given.scenario, *many, cache=cache)
        timed("appraise again", "appraise", given.scenario, *many, cache=cache)
        timed("explain a figure", "explain", given.scenario, FIGURE, *many, cache=cache)
        for kind in ("appraisals", "asked"):
            for entry in (cache / kind).iterdir():
                entry.unlink()
        timed("appraise, the appraisal not kept", "appraise", given.scenario, *many, cache=cache)
        file.write_text(OFFER.format(scenario=given.scenario, fee=60), encoding="utf-8")
        timed("appraise with another fee", "appraise", str(file), *many, cache=cache)
        compared = ("compare", f"{given.scenario}#baseline", given.scenario, "--out", str(out))
        timed("compare, ten members, into a folder", *compared, "-n", "10", cache=cache)
        timed("report", "report", str(out), "--out", str(top / "report.html"), cache=cache)


if __name__ == "__main__":
    main()
