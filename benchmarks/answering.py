"""Runs W in bedspace each time a line with stock, days and seed comes in. `against.py` calls it.

First prints which bedspace it runs, then for each line the processor seconds and the events.
"""

from __future__ import annotations

import sys
import time

from engines import bedspace as ours

import bedspace

print(bedspace.__file__, flush=True)
for line in sys.stdin:
    stock, days, seed = map(int, line.split())
    begun = time.process_time()
    run = ours.run(stock, days, seed)
    print(time.process_time() - begun, run.events, flush=True)
