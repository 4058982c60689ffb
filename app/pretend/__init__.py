"""The pretend Facebook and the pretend groups, for the demo and the tests alone."""
