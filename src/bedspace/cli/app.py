"""The verbs in one place, and what becomes of errors.

Each verb imports the rooms it needs inside itself, so that `bedspace list` does not wait for the
engine to load.
"""

from __future__ import annotations

import errno
from typing import Any

import typer
from typer.core import TyperGroup

from bedspace import __version__
from bedspace.cli import appraisals, asking, demo, explaining, invoices, runs, scenarios, tables
from bedspace.cli.show import complain
from bedspace.exceptions import BedspaceError

REFUSED = 2
"""Exit status when the user has something to mend; nothing was written then."""


class Verbs(TyperGroup):
    """The group of verbs: an error that a user can mend is its own text, not a traceback."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order they are used, not of the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run the verb. Its BedspaceError or OSError goes to stderr, exit status 2."""
        try:
            return super().invoke(ctx)
        except BedspaceError as error:
            complain(str(error))
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of our output has gone: no mistake
                raise
            what = error.strerror or str(error)
            complain(f"{error.filename}: {what}" if error.filename else what)
        raise typer.Exit(REFUSED)


app = typer.Typer(
    cls=Verbs,
    help="What happens when one prison system rents places in another: people, law, money, "
    "conditions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"bedspace {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    pass


for _name, _verb in (
    ("demo", demo.demo),
    ("list", scenarios.shipped),
    ("validate", scenarios.validate),
    ("evidence", scenarios.evidence),
    ("schema", scenarios.schema),
    ("run", runs.run),
    ("compare", runs.compare),
    ("appraise", appraisals.appraise),
    ("report", appraisals.report),
    ("agreements", appraisals.agreements),
    ("invoice", invoices.invoice),
    ("explain", explaining.explain),
    ("sql", asking.sql),
    ("read", tables.read),
):
    app.command(_name)(_verb)
