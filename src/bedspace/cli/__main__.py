"""`python -m bedspace.cli` is the command line."""

from bedspace.cli import main

main()
