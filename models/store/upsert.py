"""Insert-or-ignore, the same sentence on both databases."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.tables import Base


def insert_new(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose unique keys are not there yet; the number of those.

    Callers sort rows by key, so that two processes that insert the same ones cannot lock each other out.
    """
    if not rows:
        return 0
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    result = session.connection().execute(statement, list(rows))
    return _counted(result)


def _counted(result: CursorResult[Any]) -> int:
    return max(result.rowcount, 0)
