"""Cases, their reports and their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select, update
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


#: What an agency still has to do.
ON_HAND = (CaseState.DITERUSKAN, CaseState.DIPROSES, CaseState.DIBUKA_KEMBALI)


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


def add_report(
    session: Session,
    case: Case,
    *,
    conversation: str,
    inbox_key: str,
    channel: Channel,
    text: str,
    understood: dict[str, Any],
    at: datetime,
    comment_id: str | None = None,
    answer_under: str | None = None,
) -> None:
    session.add(
        ReportRow(
            case_id=case.id,
            conversation=conversation,
            inbox_key=inbox_key,
            channel=channel.value,
            text=text,
            understood=understood,
            comment_id=comment_id,
            answer_under=answer_under,
            at=at,
        )
    )
    session.flush()


def reports(session: Session, case_id: int) -> list[ReportRow]:
    query = select(ReportRow).where(ReportRow.case_id == case_id).order_by(ReportRow.at, ReportRow.id)
    return list(session.scalars(query))


def report_of_item(session: Session, inbox_key: str) -> ReportRow | None:
    return session.scalars(select(ReportRow).where(ReportRow.inbox_key == inbox_key)).first()


def report_of_comment(session: Session, comment_id: str) -> ReportRow | None:
    return session.scalars(select(ReportRow).where(ReportRow.comment_id == comment_id)).first()


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
    """The citizen's own cases, newest first."""
    ids = select(ReportRow.case_id).where(ReportRow.conversation.in_(conversations))
    query = select(CaseRow).where(CaseRow.id.in_(ids)).order_by(CaseRow.created_at.desc(), CaseRow.id.desc())
    return [as_case(row) for row in session.scalars(query.limit(limit))]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose cases a person may see: an agency's, or only one area's of it. No agency (None) is the whole city."""

    opd: str | None
    area: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        mine = [] if self.opd is None else [CaseRow.opd == self.opd]
        return [*mine, CaseRow.area == self.area] if self.area else mine


WHOLE_CITY: Final = Scope(opd=None)


def forwarded(session: Session, scope: Scope, *, limit: int = 200) -> list[Case]:
    """What agencies have on their hands, urgent first, then by deadline, so the late ones lead: the mayor's list.

    What is done stands last.
    """
    query = (
        select(CaseRow)
        .where(CaseRow.state.in_((*ON_HAND, CaseState.SELESAI)), *scope.conditions())
        .order_by(
            (CaseRow.state == CaseState.SELESAI).asc(),
            CaseRow.emergency.desc(),
            # The engines disagree on where a missing deadline stands.
            CaseRow.due_at.is_(None),
            CaseRow.due_at,
            CaseRow.id,
        )
        .limit(limit)
    )
    return [as_case(row) for row in session.scalars(query)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the city, or an agency, stands: cases that came in, that somebody has, and of these the late ones."""

    came_in: int
    on_hand: int
    late: int


def figures(session: Session, scope: Scope, *, since: datetime, at: datetime) -> Figures:
    on_hand = CaseRow.state.in_(ON_HAND)
    came_in, handled, late = session.execute(
        select(
            func.count().filter(CaseRow.created_at >= since),
            func.count().filter(on_hand),
            func.count().filter(on_hand, CaseRow.due_at < at),
        ).where(*scope.conditions())
    ).one()
    return Figures(came_in=came_in, on_hand=handled, late=late)


def citizens(session: Session, case_ids: Sequence[int]) -> dict[int, int]:
    """How many different citizens reported each case."""
    count = func.count(ReportRow.conversation.distinct())
    query = (
        select(ReportRow.case_id, count).where(ReportRow.case_id.in_(case_ids)).group_by(ReportRow.case_id)
    )
    return dict(iter(session.execute(query)))


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


def comment_removed(session: Session, comment_id: str, *, at: datetime) -> None:
    """The words stay in the case; that their writer took them back is kept too."""
    session.execute(update(ReportRow).where(ReportRow.comment_id == comment_id).values(removed_at=at))


def comment_edited(session: Session, comment_id: str, text: str) -> None:
    session.execute(update(ReportRow).where(ReportRow.comment_id == comment_id).values(text=text))


def is_removed(session: Session, comment_id: str) -> bool:
    """Whether the comment behind a report is gone."""
    report = report_of_comment(session, comment_id)
    return report is not None and report.removed_at is not None


def version(session: Session, case_id: int) -> int:
    """How often the case has changed; what shows it elsewhere compares."""
    return session.get_one(CaseRow, case_id).version
