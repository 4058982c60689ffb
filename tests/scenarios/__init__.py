"""Days of citizens in plain sentences, through HTTP against the pretend Facebook; each is written down to be read."""
