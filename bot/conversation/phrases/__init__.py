"""Every sentence that a citizen reads, one file per language."""
