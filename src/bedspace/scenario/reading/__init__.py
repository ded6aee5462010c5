"""From text to nodes that know their line: YAML, what a file extends, variants, faults."""
