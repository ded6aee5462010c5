"""The tags of a PDF: what a screen reader is told."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tag:
    """An element of the structure: its kind, its title and its alternative text, and what is in
    it."""

    kind: str
    title: str
    alt: str
    scope: str
    children: list[Tag] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        """It and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, kind: str) -> list[Tag]:
        """Those of a kind."""
        return [tag for tag in self.walk() if tag.kind == kind]


def tags(data: bytes) -> Tag:
    """The structure of a PDF, from its root."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = Tag("root", "", "", "")
        root.children = list(_below(pdf.Root.StructTreeRoot.K, pikepdf))
        return root


def _below(item: Any, pikepdf: Any) -> Iterator[Tag]:
    if isinstance(item, pikepdf.Array):
        for one in item:
            yield from _below(one, pikepdf)
    elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
        made = Tag(
            str(item.S).removeprefix("/"),
            str(item.get("/T", "")),
            str(item.get("/Alt", "")),
            _scope(item.get("/A"), pikepdf),
        )
        made.children = list(_below(item.get("/K"), pikepdf))
        yield made


def _scope(given: Any, pikepdf: Any) -> str:
    for one in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(one, pikepdf.Dictionary) and "/Scope" in one:
            return str(one.Scope).removeprefix("/")
    return ""
