"""Meta's and the citizen's words: what comes in from Facebook, the talk, and what goes out."""
