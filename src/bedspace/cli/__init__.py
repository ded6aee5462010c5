"""The command line: shows what the other rooms find, computes nothing."""

from __future__ import annotations


def main() -> None:
    """Run the command line on the process's own arguments and exit with its status."""
    import logging

    from bedspace.cli.app import app

    # What a user should read is said in a line of our own; libraries log whole tracebacks.
    logging.disable()
    app(prog_name="bedspace")


__all__ = ["main"]
