"""The groups of the agencies, and the messages there that show a case."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.domain.opd import Group
from models.tables import CaseRow, GroupMessageRow, OpdGroupRow

#: An edit is a courtesy; after so many refusals the message stays as it is.
MAX_EDIT_TRIES = 5


def set_group(session: Session, group: Group) -> None:
    """Say where an agency's alerts go from now on."""
    row = session.scalars(
        select(OpdGroupRow).where(OpdGroupRow.opd == group.opd, OpdGroupRow.area == (group.area or ""))
    ).first()
    if row is None:
        row = OpdGroupRow(opd=group.opd, area=group.area or "")
        session.add(row)
    row.chat_id, row.topic = group.chat_id, group.topic
    session.flush()


def groups_for(session: Session, opd: str, area: str | None) -> list[Group]:
    """The agency's group for this area, else its group for the whole city, else none."""
    rows = {
        row.area: row
        for row in session.scalars(
            select(OpdGroupRow).where(OpdGroupRow.opd == opd, OpdGroupRow.area.in_(("", area or "")))
        )
    }
    row = rows.get(area or "") or rows.get("")
    return [_as_group(row)] if row else []


def every(session: Session) -> list[Group]:
    return [_as_group(row) for row in session.scalars(select(OpdGroupRow).order_by(OpdGroupRow.opd))]


def _as_group(row: OpdGroupRow) -> Group:
    return Group(opd=row.opd, area=row.area or None, chat_id=row.chat_id, topic=row.topic)


def moved(session: Session, old_chat: str, new_chat: str) -> None:
    """Telegram made a supergroup of a group: it has another id now."""
    session.execute(update(OpdGroupRow).where(OpdGroupRow.chat_id == old_chat).values(chat_id=new_chat))


def message_sent(
    session: Session, *, case_id: int, outbox_id: int, recipient: str, message_id: str, version: int
) -> None:
    session.add(
        GroupMessageRow(
            case_id=case_id, outbox_id=outbox_id, recipient=recipient, message_id=message_id, version=version
        )
    )
    session.flush()


def messages_behind(session: Session, *, limit: int) -> list[tuple[GroupMessageRow, CaseRow]]:
    """Group messages that no longer show how their case stands."""
    query = (
        select(GroupMessageRow, CaseRow)
        .join(CaseRow, CaseRow.id == GroupMessageRow.case_id)
        .where(GroupMessageRow.version < CaseRow.version, GroupMessageRow.tries < MAX_EDIT_TRIES)
        .order_by(GroupMessageRow.id)
        .limit(limit)
    )
    return [(message, case) for message, case in session.execute(query)]


def shown(session: Session, message_id: int, *, version: int) -> None:
    session.execute(
        update(GroupMessageRow).where(GroupMessageRow.id == message_id).values(version=version, tries=0)
    )


def edit_failed(session: Session, message_id: int, *, final: bool) -> None:
    """Count a refusal; after a ``final`` one the message is left as it is until its case moves again."""
    tries = MAX_EDIT_TRIES if final else GroupMessageRow.tries + 1
    session.execute(update(GroupMessageRow).where(GroupMessageRow.id == message_id).values(tries=tries))
