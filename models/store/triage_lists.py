"""What waits for the triage team: cases that nobody has, and words that the bot could not answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select, update
from sqlalchemy.orm import Session

from models.domain.case import Case, CaseState
from models.domain.outgoing import Audience
from models.store.case_lists import Scope
from models.store.cases import as_case
from models.tables import CaseRow, OutboxRow, ReportRow

#: Words with this reason speak of a case that is in the first list anyway, but for those about a change.
_ABOUT_A_CASE = "triage"
_CHANGED = "changed:"


def _waits_for_a_person() -> ColumnElement[bool]:
    unsure = and_(CaseRow.state == CaseState.PERLU_VERIFIKASI, CaseRow.waits_for_citizen.is_(False))
    sent_back = and_(
        CaseRow.state == CaseState.BUKAN_KEWENANGAN,
        or_(CaseRow.opd.is_(None), CaseRow.opd.not_like("LUAR-%")),
    )
    return or_(unsure, sent_back)


def waiting(session: Session, scope: Scope, *, limit: int) -> list[Case]:
    """Urgent ones on top, then the oldest."""
    query = (
        select(CaseRow)
        .where(_waits_for_a_person(), *_whole_city(scope))
        .order_by(CaseRow.emergency.desc(), CaseRow.id)
        .limit(limit)
    )
    return [as_case(row) for row in session.scalars(query)]


def first_reports(session: Session, scope: Scope, case_ids: Sequence[int]) -> dict[int, ReportRow]:
    """The first report of each case: what the bot made its guess of."""
    first = (
        select(func.min(ReportRow.id))
        .join(CaseRow, CaseRow.id == ReportRow.case_id)
        .where(ReportRow.case_id.in_(case_ids), *scope.conditions())
        .group_by(ReportRow.case_id)
    )
    return {row.case_id: row for row in session.scalars(select(ReportRow).where(ReportRow.id.in_(first)))}


def unread_words(session: Session, scope: Scope, *, limit: int) -> list[tuple[OutboxRow, str | None]]:
    """What was told to the team and nobody has marked as read, oldest first, with the number of its case."""
    query = (
        select(OutboxRow, CaseRow.number)
        .outerjoin(CaseRow, CaseRow.id == OutboxRow.case_id)
        .where(*_unread(), *_whole_city(scope))
        .order_by(OutboxRow.id)
        .limit(limit)
    )
    return [(row, number) for row, number in session.execute(query)]


def mark_read(session: Session, scope: Scope, word_id: int, *, at: datetime) -> bool:
    """False when it was read before, or is not the team's."""
    marked = (
        update(OutboxRow)
        .where(OutboxRow.id == word_id, *_unread(), *_whole_city(scope))
        .values(handled_at=at)
        .returning(OutboxRow.id)
    )
    return bool(session.execute(marked).all())


def count(session: Session, scope: Scope) -> int:
    """How much waits, of both kinds."""
    cases = select(func.count()).select_from(CaseRow).where(_waits_for_a_person(), *_whole_city(scope))
    words = select(func.count()).select_from(OutboxRow).where(*_unread(), *_whole_city(scope))
    return (session.scalar(cases) or 0) + (session.scalar(words) or 0)


def _unread() -> tuple[ColumnElement[bool], ...]:
    return (
        OutboxRow.audience == Audience.STAFF,
        or_(OutboxRow.because != _ABOUT_A_CASE, OutboxRow.about.startswith(_CHANGED)),
        OutboxRow.handled_at.is_(None),
    )


def _whole_city(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """All of it or nothing: who sees one agency has no business here."""
    return () if scope.is_whole_city else (false(),)
