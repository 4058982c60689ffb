"""What citizens send along: noted with its item, kept when it was fetched, with all that follows for its case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.case_moves import CaseFile
from bot.conversation.answer import completion
from bot.conversation.state import from_json, to_json
from bot.counsel import Counsel
from bot.events import CitizenSentMedia, CitizenWrote, Event, MediaKind, PageCommented, VisitorPosted
from bot.reading import read_together
from models.domain.case import Case, CaseState
from models.domain.media import Photo, Picture, Sent
from models.domain.outgoing import Audience, Way, Word
from models.store import cases, conversations, media, outbox
from models.tables import ConversationRow
from routing.decision import NotOurs, RouteTo

#: A photo without words waits this long for the complaint that it belongs to.
LOOSE_FOR = timedelta(minutes=10)
_PHOTO_LIKE = frozenset({MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.FILE})


def sent_along(events: Sequence[Event]) -> tuple[Sent, ...]:
    """All that was attached to one item, in its order. Stickers and links are not."""
    found = [(event, kind, url) for event in events for kind, url in _attached(event)]
    return tuple(
        Sent(part=part, kind=kind.value, url=url, at=event.at)
        for part, (event, kind, url) in enumerate(found)
    )


def _attached(event: Event) -> list[tuple[MediaKind, str | None]]:
    match event:
        case CitizenSentMedia(kind=kind, url=url) if kind in _PHOTO_LIKE:
            return [(kind, url)]
        case PageCommented(photo=str(url)) | VisitorPosted(photo=str(url)):
            return [(MediaKind.IMAGE, url)]
        case _:
            return []


def is_wordless(events: Sequence[Event]) -> bool:
    """Photos (or a video) and nothing else: the words may be on their way."""
    return bool(events) and all(
        isinstance(event, CitizenSentMedia) and event.kind in _PHOTO_LIKE for event in events
    )


def comes_with_photo(session: Session, event: Event, sent: Sequence[Sent]) -> bool:
    """Whether a text has a photo in its own message, or one that was sent shortly before."""
    if not isinstance(event, CitizenWrote):
        return False
    if any(one.kind == MediaKind.IMAGE for one in sent):
        return True
    return media.any_loose(session, [event.conversation], since=event.at - LOOSE_FOR, until=event.at)


def loose_photos(session: Session, citizen: Sequence[str], *, at: datetime) -> list[Photo]:
    """What the citizen sent shortly before ``at`` and is in no case yet, as far as it is kept."""
    return media.loose_photos(session, citizen, since=at - LOOSE_FOR, until=at)


def adopt_loose(session: Session, citizen: Sequence[str], report_key: str, *, at: datetime) -> None:
    """What was sent shortly before the words belongs to their report."""
    media.adopt_loose(session, citizen, report_key, since=at - LOOSE_FOR, until=at)


def keep_photo(session: Session, media_id: int, picture: Picture, counsel: Counsel, *, at: datetime) -> bool:
    """A photo is fetched: its case may learn its place from it, its agency gets to see it.

    False while somebody handles the same citizen: whether the photo is in a case may change under our hands.
    """
    conversation = conversations.lock(session, media.get(session, media_id).conversation)
    if conversation is None:
        return False
    photo = media.kept(session, media_id, picture)
    case_id = media.case_of(session, photo) if photo else None
    if photo is not None and case_id is not None:
        case = cases.lock(session, cases.by_id(session, case_id).number)
        file = CaseFile(session=session, city=counsel.city, at=at)
        _place_by_photo(file, conversation, case, photo, counsel)
        file.show_photos(cases.by_id(session, case_id))
    return True


def _place_by_photo(
    file: CaseFile, conversation: ConversationRow, case: Case, photo: Photo, counsel: Counsel
) -> None:
    """The camera noted what we asked for: as good as an answer, and told like one."""
    waits_for_place = case.state is CaseState.PERLU_VERIFIKASI and not case.place.is_known
    if not waits_for_place or case.category is None or photo.picture.lat is None:
        return
    answered = read_together(file.session, case, case.category, "", counsel, at=file.at)
    if not answered.place.is_known or not isinstance(answered.decision, RouteTo | NotOurs):
        return
    completed, said = completion(case, answered, answered.decision, counsel.city)
    file.complete(completed)
    _question_is_answered(conversation, case.number)
    word = Word(
        to=Audience.CITIZEN,
        recipient=photo.conversation,
        way=Way.MESSENGER,
        text=said.text,
        choices=said.choices,
        because=said.because,
        about=f"photo:{photo.id}",
        case_id=case.id,
    )
    outbox.put(file.session, word, at=file.at)


def _question_is_answered(conversation: ConversationRow, number: str) -> None:
    talk = from_json(conversation.talk)
    if talk.asking is not None and talk.asking.number == number:
        conversations.keep_talk(conversation, to_json(replace(talk, asking=None, last_case=number)))
