"""Before the transaction: read one waiting item and understand its text. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.conversation.answer import open_question
from bot.conversation.heard import Heard
from bot.conversation.state import Slot, Talk, from_json
from bot.conversation.taps import Act, read_tap
from bot.counsel import Counsel
from bot.events import (
    CitizenSharedPlace,
    CitizenTapped,
    CitizenWrote,
    PageCommented,
    PageMentioned,
    VisitorPosted,
)
from bot.item_events import everything_in, read_events
from bot.photos import LOOSE_FOR, comes_with_photo, is_wordless, loose_photos, sent_along
from bot.reading import read_together, told_category, with_photos
from models.domain.case import Case
from models.domain.category import Category, Channel
from models.domain.inbox import ItemKind
from models.domain.media import Sent
from models.store import cases, conversations, inbox, reports
from models.tables import ConversationRow, InboxRow
from routing import duplicates
from routing.decision import RouteTo
from routing.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """An item, read and understood. ``talk`` is what we remembered when we read it: if that has changed when the
    transaction begins, somebody else was quicker, and the item is listened to again. ``words_follow``: a photo whose
    words wait behind it is answered with them.
    """

    item_id: int
    inbox_key: str
    talk: dict[str, Any]
    heard: tuple[Heard, ...]
    sent: tuple[Sent, ...] = ()
    words_follow: bool = False


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
    followers = {case.number: followers_of(session, case) for case in own if case.state.is_open}
    listening = Listening(session=session, talk=from_json(conversation.talk), counsel=counsel, at=at)
    everything = everything_in(row)
    sent = sent_along(everything)
    heard = [
        _hear(
            listening,
            Heard(
                event=event,
                fresh_number=number,
                own_cases=own,
                followers=followers,
                with_photo=comes_with_photo(session, event, sent),
            ),
        )
        for event in read_events(session, row, live_since=counsel.live_since)
    ]
    return Listened(
        item_id=row.id,
        inbox_key=row.dedup_key,
        talk=conversation.talk,
        heard=tuple(heard),
        sent=sent if heard else (),
        words_follow=is_wordless(everything) and inbox.is_followed(session, row, within=LOOSE_FOR),
    )


def words_may_follow(session: Session, row: InboxRow, *, burst: timedelta, at: datetime) -> datetime | None:
    """Until when a photo is left waiting for its words; None for whatever can be answered now."""
    until = row.received_at + burst
    if row.kind != ItemKind.MESSAGE or at >= until or not is_wordless(everything_in(row)):
        return None
    return None if inbox.is_followed(session, row, within=LOOSE_FOR) else until


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """What it takes to understand one citizen at one moment."""

    session: Session
    talk: Talk
    counsel: Counsel
    at: datetime


def _hear(listening: Listening, heard: Heard) -> Heard:
    match heard.event:
        case CitizenWrote(text=text):
            return _answering(listening, _understood(listening, heard, text, Channel.MESSENGER), text)
        case CitizenSharedPlace(lat=lat, lon=lon):
            return _answering(listening, heard, f"{lat}, {lon}")
        case CitizenTapped(payload=payload):
            return _choosing(listening, heard, payload)
        case PageCommented(text=text) | PageMentioned(text=text):
            return _understood(listening, heard, text, Channel.COMMENT)
        case VisitorPosted(text=text):
            return _understood(listening, heard, text, Channel.POST)
        case _:
            return heard


def _understood(listening: Listening, heard: Heard, text: str, channel: Channel) -> Heard:
    session, at = listening.session, listening.at
    understanding = listening.counsel.understands.understand(text, channel)
    if heard.with_photo and understanding.intent.makes_a_case:
        before = loose_photos(session, [heard.event.conversation], at=heard.event.at)
        understanding = with_photos(text, understanding, before, listening.counsel, channel)
    understanding = with_pin(text, understanding, listening, heard.event.at)
    decision = listening.counsel.decide(understanding, at=at)
    joins = (
        joinable(session, understanding, heard.own_cases, at=at) if isinstance(decision, RouteTo) else None
    )
    others = followers_of(session, joins) if joins else 0
    known = None if understanding.intent.makes_a_case else listening.counsel.answers.find(text)
    return replace(
        heard,
        understanding=understanding,
        decision=decision,
        known_answer=known,
        joins=joins,
        others=others,
    )


def with_pin(text: str, understood: Understanding, listening: "Listening", at: datetime) -> Understanding:
    """A pin that came a moment before the words tells their place where they do not."""
    pin = listening.talk.pin
    if pin is None or at - pin.at > LOOSE_FOR or understood.place.is_known:
        return understood
    if not understood.intent.makes_a_case:
        return understood
    return listening.counsel.understands.understand(
        f"{text}, {pin.lat:.6f}, {pin.lon:.6f}", Channel.MESSENGER
    )


def followers_of(session: Session, case: Case) -> int:
    """How many people follow a case, however many comments each of them wrote."""
    return len(conversations.people_behind(session, reports.followers(session, case.id)))


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


def _answering(listening: Listening, heard: Heard, text: str) -> Heard:
    """The text as the answer to our question, if one is open."""
    case, asking = open_question(listening.talk, heard), listening.talk.asking
    if case is None or asking is None:
        return heard
    category = case.category
    if asking.slot is Slot.CATEGORY:
        # We asked because we were unsure: what we guessed before is no answer, nor is another guess.
        category = told_category(text, heard.understanding, listening.counsel)
    return _answered(listening, heard, case, category, text)


def _choosing(listening: Listening, heard: Heard, payload: str) -> Heard:
    tap, case = read_tap(payload), open_question(listening.talk, heard)
    if tap is None or case is None or tap.number != case.number:
        return heard
    if tap.act is Act.PLACE:
        return _answered(listening, heard, case, case.category, f"Kecamatan {tap.choice}")
    if tap.act is Act.CATEGORY and tap.choice in set(Category):
        return _answered(listening, heard, case, Category(tap.choice), "")
    return heard


def _answered(
    listening: Listening, heard: Heard, case: Case, category: Category | None, answer: str
) -> Heard:
    answered = read_together(
        listening.session,
        case,
        category,
        answer,
        listening.counsel,
        at=listening.at,
        asking=listening.talk.asking,
    )
    return replace(heard, answered=answered)
