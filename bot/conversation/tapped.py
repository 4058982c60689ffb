"""A citizen tapped a button: cancel, choose, say whether it is fixed. Payloads are not trusted."""

from dataclasses import replace

from bot.conversation.acts import MoveCase, Say, TellTriage, Withdraw
from bot.conversation.answer import fill, open_question
from bot.conversation.change import ask_category, ask_place, ask_what
from bot.conversation.heard import Heard, Turn
from bot.conversation.names import CityNames
from bot.conversation.orders import Order
from bot.conversation.phrases import id as phrases
from bot.conversation.phrases import small_talk
from bot.conversation.state import Talk
from bot.conversation.taps import Act, Tap
from models.domain.case import CITIZEN, MOVES, Case, CaseState

_MOVES = {
    Order.CANCEL: CaseState.DIBATALKAN,
    Order.FIXED: CaseState.DITUTUP,
    Order.NOT_FIXED: CaseState.DIBUKA_KEMBALI,
}
_ORDERS = {
    Act.CANCEL: Order.CANCEL,
    Act.FIXED: Order.FIXED,
    Act.NOT_FIXED: Order.NOT_FIXED,
    Act.CHANGE_PLACE: Order.CHANGE_PLACE,
    Act.CHANGE_CATEGORY: Order.CHANGE_CATEGORY,
}


def tapped(talk: Talk, heard: Heard, tap: Tap, city: CityNames) -> Turn:
    """Do what the button says, for the citizen's own case only."""
    case = heard.own_case(tap.number)
    if case is None:
        return _say(talk, small_talk.number_not_yours(tap.number))
    if tap.act in {Act.PLACE, Act.CATEGORY} and heard.answered and open_question(talk, heard) is case:
        return fill(talk, heard, city)
    order = _ORDERS.get(tap.act)
    if order is not None:
        return obey(talk, heard, case, order, city)
    if tap.act is Act.RIGHT and case.state.is_open:
        return _say(talk, phrases.confirmed(case.number), case)
    return _say(talk, phrases.choice_is_over(case, city), case)


def obey(talk: Talk, heard: Heard, case: Case, order: Order, city: CityNames) -> Turn:
    """Change, cancel, confirm or reopen the case; its number stays."""
    if order is Order.CANCEL and case.state.is_open and heard.followers_of(case.number) > 1:
        gone = Withdraw(number=case.number)
        said = Say(text=phrases.withdrawn(case.number), because="answer", number=case.number)
        return Turn(talk=replace(talk, asking=None), todo=(gone, said))
    if order in _MOVES:
        return _move(talk, case, _MOVES[order], city)
    if not case.state.is_open:
        return _say(talk, phrases.choice_is_over(case, city), case)
    if heard.followers_of(case.number) > 1:
        # It is the neighbours' case too: a person tells theirs and this citizen's apart.
        told = TellTriage(text=f"{case.number}: {order}", because="correction", number=case.number)
        said = Say(text=phrases.shared_case(case.number, city), because="answer", number=case.number)
        return Turn(talk=replace(talk, with_officer=True), todo=(told, said))
    match order:
        case Order.CHANGE_PLACE:
            return ask_place(talk, case)
        case Order.CHANGE_CATEGORY:
            return ask_category(talk, case, city)
        case _:
            return ask_what(talk, case)


def _move(talk: Talk, case: Case, to: CaseState, city: CityNames) -> Turn:
    """The citizen moves their case; the words about it come with the move."""
    if CITIZEN.role not in MOVES[case.state].get(to, frozenset()):
        return _say(talk, phrases.choice_is_over(case, city), case)
    asking = None if talk.asking and talk.asking.number == case.number else talk.asking
    return Turn(talk=replace(talk, asking=asking), todo=(MoveCase(number=case.number, to=to),))


def _say(talk: Talk, text: str, case: Case | None = None) -> Turn:
    said = Say(text=text, because="answer", number=case.number if case else None)
    return Turn(talk=talk, todo=(said,))
