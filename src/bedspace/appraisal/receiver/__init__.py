"""What the receiving system earns, and what it has room for."""
