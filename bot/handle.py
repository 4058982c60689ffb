"""The shell around the talk: one item of one citizen, in one transaction with all that follows from it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot import group_card
from bot.case_moves import CaseFile
from bot.conversation.acts import (
    AddReport,
    ChangeCase,
    CompleteCase,
    MoveCase,
    OpenCase,
    Say,
    SayPrivately,
    SayUnder,
    TellTriage,
    ToDo,
    Withdraw,
)
from bot.conversation.heard import Heard, Turn
from bot.conversation.names import CityNames
from bot.conversation.phrases import small_talk
from bot.conversation.state import from_json, to_json
from bot.conversation.step import step
from bot.desk_acts import change_by_citizen
from bot.events import (
    CitizenEdited,
    CitizenFollowedLink,
    CitizenReacted,
    CitizenSentMedia,
    CitizenSharedPlace,
    CitizenTapped,
    CitizenUnsent,
    CitizenWrote,
    CommentEdited,
    CommentHidden,
    CommentRemoved,
    Event,
    OurCommentAppeared,
    OurWordArrived,
)
from bot.listen import Listened, joinable
from bot.photos import adopt_loose
from bot.triage import word_for_triage
from models.domain.case import CITIZEN, SYSTEM
from models.domain.outgoing import Audience, Way, Word
from models.store import cases, conversations, inbox, media, outbox, reports
from models.store.case_lists import ON_HAND
from models.tables import ConversationRow, ReportRow
from routing.decision import RouteTo

#: What opens Facebook's 24-hour window (meta: "send a message"): acts of the citizen in Messenger.
_OPENS_THE_WINDOW = (
    CitizenWrote,
    CitizenSentMedia,
    CitizenSharedPlace,
    CitizenTapped,
    CitizenFollowedLink,
    CitizenReacted,
)
#: What moves a case that there is already.
_STEERS = (MoveCase, ChangeCase, CompleteCase, Withdraw)
_WAY: dict[type[ToDo], Way] = {
    Say: Way.MESSENGER,
    SayPrivately: Way.PRIVATE_REPLY,
    SayUnder: Way.PUBLIC_REPLY,
}
_BECAUSE: dict[type[ToDo], str] = {SayPrivately: "receipt", SayUnder: "thanks"}


class Overtaken(Exception):
    """What we decided on no longer holds: listen again."""


@dataclass(slots=True, kw_only=True)
class Handling:
    """One item being handled. ``said`` numbers its words, so that a replay says none of them again."""

    session: Session
    conversation: ConversationRow
    listened: Listened
    city: CityNames
    at: datetime
    said: int = 0
    event_at: datetime | None = None


def handle(session: Session, conversation: str, listened: Listened, city: CityNames, *, at: datetime) -> bool:
    """Handle what was listened to. False when another worker has this citizen, or was quicker.

    Raises Overtaken, which undoes the transaction, when a neighbour's case of the same trouble was made meanwhile.
    """
    row = conversations.lock(session, conversation)
    if row is None or row.talk != listened.talk:
        return False
    first = inbox.first_waiting(session, conversation)
    if first is None or first.id != listened.item_id:
        return False
    handling = Handling(session=session, conversation=row, listened=listened, city=city, at=at)
    media.note(session, listened.inbox_key, conversation, listened.sent, at=at)
    # An item that made its report before is being replayed: what it said is said, what it made is made.
    known = reports.of_item(session, listened.inbox_key) is not None
    # One that was answered before may bring a report to light now, but what it steered then it steers no more:
    # "batal" meant the case of that day.
    answered = first.handled_at is not None
    for heard in () if known else listened.heard:
        _note_facts(handling, heard.event)
        handling.event_at = min(heard.event.at, at)
        talk = from_json(row.talk)
        # A photo whose words wait behind it is answered with them.
        turn = Turn(talk=talk) if listened.words_follow else step(talk, heard, city)
        if any(isinstance(todo, OpenCase) for todo in turn.todo) and _neighbours_came_first(handling, heard):
            raise Overtaken
        for todo in turn.todo:
            if not (answered and isinstance(todo, _STEERS)):
                _carry_out(handling, todo)
        conversations.keep_talk(row, to_json(turn.talk))
    inbox.done(session, listened.item_id, at=at)
    return True


def _neighbours_came_first(handling: Handling, heard: Heard) -> bool:
    """Looked at again under the lock of the category: two reports of one flood make one case."""
    understanding = heard.understanding
    if understanding is None or understanding.category is None or not isinstance(heard.decision, RouteTo):
        return False
    cases.one_at_a_time(handling.session, understanding.category)
    return joinable(handling.session, understanding, heard.own_cases, at=handling.at) is not None


def set_aside_kindly(
    session: Session, conversation: str, inbox_key: str, city: CityNames, *, at: datetime
) -> None:
    """An item that we cannot handle was set aside: its citizen hears that a person will read it."""
    word = Word(
        to=Audience.CITIZEN,
        recipient=conversation,
        way=Way.MESSENGER,
        text=small_talk.kept_for_a_person(city),
        because="set_aside",
        about=inbox_key,
    )
    outbox.put(session, word, at=at)
    told = word_for_triage(group_card.SET_ASIDE, because="set_aside", about=inbox_key)
    outbox.put(session, told, at=at)


def _note_facts(handling: Handling, event: Event) -> None:
    session, at = handling.session, handling.at
    if isinstance(event, _OPENS_THE_WINDOW):
        # A time that lies ahead of ours would keep the window open for ever.
        conversations.acted(handling.conversation, at=min(event.at, at))
        citizen = conversations.same_citizen(session, handling.conversation)
        outbox.release_held(session, citizen, at=at)
    match event:
        case OurWordArrived(word_id=word_id, mid=mid):
            outbox.arrived(session, word_id, external_id=mid, at=at)
        case OurCommentAppeared(comment_id=comment_id, answer_to=under, text=text):
            outbox.public_reply_appeared(session, under=under, text=text, external_id=comment_id, at=at)
        case CommentRemoved(comment_id=comment_id):
            outbox.cancel_under(session, comment_id)
            _report_changed(handling, reports.of_comment(session, comment_id), None)
        case CommentEdited(comment_id=comment_id, text=text):
            _report_changed(handling, reports.of_comment(session, comment_id), text)
        case CommentHidden(comment_id=comment_id, hidden=hidden):
            _comment_hidden(handling, reports.of_comment(session, comment_id), hidden=hidden)
        case CitizenEdited(mid=mid, text=text):
            _report_changed(handling, reports.of_message(session, mid), text)
        case CitizenUnsent(mid=mid):
            _report_changed(handling, reports.of_message(session, mid), None)
        case _:
            pass


def _report_changed(handling: Handling, report: ReportRow | None, text: str | None) -> None:
    """Its writer edited a report (``text``) or took it back (None): the case and its card follow."""
    if report is None:
        return
    if text is None:
        reports.removed(handling.session, report, at=handling.at)
    else:
        reports.edited(handling.session, report, text)
    what = "laporan_ditarik" if text is None else "laporan_diubah"
    case = cases.by_id(handling.session, report.case_id)
    _case_file(handling).change(case, what=what, by=CITIZEN)


def _comment_hidden(handling: Handling, report: ReportRow | None, *, hidden: bool) -> None:
    if report is not None:
        case = cases.by_id(handling.session, report.case_id)
        note = "komentar disembunyikan" if hidden else "komentar ditampilkan lagi"
        _case_file(handling).note(case, note, by=SYSTEM)


def _case_file(handling: Handling) -> CaseFile:
    return CaseFile(session=handling.session, city=handling.city, at=handling.at)


def _carry_out(handling: Handling, todo: ToDo) -> None:
    case_file = _case_file(handling)
    match todo:
        case OpenCase():
            _open(handling, case_file, todo)
        case AddReport():
            _add_report(handling, todo)
        case CompleteCase():
            case_file.complete(todo)
        case ChangeCase(number=number):
            change_by_citizen(case_file, cases.lock(handling.session, number), todo)
        case Withdraw(number=number):
            case = cases.lock(handling.session, number)
            citizen = conversations.same_citizen(handling.session, handling.conversation)
            reports.withdraw(handling.session, case.id, citizen, at=handling.at)
            case_file.note(case, "seorang pelapor menarik laporannya", by=CITIZEN)
        case MoveCase(number=number, to=to, note=note):
            case_file.move_case(cases.lock(handling.session, number), to, by=CITIZEN, note=note)
        case Say() | SayUnder() | SayPrivately():
            _say(handling, todo)
        case TellTriage(text=text, because=because, number=number):
            case_id = _case_id(handling.session, number)
            word = word_for_triage(text, because=because, about=handling.listened.inbox_key, case_id=case_id)
            outbox.put(handling.session, word, at=handling.at)


def _open(handling: Handling, case_file: CaseFile, opening: OpenCase) -> None:
    case = case_file.open_case(opening)
    reports.add(
        handling.session,
        case,
        conversation=handling.conversation.key,
        inbox_key=handling.listened.inbox_key,
        channel=opening.channel,
        text=opening.text,
        understood={"evidence": [[proof.field, proof.words] for proof in opening.understanding.evidence]},
        comment_id=opening.comment_id,
        answer_under=opening.answer_under,
        at=handling.at,
    )
    _take_photos_along(handling)
    case_file.decide(case, opening.decision)


def _add_report(handling: Handling, adding: AddReport) -> None:
    reports.add(
        handling.session,
        cases.lock(handling.session, adding.number),
        conversation=handling.conversation.key,
        inbox_key=handling.listened.inbox_key,
        channel=adding.channel,
        text=adding.text,
        understood={},
        comment_id=adding.comment_id,
        answer_under=adding.answer_under,
        at=handling.at,
    )
    _take_photos_along(handling)
    case = cases.lock(handling.session, adding.number)
    if adding.text and case.state in ON_HAND:
        # Its agency has the card already: the card learns what was told since.
        _case_file(handling).change(case, what="dilengkapi", by=CITIZEN)
    _case_file(handling).show_photos(case)


def _take_photos_along(handling: Handling) -> None:
    """What the citizen sent shortly before these words belongs to their report."""
    citizen = conversations.same_citizen(handling.session, handling.conversation)
    written_at = handling.event_at or handling.at
    adopt_loose(handling.session, citizen, handling.listened.inbox_key, at=written_at)


def _say(handling: Handling, said: Say | SayUnder | SayPrivately) -> None:
    word = Word(
        to=Audience.CITIZEN,
        recipient=handling.conversation.key,
        way=_WAY[type(said)],
        text=said.text,
        choices=() if isinstance(said, SayUnder) else said.choices,
        under=None if isinstance(said, Say) else said.under,
        under_at=None if isinstance(said, Say) else handling.event_at,
        because=said.because if isinstance(said, Say) else _BECAUSE[type(said)],
        about=f"{handling.listened.inbox_key}:{handling.said}",
        case_id=_case_id(handling.session, said.number),
    )
    handling.said += 1
    outbox.put(handling.session, word, at=handling.at)


def _case_id(session: Session, number: str | None) -> int | None:
    return cases.lock(session, number).id if number else None
