"""From a kept item to the events that want an answer, as far as the rest of what was kept changes their meaning."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.events import (
    CitizenEdited,
    CitizenSentMedia,
    CitizenTapped,
    CitizenWrote,
    Event,
    PageCommented,
    PageMentioned,
    VisitorPosted,
)
from bot.messenger.parse import parse
from models.domain.inbox import Item, ItemKind
from models.store import reports
from models.tables import InboxRow


def everything_in(row: InboxRow) -> Sequence[Event]:
    """The item's events, whether they want an answer or not."""
    return parse(as_item(row), received_at=row.received_at)


def read_events(session: Session, row: InboxRow, *, live_since: datetime | None = None) -> list[Event]:
    """The item's events, one for each answer that is due; what was on the page before go-live is left in peace."""
    events = [event for event in everything_in(row) if not _is_from_before(event, live_since)]
    return _one_answer_each([_said_anew(session, event) for event in _new_to_us(session, events)])


def _is_from_before(event: Event, live_since: datetime | None) -> bool:
    on_page = isinstance(event, PageCommented | PageMentioned | VisitorPosted)
    return on_page and live_since is not None and event.at < live_since


def as_item(row: InboxRow) -> Item:
    return Item(
        key=row.dedup_key,
        kind=ItemKind(row.kind),
        conversation=row.conversation,
        happened_at=row.happened_at,
        body=row.body,
    )


def _new_to_us(session: Session, events: Sequence[Event]) -> list[Event]:
    """A comment that mentions the Page comes twice, as comment and as mention: the second is dropped."""
    return [
        event
        for event in events
        if not isinstance(event, PageCommented | PageMentioned)
        or reports.of_comment(session, event.comment_id or event.post_id) is None
    ]


def _said_anew(session: Session, event: Event) -> Event:
    """An edit of words that made no report is a new message: the first one may just have been unreadable."""
    if not isinstance(event, CitizenEdited) or reports.of_message(session, event.mid) is not None:
        return event
    return CitizenWrote(conversation=event.conversation, at=event.at, mid=event.mid, text=event.text)


def _one_answer_each(events: Sequence[Event]) -> list[Event]:
    """A text with three photos, or three photos alone, is one message: it gets one answer."""
    spoke = any(isinstance(event, CitizenWrote | CitizenTapped) for event in events)
    kept: list[Event] = []
    for event in events:
        is_media = isinstance(event, CitizenSentMedia)
        if is_media and (spoke or any(isinstance(other, CitizenSentMedia) for other in kept)):
            continue
        kept.append(event)
    return kept
