"""Insert-or-ignore, the same sentence on both databases."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.tables import Base


def insert_new(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose unique keys are not there yet; the number of those.

    Callers sort rows by key, so that two processes that insert the same ones cannot lock each other out.
    """
    if not rows:
        return 0
    statement = _insert(table, session.get_bind().dialect.name)
    return _counted(session.connection().execute(statement, list(rows)))


@cache
def _insert(table: type[Base], dialect: str) -> Insert:
    # The count is asked for: a driver that packs many rows into one statement tells none by itself.
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def _counted(result: CursorResult[Any]) -> int:
    return max(result.rowcount, 0)
