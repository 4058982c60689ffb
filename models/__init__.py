"""The city's facts: what a case is and where it is kept. No machine-learning weights: those are in routing/data."""
