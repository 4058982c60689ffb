"""The talk with each citizen: locked by one worker at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables import ConversationRow


def lock(session: Session, key: str) -> ConversationRow | None:
    """The conversation for us alone until the transaction ends, or None when another worker has it.

    The lock falls with the connection, so a worker that dies leaves nothing behind. It is the weaker kind
    (NO KEY UPDATE): new items may still be accepted for this citizen meanwhile.
    """
    query = (
        select(ConversationRow)
        .where(ConversationRow.key == key)
        .with_for_update(skip_locked=True, key_share=True)
    )
    return session.scalars(query).first()


def get(session: Session, key: str) -> ConversationRow | None:
    return session.get(ConversationRow, key)


def find_or_make(session: Session, key: str) -> ConversationRow:
    row = session.get(ConversationRow, key)
    if row is None:
        row = ConversationRow(key=key, talk={})
        session.add(row)
        session.flush()
    return row


def same_citizen(session: Session, row: ConversationRow) -> list[str]:
    """The keys of every conversation that is known to be with the same person."""
    psid = row.psid or row.key
    others = session.scalars(select(ConversationRow.key).where(ConversationRow.psid == psid))
    return sorted({row.key, psid, *others})


def people_behind(session: Session, keys: Sequence[str]) -> list[list[str]]:
    """The keys of each person: who hides their name has a conversation of its own for each comment."""
    people: dict[str, list[str]] = {}
    for key in keys:
        row = session.get(ConversationRow, key)
        people.setdefault((row and row.psid) or key, []).append(key)
    return list(people.values())


def acted(row: ConversationRow, *, at: datetime) -> None:
    """Remember the citizen's last act: Facebook's 24-hour window counts from it."""
    row.psid = row.psid or row.key
    row.last_act_at = max(row.last_act_at, at) if row.last_act_at else at


def learn_psid(session: Session, key: str, psid: str) -> None:
    """A private reply told us who wrote the comment: from now on both are one person.

    A question that we asked in the private reply is answered in Messenger, so it moves along.
    """
    comment_side = find_or_make(session, key)
    comment_side.psid = psid
    if psid == key:
        return
    messenger_side = find_or_make(session, psid)
    messenger_side.psid = psid
    if not messenger_side.talk:
        messenger_side.talk = dict(comment_side.talk)


def window_of(session: Session, row: ConversationRow) -> ConversationRow:
    """The conversation that holds the person's Messenger window."""
    if row.psid and row.psid != row.key:
        return session.get(ConversationRow, row.psid) or row
    return row


def keep_talk(row: ConversationRow, talk: dict[str, Any]) -> None:
    row.talk = talk
