"""A page or a sheet as a file."""

from __future__ import annotations

from pathlib import Path

from bedspace.exceptions import RunError


def write(out: Path, text: str) -> Path:
    """Write text whole or not at all; returns the file. RunError when `out` is a folder."""
    return write_bytes(out, text.encode())


def write_bytes(out: Path, data: bytes) -> Path:
    """Write a file whole or not at all; returns it. RunError when `out` is a folder."""
    if out.is_dir():
        raise RunError(f"{out} is a folder; name a file in it")
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".{out.name}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return out
