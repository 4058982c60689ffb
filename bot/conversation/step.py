"""One step of the talk: (what we remember, what was heard) -> (what we remember now, what is to be done). Pure."""

import re
from dataclasses import replace

from bot.conversation.acts import AddReport, Say, TellTriage, ToDo
from bot.conversation.answer import answer, fill, is_an_answer, open_question
from bot.conversation.heard import Heard, Turn
from bot.conversation.names import CityNames
from bot.conversation.on_page import on_page
from bot.conversation.phrases import id as phrases
from bot.conversation.report import new_report
from bot.conversation.state import Talk
from bot.conversation.tapped import move, tapped
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
from models.domain.case import CaseState
from models.domain.category import Channel, Intent
from models.domain.number import find_number

_CANCEL = re.compile(r"^\W*(batal|batalkan|tidak jadi|gak jadi|ga jadi|nggak jadi)\b.{0,40}$", re.IGNORECASE)
_SALAM = re.compile(r"\b(ass?alam|a?ssala?mu|aslm|askum|samlekom)", re.IGNORECASE)


def step(talk: Talk, heard: Heard, city: CityNames) -> Turn:
    """Every input of a citizen in Messenger gets one answer; on the page only reports and questions do."""
    match heard.event:
        case CitizenWrote(text=text):
            return _introduced(talk, _wrote(talk, heard, text, city))
        case CitizenTapped(payload=payload):
            return _introduced(talk, _pressed(talk, heard, payload, city))
        case CitizenSharedPlace():
            return _introduced(talk, _pinned(talk, heard, city))
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
    if _CANCEL.match(text):
        return _cancel(talk, heard)
    if (number := find_number(text)) and not makes_a_case:
        return _standing_of(talk, heard, number, city)
    if is_an_answer(talk, heard):
        return answer(talk, heard, text, city)
    if makes_a_case:
        return new_report(talk, heard, text, city)
    return _answer_only(talk, heard, text, city)


def _cancel(talk: Talk, heard: Heard) -> Turn:
    case = heard.own_case(talk.last_case)
    if case is None or not case.state.is_open:
        return _say(talk, phrases.nothing_to_cancel())
    return move(talk, case, CaseState.DIBATALKAN)


def _standing_of(talk: Talk, heard: Heard, number: str, city: CityNames) -> Turn:
    case = heard.own_case(number)
    if case is None:
        return _say(talk, phrases.number_not_yours(number))
    return _say(talk, phrases.stands(case, city), number)


def _answer_only(talk: Talk, heard: Heard, text: str, city: CityNames) -> Turn:
    intent = heard.understanding.intent if heard.understanding else Intent.OTHER
    match intent:
        case Intent.STATUS:
            return _standings(talk, heard, city)
        case Intent.GREETING:
            return _say(talk, phrases.greeting(salam=bool(_SALAM.search(text))))
        case Intent.THANKS:
            return _say(talk, phrases.welcome())
        case Intent.QUESTION:
            return _question(talk, text, city)
        case Intent.ABUSE:
            return _say(talk, phrases.calm())
        case _:
            return _say(talk, phrases.not_a_report())


def _question(talk: Talk, text: str, city: CityNames) -> Turn:
    asked = TellTriage(text=text, because="question")
    return Turn(talk=talk, todo=(asked, Say(text=phrases.question_kept(city), because="answer")))


def _standings(talk: Talk, heard: Heard, city: CityNames) -> Turn:
    newest = heard.own_cases[:3]
    if not newest:
        return _say(talk, phrases.no_reports())
    return _say(talk, "\n".join(phrases.stands(case, city) for case in newest), newest[0].number)


def _pressed(talk: Talk, heard: Heard, payload: str, city: CityNames) -> Turn:
    tap = read_tap(payload)
    if tap is not None:
        return tapped(talk, heard, tap, city)
    # "Get Started", a menu item of an older version, or something forged: a friendly beginning fits all.
    return _say(talk, phrases.greeting(salam=False))


def _pinned(talk: Talk, heard: Heard, city: CityNames) -> Turn:
    if heard.answered and open_question(talk, heard):
        return fill(talk, heard, city)
    return _say(talk, phrases.photo_needs_words())


def _sent_media(talk: Talk, heard: Heard, kind: MediaKind) -> Turn:
    case = heard.own_case(talk.last_case)
    if kind is MediaKind.STICKER:
        return _say(talk, phrases.welcome())
    if kind in {MediaKind.LINK, MediaKind.UNKNOWN}:
        return _say(talk, phrases.unreadable())
    if case is None or not case.state.is_open:
        return _say(talk, phrases.photo_needs_words())
    todo: tuple[ToDo, ...] = (
        AddReport(number=case.number, text="", channel=Channel.MESSENGER),
        Say(text=phrases.photo_added(case.number), because="answer", number=case.number),
    )
    return Turn(talk=talk, todo=todo)


def _say(talk: Talk, text: str, number: str | None = None) -> Turn:
    return Turn(talk=talk, todo=(Say(text=text, because="answer", number=number),))
