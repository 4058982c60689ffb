"""A citizen tapped a button: cancel, choose, say whether it is fixed. Payloads are not trusted."""

from dataclasses import replace

from bot.conversation.acts import MoveCase, Say
from bot.conversation.answer import fill, open_question
from bot.conversation.heard import Heard, Turn
from bot.conversation.names import CityNames
from bot.conversation.phrases import id as phrases
from bot.conversation.state import Talk
from bot.conversation.taps import Act, Tap
from models.domain.case import CITIZEN, MOVES, Case, CaseState

_MOVES = {
    Act.CANCEL: CaseState.DIBATALKAN,
    Act.FIXED: CaseState.DITUTUP,
    Act.NOT_FIXED: CaseState.DIBUKA_KEMBALI,
}


def tapped(talk: Talk, heard: Heard, tap: Tap, city: CityNames) -> Turn:
    """Do what the button says, for the citizen's own case only."""
    case = heard.own_case(tap.number)
    if case is None:
        return _say(talk, phrases.number_not_yours(tap.number))
    if tap.act in _MOVES:
        return move(talk, case, _MOVES[tap.act])
    if tap.act in {Act.PLACE, Act.CATEGORY} and heard.answered and open_question(talk, heard) is case:
        return fill(talk, heard, city)
    return _say(talk, phrases.choice_is_over(case.number), case)


def move(talk: Talk, case: Case, to: CaseState) -> Turn:
    """The citizen moves their case; the words about it come with the move."""
    if CITIZEN.role not in MOVES[case.state].get(to, frozenset()):
        return _say(talk, phrases.choice_is_over(case.number), case)
    asking = None if talk.asking and talk.asking.number == case.number else talk.asking
    return Turn(talk=replace(talk, asking=asking), todo=(MoveCase(number=case.number, to=to),))


def _say(talk: Talk, text: str, case: Case | None = None) -> Turn:
    said = Say(text=text, because="answer", number=case.number if case else None)
    return Turn(talk=talk, todo=(said,))
