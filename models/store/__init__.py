"""Every query lives here, and so does the rule of who may see which case."""
