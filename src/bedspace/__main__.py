"""`python -m bedspace` is the command line."""

from bedspace.cli import main

main()
