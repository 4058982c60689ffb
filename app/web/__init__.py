"""HTTP: the door for Facebook, and the pages for people."""
