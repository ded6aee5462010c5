"""The conditions in which people are held, against published standards."""
