"""What was counted: tables of prison populations as they are published, read with their traps.

`read` reads a file, and says what it found, what it must ask and what it refuses; `write` writes
the clean file and its notes; `series` reads a clean file for those who compute with it. The room
knows no scenario, engine or forecast.
"""

from bedspace.history.reading import Line, Reading, read
from bedspace.history.said import Said, said
from bedspace.history.series import Series, frequency, series
from bedspace.history.telling import summary, told
from bedspace.history.writing import clean, notes_of, write

__all__ = [
    "Line",
    "Reading",
    "Said",
    "Series",
    "clean",
    "frequency",
    "notes_of",
    "read",
    "said",
    "series",
    "summary",
    "told",
    "write",
]
