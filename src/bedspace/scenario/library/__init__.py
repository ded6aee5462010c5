"""The shipped scenarios: YAML files, each read by its name without the ending."""
