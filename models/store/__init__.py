"""Every query lives here. Functions take the caller's session and never end its transaction."""
