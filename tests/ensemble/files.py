"""A tiny scenario, and what a folder holds."""

from hashlib import sha256
from pathlib import Path

TINY = Path(__file__).with_name("tiny.yaml")


def tree(folder: Path) -> dict[str, str]:
    """Every file of a folder by its path and hash."""
    return {
        str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }
