"""What a scenario that reads well may still have wrong: one idea a module."""
