"""The pretend Facebook keeps Facebook's rules."""
