"""What the sending system really avoids at home by sending people away."""
