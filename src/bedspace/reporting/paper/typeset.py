"""Data and the fixed template -> a PDF that keeps to two standards: PDF/UA-1 (ISO 14289-1), so
that everybody can read it, and PDF/A-3a (ISO 19005-3), so that it can be kept with its data."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from importlib import resources
from typing import Any

from bedspace.exceptions import BedspaceError
from bedspace.reporting.about import About
from bedspace.reporting.paper.lettering import fitted


def typeset(data: dict[str, Any], known: About, attached: str) -> bytes:
    """The PDF's bytes, the same for the same data: fonts are the typesetter's own, and nothing is
    read from the machine or a network. `attached` is CSV that the file carries.

    BedspaceError when the extra is not installed, or when the typesetter refuses the document,
    which it does where it would break one of the standards.
    """
    try:
        import typst
    except ImportError:
        raise BedspaceError(
            "PDF files are set by typst, which is not installed; "
            "install it with: pip install 'bedspace[report]'"
        ) from None
    template = resources.files("bedspace.reporting") / "templates" / "paper.typ"
    day = known.as_of
    told = {**data, "date": [day.year, day.month, day.day]}
    try:
        made: bytes = typst.compile(
            template.read_bytes(),
            format="pdf",
            font_paths=typst.Fonts(include_system_fonts=False),
            ignore_system_fonts=True,
            sys_inputs={
                "data": json.dumps(fitted(told), ensure_ascii=False),
                "figures": attached,
            },
            pdf_standards=["ua-1", "a-3a"],
            timestamp=datetime.combine(day, time(), UTC),
        )
    except typst.TypstError as error:
        hints = "".join(f" ({hint})" for hint in error.hints)
        raise BedspaceError(f"the PDF cannot be set: {error.message}{hints}") from error
    return made
