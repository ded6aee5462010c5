"""The pages a user reads, and what can be checked in them: commands, snippets, links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = [
    README,
    ROOT / "ARCHITECTURE.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")


def name(page: Path) -> str:
    """The page's path from the root."""
    return page.relative_to(ROOT).as_posix()


def text(page: Path) -> str:
    """The whole page."""
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", text(page))


def blocks(page: Path, language: str) -> list[str]:
    """Fenced blocks of one language, in order."""
    return [body for kind, body in _FENCE.findall(text(page)) if kind == language]


def inline(page: Path) -> list[str]:
    """Code within the text."""
    return _INLINE.findall(prose(page))


def shell(page: Path) -> list[list[str]]:
    """Lines of the page's shell blocks as words."""
    # shlex takes a # within a word for a comment, as no shell does.
    lines = [re.sub(r"(^|\s)#.*", "", x) for b in blocks(page, "sh") for x in b.splitlines()]
    return [words for line in lines if (words := shlex.split(line))]


def commands(page: Path, program: str) -> list[list[str]]:
    """Words after `program` of every command with arguments, in blocks or in the text."""
    told = [shlex.split(code) for code in inline(page) if code.startswith(f"{program} ")]
    return [words[1:] for words in [*shell(page), *told] if words[0] == program]


def anchors(page: Path) -> set[str]:
    """Anchors of the page's headings, as a forge makes them: a repeated one is numbered."""
    found: dict[str, int] = {}
    made = set()
    for heading in re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        made.add(f"{slug}-{found[slug]}" if slug in found else slug)
        found[slug] = found.get(slug, 0) + 1
    return made
