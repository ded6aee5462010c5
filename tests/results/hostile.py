"""Names that a folder may have that mean something else to a shell or a reader of tables."""

import os

HOSTILE = [
    "agreement=lease",
    "member=3",
    "a[1]",
    "a*",
    "a?",
    "**",
    "[!x]",
    "{a,b}",
    "d#x",
    "~",
    "100%",
    "it's",
    'a "b" c',
    "señal ✓",
    "s3:",
    "-x",
]
if os.name == "posix":
    HOSTILE += ["new\nline", "back\\slash", "\\[1]", "a\\*b", "tab\t", os.fsdecode(b"\xff\xfe")]
