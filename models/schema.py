"""Brings a database to the current schema, and says whether it is there."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.db import Database


class SchemaBehind(Exception):
    """The database is older than this program: run ``pekanbaru-smart migrate`` first."""


def migrate(database: Database) -> None:
    """Create or update every table, in one transaction."""
    config = _config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(database: Database) -> bool:
    wanted = ScriptDirectory.from_config(_config()).get_current_head()
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == wanted


def make_ready(database: Database) -> None:
    """SQLite is migrated on the way; PostgreSQL is shared, so a person decides. Raises SchemaBehind."""
    if is_current(database):
        return
    if not database.is_sqlite:
        raise SchemaBehind("the database has another schema; run: pekanbaru-smart migrate")
    migrate(database)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    return config
