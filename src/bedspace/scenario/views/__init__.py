"""A scenario looked at: numbers by path, their evidence, pathways, rented places, the schema."""
