"""Small facts of the installation, and the audit of who changed the system itself."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables import AuditRow, FactRow


def remember(session: Session, name: str, value: str, *, at: datetime) -> None:
    row = session.get(FactRow, name)
    if row is None:
        session.add(FactRow(name=name, value=value, at=at))
    else:
        row.value, row.at = value, at
    session.flush()


def recall(session: Session, name: str) -> FactRow | None:
    return session.get(FactRow, name)


def forget(session: Session, name: str) -> None:
    row = session.get(FactRow, name)
    if row is not None:
        session.delete(row)
        session.flush()


def starting_with(session: Session, prefix: str) -> list[FactRow]:
    return list(session.scalars(select(FactRow).where(FactRow.name.startswith(prefix))))


def audit(session: Session, *, by: str, what: str, about: str, at: datetime) -> None:
    session.add(AuditRow(at=at, by=by, what=what, about=about))
    session.flush()
