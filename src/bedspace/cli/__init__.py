"""The command line: shows what the other rooms find, computes nothing."""

from __future__ import annotations


def main() -> None:
    """Run the command line on the process's own arguments and exit with its status."""
    from bedspace.cli.app import app

    app(prog_name="bedspace")


__all__ = ["main"]
