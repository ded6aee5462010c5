"""Single values that a user writes: quantities with their units, and what each key takes."""
