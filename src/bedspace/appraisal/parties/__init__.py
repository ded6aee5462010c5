"""Both parties' money together: accounts by year, discounted value, and fees that suit both."""
