"""What is invoiced under an agreement, for what, and who bears it."""
