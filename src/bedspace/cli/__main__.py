"""`python -m bedspace.cli` is the command line, as `python -m bedspace` is."""

from bedspace.cli import main

main()
