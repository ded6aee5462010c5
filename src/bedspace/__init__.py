"""bedspace: what happens when one prison system rents places in another."""

__version__ = "0.1.0"
