"""Cases, their reports and their history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from models.domain.case import Actor, Case, CaseState
from models.domain.category import Category, Channel
from models.domain.errors import UnknownCase
from models.domain.place import Place
from models.tables import CaseRow, HistoryRow, ReportRow

_PLACE_FIELDS = (
    "street",
    "landmark",
    "kelurahan",
    "kecamatan",
    "ambiguous",
    "in_city",
    "rt",
    "rw",
    "lat",
    "lon",
)


def as_case(row: CaseRow) -> Case:
    return Case(
        id=row.id,
        number=row.number,
        state=CaseState(row.state),
        category=Category(row.category) if row.category else None,
        opd=row.opd,
        beyond=row.beyond,
        area=row.area,
        place=Place(
            **{name: getattr(row, name) for name in _PLACE_FIELDS},
            kecamatan_candidates=tuple(row.kecamatan_candidates),
            confidence=row.place_confidence,
        ),
        channel=Channel(row.channel),
        emergency=row.emergency,
        created_at=row.created_at,
        accepted_at=row.accepted_at,
        respond_due_at=row.respond_due_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        moved_at=row.moved_at,
        waits_for_citizen=row.waits_for_citizen,
        reminded_at=row.reminded_at,
        merged_into=row.merged_into,
    )


def _columns(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "state": case.state.value,
        "category": case.category.value if case.category else None,
        "opd": case.opd,
        "beyond": case.beyond,
        "area": case.area,
        **{name: getattr(case.place, name) for name in _PLACE_FIELDS},
        "kecamatan_candidates": list(case.place.kecamatan_candidates),
        "place_confidence": case.place.confidence,
        "channel": case.channel.value,
        "emergency": case.emergency,
        "created_at": case.created_at,
        "accepted_at": case.accepted_at,
        "respond_due_at": case.respond_due_at,
        "due_at": case.due_at,
        "closed_at": case.closed_at,
        "moved_at": case.moved_at,
        "waits_for_citizen": case.waits_for_citizen,
        "reminded_at": case.reminded_at,
        "merged_into": case.merged_into,
    }


def add(session: Session, case: Case) -> Case:
    """Keep a new case; its id is the one it comes back with."""
    row = CaseRow(**_columns(case))
    session.add(row)
    session.flush()
    return as_case(row)


def save(session: Session, case: Case) -> None:
    """Write a case as it stands now. Called by bot.case_moves alone (a test sees to it)."""
    row = session.get_one(CaseRow, case.id)
    for name, value in _columns(case).items():
        setattr(row, name, value)
    row.version += 1
    session.flush()


def lock(session: Session, number: str) -> Case:
    """The case for us alone until the transaction ends. Raises UnknownCase."""
    row = session.scalars(select(CaseRow).where(CaseRow.number == number).with_for_update()).first()
    if row is None:
        raise UnknownCase(number)
    return as_case(row)


def by_id(session: Session, case_id: int) -> Case:
    return as_case(session.get_one(CaseRow, case_id))


def write_history(
    session: Session,
    case_id: int,
    *,
    what: str,
    by: Actor,
    at: datetime,
    from_state: CaseState | None = None,
    to_state: CaseState | None = None,
    note: str = "",
) -> int:
    """Add a line to the case's history; its id makes the words about it unique."""
    row = HistoryRow(
        case_id=case_id,
        at=at,
        what=what,
        by_role=by.role.value,
        by_name=by.name,
        from_state=from_state,
        to_state=to_state,
        note=note,
    )
    session.add(row)
    session.flush()
    return row.id


def history(session: Session, case_id: int) -> list[HistoryRow]:
    query = select(HistoryRow).where(HistoryRow.case_id == case_id).order_by(HistoryRow.id)
    return list(session.scalars(query))


def of_citizen(session: Session, conversations: Sequence[str], *, limit: int = 10) -> list[Case]:
    """The citizen's own cases, newest first, with those that were merged into one of them."""
    told = select(ReportRow.case_id).where(
        ReportRow.conversation.in_(conversations), ReportRow.withdrawn_at.is_(None)
    )
    query = (
        select(CaseRow)
        .where(or_(CaseRow.id.in_(told), CaseRow.merged_into.in_(told)))
        .order_by(CaseRow.created_at.desc(), CaseRow.id.desc())
    )
    return [as_case(row) for row in session.scalars(query.limit(limit))]


def alike(session: Session, category: Category, *, since: datetime) -> list[Case]:
    """Open cases of a category that were made since then, oldest first: those a new report may belong to."""
    states = [state.value for state in CaseState if state.is_open]
    query = (
        select(CaseRow)
        .where(CaseRow.category == category, CaseRow.created_at >= since, CaseRow.state.in_(states))
        .order_by(CaseRow.id)
    )
    return [as_case(row) for row in session.scalars(query)]


def one_at_a_time(session: Session, category: Category) -> None:
    """Whoever opens a case of this category waits for whoever does so now: two reports of one flood must meet.

    SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": f"open:{category}"})


def waiting_for_citizen(session: Session, *, before: datetime, reminded: bool) -> list[Case]:
    """Cases whose question has not been answered since then, and whether their citizen was reminded."""
    query = select(CaseRow).where(
        CaseRow.state == CaseState.PERLU_VERIFIKASI,
        CaseRow.waits_for_citizen,
        CaseRow.moved_at < before,
        CaseRow.reminded_at.is_not(None) if reminded else CaseRow.reminded_at.is_(None),
    )
    return [as_case(row) for row in session.scalars(query.order_by(CaseRow.id).limit(100))]


def unconfirmed(session: Session, *, before: datetime) -> list[Case]:
    """Cases that an agency finished before then, and nobody has said whether they are."""
    query = select(CaseRow).where(CaseRow.state == CaseState.SELESAI, CaseRow.moved_at < before)
    return [as_case(row) for row in session.scalars(query.order_by(CaseRow.id).limit(100))]


def bounces(session: Session, case_id: int) -> int:
    """How often agencies sent the case back as not theirs."""
    sent_back = select(func.count()).where(
        HistoryRow.case_id == case_id, HistoryRow.to_state == CaseState.BUKAN_KEWENANGAN
    )
    return session.scalar(sent_back) or 0


def by_number(session: Session, number: str) -> Case | None:
    row = session.scalars(select(CaseRow).where(CaseRow.number == number)).first()
    return as_case(row) if row else None


def every(session: Session) -> list[tuple[Case, int]]:
    """All cases, oldest first, each with the number of its reports."""
    count = select(ReportRow.case_id, func.count().label("reports")).group_by(ReportRow.case_id).subquery()
    query = (
        select(CaseRow, func.coalesce(count.c.reports, 0))
        .outerjoin(count, count.c.case_id == CaseRow.id)
        .order_by(CaseRow.created_at, CaseRow.id)
    )
    return [(as_case(row), number) for row, number in session.execute(query)]


def version(session: Session, case_id: int) -> int:
    """How often the case has changed; what shows it elsewhere compares."""
    return session.get_one(CaseRow, case_id).version
