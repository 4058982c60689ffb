"""What Facebook posted: accepted once, handled in order, set aside when it cannot be."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from models.domain.inbox import Item, ItemKind, ItemState
from models.store.upsert import insert_new
from models.tables import ConversationRow, InboxRow


def accept(session: Session, items: Sequence[Item], *, at: datetime) -> int:
    """Keep the items that were not kept before; how many those are.

    An item without a conversation is done at once: nobody has to do anything about it.
    """
    talks = sorted({item.conversation for item in items if item.conversation})
    insert_new(session, ConversationRow, [{"key": key, "talk": {}} for key in talks])
    rows = [_row(item, at) for item in sorted(items, key=lambda item: item.key)]
    return insert_new(session, InboxRow, rows)


def _row(item: Item, at: datetime) -> dict[str, object]:
    return {
        "dedup_key": item.key,
        "kind": item.kind.value,
        "conversation": item.conversation,
        "happened_at": item.happened_at,
        "received_at": at,
        "body": item.body,
        "state": ItemState.WAITING if item.conversation else ItemState.DONE,
        "tries": 0,
    }


def conversations_waiting(session: Session, *, at: datetime, limit: int) -> list[str]:
    """Keys of conversations that can be handled now, longest waiting first.

    One whose oldest item failed and waits for another try waits as a whole: order is kept. One in which only a
    photo waits for its words waits too, until the words come.
    """
    query = (
        select(InboxRow.conversation)
        .where(InboxRow.state == ItemState.WAITING, InboxRow.conversation.is_not(None))
        .group_by(InboxRow.conversation)
        .having(
            func.count().filter(InboxRow.tries > 0, InboxRow.try_at > at) == 0,
            func.count().filter(or_(InboxRow.try_at.is_(None), InboxRow.try_at <= at)) > 0,
        )
        .order_by(func.min(InboxRow.id))
        .limit(limit)
    )
    return [key for key in session.scalars(query) if key is not None]


def first_waiting(session: Session, conversation: str) -> InboxRow | None:
    """The conversation's next item by Facebook's time, then by arrival."""
    query = (
        select(InboxRow)
        .where(InboxRow.conversation == conversation, InboxRow.state == ItemState.WAITING)
        .order_by(func.coalesce(InboxRow.happened_at, InboxRow.received_at), InboxRow.id)
        .limit(1)
    )
    return session.scalars(query).first()


def wait_for_more(session: Session, item_id: int, *, until: datetime) -> None:
    """Leave an item for what may follow it; that is no failure."""
    session.execute(update(InboxRow).where(InboxRow.id == item_id).values(try_at=until))


def is_followed(session: Session, row: InboxRow, *, within: timedelta) -> bool:
    """Whether the same citizen's next message waits behind this one, written ``within`` that time of it."""
    when = func.coalesce(InboxRow.happened_at, InboxRow.received_at)
    mine = row.happened_at or row.received_at
    query = select(InboxRow.id).where(
        InboxRow.conversation == row.conversation,
        InboxRow.state == ItemState.WAITING,
        InboxRow.kind == ItemKind.MESSAGE,
        InboxRow.id != row.id,
        when.between(mine, mine + within),
    )
    return session.scalar(query.limit(1)) is not None


def done(session: Session, item_id: int, *, at: datetime) -> None:
    session.execute(
        update(InboxRow)
        .where(InboxRow.id == item_id)
        .values(state=ItemState.DONE, handled_at=at, error=None, try_at=None)
    )


def failed(session: Session, item_id: int, *, error: str, try_at: datetime | None) -> None:
    """Count a failed try; without another time to try, the item is set aside for a person."""
    session.execute(
        update(InboxRow)
        .where(InboxRow.id == item_id)
        .values(
            tries=InboxRow.tries + 1,
            error=error,
            try_at=try_at,
            state=ItemState.WAITING if try_at else ItemState.SET_ASIDE,
        )
    )


def get(session: Session, item_id: int) -> InboxRow | None:
    return session.get(InboxRow, item_id)


def not_understood(session: Session) -> list[InboxRow]:
    query = (
        select(InboxRow)
        .where((InboxRow.kind == ItemKind.NOT_UNDERSTOOD) | (InboxRow.state == ItemState.SET_ASIDE))
        .order_by(InboxRow.id)
    )
    return list(session.scalars(query))


def take_again(session: Session, row: InboxRow, items: Sequence[Item], *, at: datetime) -> None:
    """Let a kept item be handled once more, as it is understood today.

    What it already said is not said again (the outbox sees to it). A whole body that can be split by now becomes
    rows of its own, and stands as done.
    """
    if len(items) != 1:
        accept(session, items, at=at)
        row.state = ItemState.DONE
        return
    item = items[0]
    insert_new(session, ConversationRow, [{"key": key, "talk": {}} for key in (item.conversation,) if key])
    row.kind, row.conversation, row.happened_at = item.kind.value, item.conversation, item.happened_at
    row.state = ItemState.WAITING if item.conversation else ItemState.DONE
    row.tries, row.error, row.try_at = 0, None, None
    session.flush()


def waits_since(session: Session) -> datetime | None:
    """When the longest waiting item came in, or None when nothing waits."""
    return session.scalar(select(func.min(InboxRow.received_at)).where(InboxRow.state == ItemState.WAITING))


def counts(session: Session) -> dict[str, object]:
    """How many items of each kind there are, and in which state: the object of ``inbox --json``."""
    kinds: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for kind, state, number in session.execute(
        select(InboxRow.kind, InboxRow.state, func.count()).group_by(InboxRow.kind, InboxRow.state)
    ):
        kinds[kind] += number
        states[state] += number
    by_kind: dict[str, object] = {kind.value: kinds[kind.value] for kind in ItemKind}
    return by_kind | {"by_state": {state.value: states[state.value] for state in ItemState}}


def count(session: Session) -> int:
    """How many items were ever accepted."""
    return session.scalar(select(func.count()).select_from(InboxRow)) or 0
