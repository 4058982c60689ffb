"""One step of the talk: (what we remember, what was heard) -> (what we remember now, what is to be done). Pure."""

import re
from dataclasses import replace

from bot.conversation.acts import AddReport, ChangeCase, Say, TellTriage, ToDo
from bot.conversation.afterwards import said_of_a_report
from bot.conversation.answer import answer, fill, is_an_answer, open_question
from bot.conversation.change import misjudged
from bot.conversation.heard import Heard, Turn
from bot.conversation.names import CityNames
from bot.conversation.on_page import on_page
from bot.conversation.orders import Order, read_order
from bot.conversation.phrases import id as phrases
from bot.conversation.phrases import small_talk
from bot.conversation.report import new_report
from bot.conversation.state import Pin, Talk
from bot.conversation.tapped import obey, tapped
from bot.conversation.taps import read_tap
from bot.events import (
    CitizenSentMedia,
    CitizenSharedPlace,
    CitizenTapped,
    CitizenWrote,
    MediaKind,
    PageCommented,
    PageMentioned,
    VisitorPosted,
)
from models.domain.case import Case, CaseState
from models.domain.category import Channel, Intent
from models.domain.number import find_number
from routing.decision import JustAnswer

_SALAM = re.compile(r"\b(ass?alam|a?ssala?mu|aslm|askum|samlekom)", re.IGNORECASE)

#: Words under a photo that say no more than that it is there ("ini fotonya", "tolong ya pak").
_CAPTIONS = frozenset({Intent.OTHER, Intent.GREETING, Intent.THANKS})


def step(talk: Talk, heard: Heard, city: CityNames) -> Turn:
    """Every input of a citizen in Messenger gets one answer; on the page only reports and questions do."""
    match heard.event:
        case CitizenWrote(text=text):
            return _introduced(talk, _wrote(talk, heard, text, city))
        case CitizenTapped(payload=payload):
            return _introduced(talk, _pressed(talk, heard, payload, city))
        case CitizenSharedPlace() as pin:
            return _introduced(talk, _pinned(talk, heard, pin, city))
        case CitizenSentMedia(kind=kind):
            return _introduced(talk, _sent_media(talk, heard, kind))
        case PageCommented() | VisitorPosted() | PageMentioned() as event:
            return on_page(talk, heard, event, city)
        case _:
            return Turn(talk=talk)


def _introduced(before: Talk, turn: Turn) -> Turn:
    """The first thing we ever say to somebody also says that we are a bot and what we never ask for."""
    if before.introduced:
        return turn
    place = next((n for n, act in enumerate(turn.todo) if isinstance(act, Say)), None)
    if place is None:
        return turn
    first = turn.todo[place]
    if not isinstance(first, Say):
        return turn
    told = replace(first, text=f"{first.text}\n{phrases.INTRODUCTION}")
    todo = (*turn.todo[:place], told, *turn.todo[place + 1 :])
    return Turn(talk=replace(turn.talk, introduced=True), todo=todo)


def _wrote(talk: Talk, heard: Heard, text: str, city: CityNames) -> Turn:
    makes_a_case = heard.understanding is not None and heard.understanding.intent.makes_a_case
    order = read_order(text)
    if order is not None and (turn := _ordered(talk, heard, order, text, city)) is not None:
        return turn
    if (number := find_number(text)) and not makes_a_case:
        return _standing_of(talk, heard, number, city)
    if is_an_answer(talk, heard):
        return answer(talk, heard, text, city)
    if makes_a_case:
        turn = new_report(talk, heard, text, city)
        return replace(turn, talk=replace(turn.talk, with_officer=False, misses=0, pin=None))
    return _answer_only(talk, heard, text, city)


def _ordered(talk: Talk, heard: Heard, order: Order, text: str, city: CityNames) -> Turn | None:
    """What the citizen orders, where it makes sense now: "belum" needs a case that is said to be finished."""
    if order is Order.HUMAN:
        return _hand_over(talk, heard, text, city)
    if order is Order.STATUS:
        return _standings(talk, heard, city)
    case = heard.own_case(talk.last_case) or next(iter(heard.own_cases), None)
    if order in {Order.FIXED, Order.NOT_FIXED}:
        finished = _said_to_be_finished(heard, case, order)
        return obey(talk, heard, finished, order, city) if finished else None
    if case is not None and case.state is CaseState.BUKAN_KEWENANGAN and order is not Order.CANCEL:
        return misjudged(talk, case, text, city)
    if case is None or not case.state.is_open:
        return _say(talk, small_talk.nothing_to_cancel()) if order is Order.CANCEL else None
    return obey(talk, heard, case, order, city)


def _said_to_be_finished(heard: Heard, latest: Case | None, order: Order) -> Case | None:
    """What "sudah" or "belum" speaks of: the case that we asked about, or the latest, closed a while ago."""
    asked = [case for case in (latest, *heard.own_cases) if case and case.state is CaseState.SELESAI]
    if not asked and order is Order.NOT_FIXED and latest and latest.state is CaseState.DITUTUP:
        return latest
    return asked[0] if asked else None


def _hand_over(talk: Talk, heard: Heard, text: str, city: CityNames) -> Turn:
    """A person is asked for, and is told which reports it may be about."""
    about = ", ".join(case.number for case in heard.own_cases[:3])
    told = TellTriage(text=f"{text} ({about})" if about else text, because="handover")
    said = Say(text=small_talk.handed_to_officer(city), because="answer")
    return Turn(talk=replace(talk, with_officer=True, misses=0), todo=(told, said))


def _standing_of(talk: Talk, heard: Heard, number: str, city: CityNames) -> Turn:
    case = heard.own_case(number)
    if case is None:
        return _say(talk, small_talk.number_not_yours(number))
    taken_over_by = next((own for own in heard.own_cases if own.id == case.merged_into), None)
    if taken_over_by is not None:
        return _say(talk, phrases.stands_within(case.number, taken_over_by, city), number)
    return _say(talk, phrases.stands(case, city), number)


def _answer_only(talk: Talk, heard: Heard, text: str, city: CityNames) -> Turn:
    intent = heard.understanding.intent if heard.understanding else Intent.OTHER
    last = heard.own_case(talk.last_case)
    if heard.with_photo and last is not None and last.state.is_open and intent in _CAPTIONS:
        return _sent_media(talk, heard, MediaKind.IMAGE)
    if heard.known_answer and intent in {Intent.QUESTION, Intent.OTHER, Intent.GREETING}:
        return _say(replace(talk, misses=0), heard.known_answer)
    match intent:
        case Intent.STATUS:
            return _standings(talk, heard, city)
        case Intent.GREETING:
            return _say(talk, small_talk.greeting(salam=bool(_SALAM.search(text))))
        case Intent.THANKS:
            return _say(talk, small_talk.welcome())
        case Intent.QUESTION:
            return _question(talk, heard, text, city)
        case Intent.ABUSE:
            return _say(talk, small_talk.calm())
        case Intent.SPAM:
            return _say(talk, small_talk.not_for_advertising())
        case _:
            return _not_understood(talk, heard, text, city)


def _not_understood(talk: Talk, heard: Heard, text: str, city: CityNames) -> Turn:
    """With an officer it is passed on; the second time in a row a person is called in."""
    if talk.with_officer:
        told = TellTriage(text=text, because="handover")
        return Turn(talk=talk, todo=(told, Say(text=small_talk.passed_on(city), because="answer")))
    if (turn := said_of_a_report(talk, heard, text, city)) is not None:
        return turn
    if talk.misses >= 1:
        return _hand_over(talk, heard, text, city)
    return _say(replace(talk, misses=talk.misses + 1), small_talk.not_a_report())


def _question(talk: Talk, heard: Heard, text: str, city: CityNames) -> Turn:
    """What our data know is answered at once; the rest goes to a person, with whose matter it is."""
    understanding = heard.understanding
    whose = ""
    if understanding is not None and understanding.category and understanding.agency:
        whose = small_talk.whose_matter(understanding.category, understanding.agency, city)
    asked = TellTriage(text=text, because="question")
    told = " ".join(part for part in (whose, small_talk.question_kept(city)) if part)
    return Turn(talk=talk, todo=(asked, Say(text=told, because="answer")))


def _standings(talk: Talk, heard: Heard, city: CityNames) -> Turn:
    newest = heard.own_cases[:3]
    if not newest:
        return _say(talk, small_talk.no_reports())
    return _say(talk, "\n".join(phrases.stands(case, city) for case in newest), newest[0].number)


def _pressed(talk: Talk, heard: Heard, payload: str, city: CityNames) -> Turn:
    tap = read_tap(payload)
    if tap is not None:
        return tapped(talk, heard, tap, city)
    # "Get Started", a menu item of an older version, or something forged: a friendly beginning fits all.
    return _say(talk, small_talk.greeting(salam=False))


def _pinned(talk: Talk, heard: Heard, pin: CitizenSharedPlace, city: CityNames) -> Turn:
    """It answers our question, makes a report's place exact, or is remembered for the words that follow."""
    if heard.answered and open_question(talk, heard):
        return fill(talk, heard, city)
    case = heard.own_case(talk.last_case)
    if case is None or case.state not in {CaseState.DITERUSKAN, CaseState.DIPROSES, CaseState.DIBUKA_KEMBALI}:
        return _say(replace(talk, pin=Pin(lat=pin.lat, lon=pin.lon, at=pin.at)), small_talk.pin_needs_words())
    placed = ChangeCase(
        number=case.number,
        category=case.category,
        place=replace(case.place, lat=pin.lat, lon=pin.lon),
        decision=JustAnswer(intent=Intent.OTHER),
    )
    said = Say(text=small_talk.pin_added(case.number), because="answer", number=case.number)
    return Turn(talk=talk, todo=(placed, said))


def _sent_media(talk: Talk, heard: Heard, kind: MediaKind) -> Turn:
    case = heard.own_case(talk.last_case)
    if kind is MediaKind.STICKER:
        return _say(talk, small_talk.welcome() if heard.own_cases else small_talk.greeting(salam=False))
    if kind in {MediaKind.LINK, MediaKind.UNKNOWN}:
        return _say(talk, small_talk.unreadable())
    if kind is not MediaKind.IMAGE:
        # That it was sent is all that is kept of it, so nothing may be promised.
        return _say(talk, small_talk.cannot_play(voice=kind is MediaKind.AUDIO))
    if case is None or not case.state.is_open:
        return _say(talk, small_talk.photo_needs_words())
    todo: tuple[ToDo, ...] = (
        AddReport(number=case.number, text="", channel=Channel.MESSENGER),
        Say(text=small_talk.photo_added(case.number), because="answer", number=case.number),
    )
    return Turn(talk=talk, todo=todo)


def _say(talk: Talk, text: str, number: str | None = None) -> Turn:
    return Turn(talk=talk, todo=(Say(text=text, because="answer", number=number),))
