"""Meta in and Meta out: the wire, the signature, the Graph API and its rules."""
