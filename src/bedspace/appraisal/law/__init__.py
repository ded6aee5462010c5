"""Who may lawfully be sent: verdicts of routes, gate by gate, and how many people they reach."""
