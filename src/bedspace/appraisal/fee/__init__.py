"""What an agreement is billed, for what, and who bears it."""
