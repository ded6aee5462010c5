"""What a scenario is once it is read: systems, groups, facilities, agreements, measures."""
