"""The ways to a department."""
