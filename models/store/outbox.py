"""Outgoing words: put once, claimed by one sender at a time, told in order."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from models.domain.outgoing import Audience, Choice, Way, Word, WordState
from models.store.upsert import insert_new
from models.tables import OutboxRow

UNSENT = (WordState.WAITING, WordState.SENDING, WordState.IN_DOUBT)


def put(session: Session, word: Word, *, at: datetime) -> bool:
    """Keep a word to be said; False when this recipient was told the same for the same reason before."""
    # A group that does not exist is told at the desk: there the word is there as soon as it is kept.
    at_the_desk = word.way is Way.DESK
    row = {
        "audience": word.to.value,
        "recipient": word.recipient,
        "because": word.because,
        "about": word.about,
        "way": word.way.value,
        "text": word.text,
        "choices": [[choice.title, choice.payload] for choice in word.choices],
        "under": word.under,
        "under_at": word.under_at,
        "in_public": word.in_public,
        "by_officer": word.by_officer,
        "case_id": word.case_id,
        "case_version": word.case_version,
        "media_id": word.media_id,
        "state": WordState.SENT if at_the_desk else WordState.WAITING,
        "sent_at": at if at_the_desk else None,
        "tries": 0,
        "refused": [],
        "look_first": False,
        "created_at": at,
    }
    return insert_new(session, OutboxRow, [row]) == 1


def as_word(row: OutboxRow) -> Word:
    return Word(
        to=Audience(row.audience),
        recipient=row.recipient,
        way=Way(row.way),
        text=row.text,
        because=row.because,
        about=row.about,
        choices=tuple(Choice(title=title, payload=payload) for title, payload in row.choices),
        under=row.under,
        under_at=row.under_at,
        in_public=row.in_public,
        by_officer=row.by_officer,
        case_id=row.case_id,
        case_version=row.case_version,
        media_id=row.media_id,
    )


def claim(
    session: Session, *, at: datetime, lease: timedelta, limit: int, paused: Sequence[Way] = ()
) -> list[OutboxRow]:
    """Take words whose time has come, one per recipient: the next waits until the last is settled.

    A citizen's word in doubt is claimed too: it is looked for before it is said again. A group's is not, since
    nobody can look there; it neither goes twice nor holds up the next one. ``paused`` ways wait.
    """
    earlier = aliased(OutboxRow)
    is_next = ~exists().where(
        earlier.state.in_(UNSENT),
        earlier.recipient == OutboxRow.recipient,
        earlier.id < OutboxRow.id,
        or_(
            earlier.state.in_((WordState.WAITING, WordState.SENDING)),
            and_(earlier.state == WordState.IN_DOUBT, earlier.audience == Audience.CITIZEN),
        ),
    )
    can_go = or_(
        OutboxRow.state == WordState.WAITING,
        and_(OutboxRow.state == WordState.IN_DOUBT, OutboxRow.audience == Audience.CITIZEN),
    )
    query = (
        select(OutboxRow)
        .where(
            can_go,
            or_(OutboxRow.try_at.is_(None), OutboxRow.try_at <= at),
            OutboxRow.way.not_in(paused),
            is_next,
        )
        # By id alone SQLite would walk through every word that was ever said.
        .order_by(OutboxRow.created_at, OutboxRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(session.scalars(query))
    for row in rows:
        _lease(row, at, lease)
    session.flush()
    return rows


def _lease(row: OutboxRow, at: datetime, lease: timedelta) -> None:
    row.lease_until = row.try_at = at + lease
    row.first_tried_at = row.first_tried_at or at
    # A word in doubt stays marked so until somebody has looked: a crash while looking changes nothing.
    if row.state == WordState.WAITING:
        row.state = WordState.SENDING


def lost_leases_are_doubtful(session: Session, *, at: datetime) -> int:
    """A sender died while it was sending: nobody knows whether those words arrived."""
    doubtful = (
        update(OutboxRow)
        .where(OutboxRow.state == WordState.SENDING, OutboxRow.lease_until < at)
        .values(state=WordState.IN_DOUBT, try_at=at, last_error="sender stopped while sending")
        .returning(OutboxRow.id)
    )
    return len(session.execute(doubtful).all())


def all_leases_are_lost(session: Session, *, look_at: datetime) -> int:
    """No other sender can be alive: nothing that is being said now will ever be settled by whoever said it."""
    cut_off = (
        update(OutboxRow)
        .where(
            OutboxRow.state.in_(UNSENT),
            or_(OutboxRow.state == WordState.SENDING, OutboxRow.try_at == OutboxRow.lease_until),
        )
        .values(state=WordState.IN_DOUBT, try_at=look_at, last_error="sender stopped while sending")
        .returning(OutboxRow.id)
    )
    return len(session.execute(cut_off).all())


def sent(session: Session, word_id: int, *, way: Way, external_id: str | None, at: datetime) -> None:
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == word_id)
        .values(
            state=WordState.SENT,
            way=way.value,
            external_id=external_id,
            sent_at=at,
            tries=OutboxRow.tries + 1,
            last_error=None,
        )
    )


def arrived(session: Session, word_id: int, *, external_id: str, at: datetime) -> None:
    """An echo proves that the word arrived, whatever we thought of it."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == word_id, OutboxRow.state != WordState.SENT)
        .values(state=WordState.SENT, external_id=external_id, sent_at=at, last_error=None)
    )


def not_sent(
    session: Session,
    word_id: int,
    *,
    state: WordState,
    error: str,
    try_at: datetime | None = None,
    way: Way | None = None,
    refused: Way | None = None,
    look_first: bool = False,
    counts: bool = True,
) -> None:
    """The word did not go out (``WAITING``: try again; ``HELD``, ``FAILED``), or nobody knows (``IN_DOUBT``).

    ``way`` is the one that was tried, ``refused`` one that is closed for this word from now on. A word that
    meanwhile was proved to have arrived stays sent.
    """
    row = session.get_one(OutboxRow, word_id, with_for_update=True)
    if row.state not in UNSENT:
        return
    row.state, row.last_error, row.try_at, row.look_first = state, error, try_at, look_first
    row.way = way.value if way else row.way
    row.refused = [*row.refused, refused.value] if refused else row.refused
    row.tries += 1 if counts else 0
    session.flush()


def release_held(session: Session, recipients: Sequence[str], *, at: datetime) -> None:
    """The citizen wrote: what could not be told lawfully until now can be told."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.recipient.in_(recipients), OutboxRow.state == WordState.HELD)
        .values(state=WordState.WAITING, try_at=at)
    )


def readdress(session: Session, old: str, new: str) -> None:
    """A group has another id now: what waits for it goes there."""
    session.execute(
        update(OutboxRow).where(OutboxRow.recipient == old, OutboxRow.state.in_(UNSENT)).values(recipient=new)
    )


def doubtful_alerts(session: Session, *, before: datetime) -> list[OutboxRow]:
    """Alerts of which nobody knows since ``before`` whether the group has them."""
    query = select(OutboxRow).where(
        OutboxRow.audience == Audience.OPD,
        OutboxRow.state == WordState.IN_DOUBT,
        OutboxRow.first_tried_at < before,
    )
    return list(session.scalars(query))


def cancel_under(session: Session, comment_id: str) -> None:
    """The comment is gone: nothing more is said under it."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.under == comment_id, OutboxRow.state.in_((WordState.WAITING, WordState.HELD)))
        .values(state=WordState.CANCELLED, last_error="comment removed")
    )


def has_sent_private_reply(session: Session, comment_id: str) -> bool:
    """Facebook allows one private reply per comment: also one that may have arrived counts."""
    return (
        session.scalar(
            select(OutboxRow.id)
            .where(
                OutboxRow.under == comment_id,
                OutboxRow.way == Way.PRIVATE_REPLY,
                OutboxRow.state == WordState.SENT,
            )
            .limit(1)
        )
        is not None
    )


def every(session: Session) -> list[OutboxRow]:
    return list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def public_reply_appeared(session: Session, *, under: str, text: str, external_id: str, at: datetime) -> None:
    """Our own comment came back through the feed: that reply arrived."""
    session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.under == under,
            or_(OutboxRow.text == text, OutboxRow.in_public == text),
            OutboxRow.state == WordState.IN_DOUBT,
        )
        .values(state=WordState.SENT, way=Way.PUBLIC_REPLY, external_id=external_id, sent_at=at)
    )


def anything_due(session: Session, *, at: datetime) -> bool:
    """Whether a claim could find something; a look costs no lock."""
    due = select(OutboxRow.id).where(
        OutboxRow.state.in_((WordState.WAITING, WordState.IN_DOUBT)),
        or_(OutboxRow.try_at.is_(None), OutboxRow.try_at <= at),
    )
    return session.scalar(due.limit(1)) is not None


def external_ids(session: Session, row: OutboxRow) -> frozenset[str]:
    """Facebook's ids of what this recipient was told, and of what stands under the same comment."""
    told = select(OutboxRow.external_id).where(
        or_(OutboxRow.recipient == row.recipient, OutboxRow.under == row.under),
        OutboxRow.external_id.is_not(None),
    )
    return frozenset(known for known in session.scalars(told) if known)
