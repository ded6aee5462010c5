"""Real agreements side by side, in one currency and the prices of one year."""
