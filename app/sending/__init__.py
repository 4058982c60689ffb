"""From the outbox to Facebook and the groups: claim, say, and keep what came of it."""
