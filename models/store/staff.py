"""People of the city: who may press which agency's buttons, and their one-time ways in."""

import hashlib
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.tables import SessionRow, SigninLinkRow, StaffRow


def hashed(token: str) -> str:
    """What is kept of a secret: enough to recognise it, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(
    session: Session, *, name: str, role: str, opd: str, area: str, telegram_id: str | None, at: datetime
) -> StaffRow:
    """Add a person. One invited for several agencies has a row for each."""
    row = StaffRow(name=name, role=role, opd=opd, area=area, telegram_id=telegram_id, created_at=at)
    session.add(row)
    session.flush()
    return row


def of_telegram(session: Session, telegram_id: str, opd: str | None) -> StaffRow | None:
    """The person behind a Telegram id, if mapped to this agency."""
    query = select(StaffRow).where(StaffRow.telegram_id == telegram_id, StaffRow.opd == (opd or ""))
    return session.scalars(query.order_by(StaffRow.id).limit(1)).first()


def add_link(session: Session, *, token: str, staff_id: int, expires_at: datetime) -> None:
    session.add(SigninLinkRow(token_hash=hashed(token), staff_id=staff_id, expires_at=expires_at))
    session.flush()


def whose_link(session: Session, token: str, *, at: datetime) -> StaffRow | None:
    """Whom the link lets in, while it is unused and in time. Looking does not use it up."""
    query = (
        select(StaffRow)
        .join(SigninLinkRow, SigninLinkRow.staff_id == StaffRow.id)
        .where(
            SigninLinkRow.token_hash == hashed(token),
            SigninLinkRow.used_at.is_(None),
            SigninLinkRow.expires_at > at,
        )
    )
    return session.scalars(query).first()


def use_link(session: Session, token: str, *, at: datetime) -> StaffRow | None:
    """Use the link up: of two who try at once, one gets in."""
    person = whose_link(session, token, at=at)
    used = session.execute(
        update(SigninLinkRow)
        .where(SigninLinkRow.token_hash == hashed(token), SigninLinkRow.used_at.is_(None))
        .values(used_at=at)
        .returning(SigninLinkRow.staff_id)
    ).all()
    return person if used else None


def open_session(session: Session, *, token: str, staff_id: int, at: datetime, expires_at: datetime) -> None:
    session.add(SessionRow(token_hash=hashed(token), staff_id=staff_id, created_at=at, expires_at=expires_at))
    session.flush()


def signed_in(session: Session, token: str, *, at: datetime) -> StaffRow | None:
    query = (
        select(StaffRow)
        .join(SessionRow, SessionRow.staff_id == StaffRow.id)
        .where(SessionRow.token_hash == hashed(token), SessionRow.expires_at > at)
    )
    return session.scalars(query).first()
