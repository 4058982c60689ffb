"""What nearly every command opens: the settings and the database, with a clear word when that fails."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app.observe import set_up_logging
from app.settings import Settings, UnsafeSettings, load_settings
from models.db import Database
from models.schema import SchemaBehind, make_ready


def settings_or_exit(*, safe: bool = False) -> Settings:
    """The settings; ``safe``, for the service itself, also asks for what it cannot do without. Exits with 2."""
    try:
        settings = load_settings()
        if safe:
            settings.refuse_if_unsafe()
    except (ValidationError, UnsafeSettings) as error:
        # pydantic's own text would repeat the value, which may be a secret.
        told = "; ".join(_told(error)) if isinstance(error, ValidationError) else str(error)
        typer.echo(f"settings: {told}", err=True)
        raise typer.Exit(2) from None
    # A short command speaks to the person who typed it: what libraries tell by the way would drown its answer.
    set_up_logging(settings.log_level if safe else "WARNING")
    return settings


def _told(error: ValidationError) -> list[str]:
    return [
        f"{'.'.join(map(str, fault['loc'])).upper()} {fault['msg'].removeprefix('Value error, ')}".strip()
        for fault in error.errors()
    ]


@contextmanager
def any_database_or_exit(settings: Settings) -> Iterator[Database]:
    """The database, whatever its schema. Exits with 1 and a sentence when it cannot be had."""
    try:
        database = Database(settings.database_url)
    except OSError as error:
        typer.echo(f"database: its folder cannot be made: {error}", err=True)
        raise typer.Exit(1) from None
    try:
        yield database
    except SQLAlchemyError as error:
        typer.echo(f"database: {type(error).__name__}: {getattr(error, 'orig', error)}", err=True)
        raise typer.Exit(1) from None
    finally:
        database.close()


@contextmanager
def database_or_exit(settings: Settings) -> Iterator[Database]:
    """The database with the current schema. Exits with 1 and a sentence when there is none."""
    with any_database_or_exit(settings) as database:
        try:
            make_ready(database)
        except SchemaBehind as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None
        yield database
