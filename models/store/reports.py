"""What citizens told of a case: each report with its words, its channel and where it stands on the page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.domain.case import Case
from models.domain.category import Channel
from models.tables import ReportRow


def add(
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


def of_case(session: Session, case_id: int) -> list[ReportRow]:
    query = select(ReportRow).where(ReportRow.case_id == case_id).order_by(ReportRow.at, ReportRow.id)
    return list(session.scalars(query))


def of_item(session: Session, inbox_key: str) -> ReportRow | None:
    return session.scalars(select(ReportRow).where(ReportRow.inbox_key == inbox_key)).first()


def of_comment(session: Session, comment_id: str) -> ReportRow | None:
    return session.scalars(select(ReportRow).where(ReportRow.comment_id == comment_id)).first()


def of_message(session: Session, mid: str) -> ReportRow | None:
    """The report that a Messenger message made."""
    return of_item(session, f"mid:{mid}")


def edited(session: Session, report: ReportRow, text: str) -> None:
    """What was written is replaced by what is meant."""
    report.text = text
    session.flush()


def removed(session: Session, report: ReportRow, *, at: datetime) -> None:
    """The words stay in the case; that their writer took them back is kept too."""
    report.removed_at = at
    session.flush()


def is_removed(session: Session, comment_id: str) -> bool:
    """Whether the comment behind a report is gone."""
    report = of_comment(session, comment_id)
    return report is not None and report.removed_at is not None


def citizens(session: Session, case_ids: Sequence[int]) -> dict[int, int]:
    """How many different citizens reported each case."""
    count = func.count(ReportRow.conversation.distinct())
    query = (
        select(ReportRow.case_id, count).where(ReportRow.case_id.in_(case_ids)).group_by(ReportRow.case_id)
    )
    return dict(iter(session.execute(query)))


def followers(session: Session, case_id: int) -> list[str]:
    """Who hears of this case, in the order in which they reported it."""
    query = select(ReportRow.conversation).where(
        ReportRow.case_id == case_id, ReportRow.withdrawn_at.is_(None)
    )
    return list(dict.fromkeys(session.scalars(query.order_by(ReportRow.id))))


def withdraw(session: Session, case_id: int, conversations: Sequence[str], *, at: datetime) -> None:
    """A citizen takes their report back; others who reported the same go on."""
    session.execute(
        update(ReportRow)
        .where(ReportRow.case_id == case_id, ReportRow.conversation.in_(conversations))
        .values(withdrawn_at=at)
    )


def hand_over(session: Session, report_ids: Sequence[int], *, to_case: int) -> None:
    """Reports of one case belong to another from now on."""
    session.execute(update(ReportRow).where(ReportRow.id.in_(report_ids)).values(case_id=to_case))


def get(session: Session, report_id: int) -> ReportRow | None:
    return session.get(ReportRow, report_id)
