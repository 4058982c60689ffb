"""The way from an older database to the current one (Alembic)."""
