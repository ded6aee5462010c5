"""Both sides of a comparison as numbers by member, and what every count rests on."""
