"""Before the transaction: read one waiting item and understand its text. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.conversation.answer import open_question
from bot.conversation.heard import Answered, Heard
from bot.conversation.state import Slot, Talk, from_json
from bot.conversation.taps import Act, read_tap
from bot.counsel import Counsel
from bot.events import (
    CitizenSentMedia,
    CitizenSharedPlace,
    CitizenTapped,
    CitizenWrote,
    Event,
    PageCommented,
    PageMentioned,
    VisitorPosted,
)
from bot.messenger.parse import parse
from models.domain.case import Case
from models.domain.category import Category, Channel
from models.domain.inbox import Item, ItemKind
from models.store import cases, conversations, reports
from models.tables import ConversationRow, InboxRow
from routing import duplicates
from routing.decision import RouteTo
from routing.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """An item, read and understood. ``talk`` is what we remembered when we read it: if that has changed when the
    transaction begins, somebody else was quicker, and the item is listened to again.
    """

    item_id: int
    inbox_key: str
    talk: dict[str, Any]
    heard: tuple[Heard, ...]


def listen(
    session: Session,
    conversation: ConversationRow,
    row: InboxRow,
    counsel: Counsel,
    *,
    number: str,
    at: datetime,
) -> Listened:
    """Everything that thinking about an item takes; ``number`` is what a new case would be called."""
    own = tuple(cases.of_citizen(session, conversations.same_citizen(session, conversation)))
    talk = from_json(conversation.talk)
    heard = [
        _hear(session, talk, Heard(event=event, fresh_number=number, own_cases=own), counsel, at)
        for event in _one_answer_each(_new_to_us(session, parse(as_item(row), received_at=row.received_at)))
    ]
    return Listened(item_id=row.id, inbox_key=row.dedup_key, talk=conversation.talk, heard=tuple(heard))


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


def _hear(session: Session, talk: Talk, heard: Heard, counsel: Counsel, at: datetime) -> Heard:
    match heard.event:
        case CitizenWrote(text=text):
            understood = _understood(session, heard, text, Channel.MESSENGER, counsel, at)
            return _answering(session, talk, understood, text, counsel, at)
        case CitizenSharedPlace(lat=lat, lon=lon):
            return _answering(session, talk, heard, f"{lat}, {lon}", counsel, at)
        case CitizenTapped(payload=payload):
            return _choosing(session, talk, heard, payload, counsel, at)
        case PageCommented(text=text) | PageMentioned(text=text):
            return _understood(session, heard, text, Channel.COMMENT, counsel, at)
        case VisitorPosted(text=text):
            return _understood(session, heard, text, Channel.POST, counsel, at)
        case _:
            return heard


def _understood(
    session: Session, heard: Heard, text: str, channel: Channel, counsel: Counsel, at: datetime
) -> Heard:
    understanding = counsel.understands.understand(text, channel)
    decision = counsel.decide(understanding, at=at)
    joins = (
        joinable(session, understanding, heard.own_cases, at=at) if isinstance(decision, RouteTo) else None
    )
    others = len(reports.followers(session, joins.id)) if joins else 0
    return replace(heard, understanding=understanding, decision=decision, joins=joins, others=others)


def joinable(
    session: Session, understanding: Understanding, own: Sequence[Case], *, at: datetime
) -> Case | None:
    """The open case of other citizens that speaks of the same trouble at the same place, the oldest first."""
    if understanding.category is None or not understanding.intent.makes_a_case:
        return None
    mine = {case.id for case in own}
    found = cases.alike(session, understanding.category, since=at - duplicates.WITHIN)
    return next(
        (
            case
            for case in found
            if case.id not in mine and duplicates.joins(case, understanding.category, understanding.place, at)
        ),
        None,
    )


def _answering(
    session: Session, talk: Talk, heard: Heard, text: str, counsel: Counsel, at: datetime
) -> Heard:
    """The text as the answer to our question: read together with the report, since each explains the other."""
    case = open_question(talk, heard)
    if case is None:
        return heard
    category = case.category
    if talk.asking and talk.asking.slot is Slot.CATEGORY and category is None and heard.understanding:
        category = heard.understanding.category
    return _answered(session, heard, case, category, text, counsel, at)


def _choosing(
    session: Session, talk: Talk, heard: Heard, payload: str, counsel: Counsel, at: datetime
) -> Heard:
    tap, case = read_tap(payload), open_question(talk, heard)
    if tap is None or case is None or tap.number != case.number:
        return heard
    if tap.act is Act.PLACE:
        return _answered(session, heard, case, case.category, f"Kecamatan {tap.choice}", counsel, at)
    if tap.act is Act.CATEGORY and tap.choice in set(Category):
        return _answered(session, heard, case, Category(tap.choice), "", counsel, at)
    return heard


def _answered(
    session: Session,
    heard: Heard,
    case: Case,
    category: Category | None,
    answer: str,
    counsel: Counsel,
    at: datetime,
) -> Heard:
    told = [report.text for report in reports.of_case(session, case.id) if report.text]
    text = ", ".join(part for part in (*told, answer) if part)
    together: Understanding = counsel.understands.understand(text, Channel.MESSENGER)
    decision = counsel.decide_again(
        category=category, place=together.place, emergency=case.emergency, text=text, at=at
    )
    return replace(heard, answered=Answered(category=category, place=together.place, decision=decision))
