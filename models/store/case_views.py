"""One case as the desk sees it, with all that hangs on it. Every query asks whether this person may see the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.case import Case, CaseState
from models.domain.outgoing import Audience
from models.store.case_lists import Scope
from models.store.cases import as_case
from models.tables import (
    CaseRow,
    ConversationRow,
    GroupMessageRow,
    HistoryRow,
    OutboxRow,
    ReportRow,
)


def find(session: Session, scope: Scope, number: str) -> Case | None:
    row = session.scalars(select(CaseRow).where(CaseRow.number == number, *scope.conditions())).first()
    return as_case(row) if row else None


def lock(session: Session, scope: Scope, number: str) -> Case | None:
    """The case for us alone until the transaction ends; None for whom it is not."""
    query = select(CaseRow).where(CaseRow.number == number, *scope.conditions()).with_for_update()
    row = session.scalars(query).first()
    return as_case(row) if row else None


def version(session: Session, scope: Scope, case: Case) -> int:
    """How often the case has changed; a form that was made earlier carries a smaller number."""
    query = select(CaseRow.version).where(CaseRow.id == case.id, *scope.conditions())
    return session.scalar(query) or 0


def numbers(session: Session, scope: Scope, ids: Sequence[int]) -> dict[int, str]:
    """The numbers of these cases, as far as this person may see them."""
    query = select(CaseRow.id, CaseRow.number).where(CaseRow.id.in_(ids), *scope.conditions())
    return dict(iter(session.execute(query)))


def history(session: Session, scope: Scope, case: Case) -> list[HistoryRow]:
    """Everything that happened to it, oldest first."""
    query = select(HistoryRow).join(CaseRow, CaseRow.id == HistoryRow.case_id)
    mine = query.where(HistoryRow.case_id == case.id, *scope.conditions())
    return list(session.scalars(mine.order_by(HistoryRow.id)))


def reports(session: Session, scope: Scope, case: Case) -> list[ReportRow]:
    """What its citizens told, oldest first."""
    query = select(ReportRow).join(CaseRow, CaseRow.id == ReportRow.case_id)
    mine = query.where(ReportRow.case_id == case.id, *scope.conditions())
    return list(session.scalars(mine.order_by(ReportRow.at, ReportRow.id)))


def words(session: Session, scope: Scope, case: Case) -> list[OutboxRow]:
    """What was said, or is still to be said, to citizens and groups because of it, oldest first."""
    query = select(OutboxRow).join(CaseRow, CaseRow.id == OutboxRow.case_id)
    mine = query.where(
        OutboxRow.case_id == case.id, OutboxRow.audience != Audience.STAFF, *scope.conditions()
    )
    return list(session.scalars(mine.order_by(OutboxRow.id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCard:
    """The case's card in a group: where, whether it shows the case as it is, and how often it could not."""

    recipient: str
    is_current: bool
    tries: int


def group_cards(session: Session, scope: Scope, case: Case) -> list[GroupCard]:
    query = (
        select(GroupMessageRow.recipient, GroupMessageRow.version >= CaseRow.version, GroupMessageRow.tries)
        .join(CaseRow, CaseRow.id == GroupMessageRow.case_id)
        .where(GroupMessageRow.case_id == case.id, *scope.conditions())
        .order_by(GroupMessageRow.id)
    )
    return [
        GroupCard(recipient=recipient, is_current=is_current, tries=tries)
        for recipient, is_current, tries in session.execute(query)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """A citizen behind a report: how to reach them in Messenger, and when they last did something there."""

    conversation: str
    psid: str | None
    last_act_at: datetime | None


def reporters(session: Session, scope: Scope, case: Case) -> list[Reporter]:
    """Who reported it, in that order. For the triage team: an agency's scope has nobody."""
    if not scope.is_whole_city:
        return []
    told = [report.conversation for report in reports(session, scope, case) if not report.withdrawn_at]
    keys = list(dict.fromkeys(told))
    known = _conversations(session, keys)
    windows = _conversations(session, [row.psid for row in known.values() if row.psid])
    return [_reporter(key, known, windows) for key in keys]


def _conversations(session: Session, keys: Sequence[str]) -> dict[str, ConversationRow]:
    query = select(ConversationRow).where(ConversationRow.key.in_(keys))
    return {row.key: row for row in session.scalars(query)}


def _reporter(key: str, known: dict[str, ConversationRow], windows: dict[str, ConversationRow]) -> Reporter:
    """A commenter's messaging window is that of their Messenger conversation, once we know it."""
    row = known.get(key)
    window = windows.get(row.psid or "", row) if row else None
    return Reporter(
        conversation=key,
        psid=window.psid if window else None,
        last_act_at=window.last_act_at if window else None,
    )


def alike(session: Session, scope: Scope, case: Case, *, since: datetime, limit: int = 200) -> list[Case]:
    """Other open cases of the same category, newest first: this one may be one of them told again."""
    states = [state.value for state in CaseState if state.is_open]
    query = (
        select(CaseRow)
        .where(
            CaseRow.category == case.category,
            CaseRow.state.in_(states),
            CaseRow.created_at >= since,
            CaseRow.id != case.id,
            *scope.conditions(),
        )
        .order_by(CaseRow.id.desc())
        .limit(limit)
    )
    return [as_case(row) for row in session.scalars(query)]
