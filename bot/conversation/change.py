"""The citizen says that we understood wrongly: the number stays, what is wrong is asked for once."""

from dataclasses import replace

from bot.conversation.acts import ChangeCase, Say, TellTriage, ToDo
from bot.conversation.heard import Answered, Turn
from bot.conversation.names import CityNames
from bot.conversation.phrases import id as phrases
from bot.conversation.report import OFFERED, category_choices, change_choices, what_follows
from bot.conversation.state import Asking, Slot, Talk
from models.domain.case import Case, CaseState
from models.domain.outgoing import Choice
from routing.decision import NotOurs, RouteTo


def ask_what(talk: Talk, case: Case) -> Turn:
    """Something is wrong: what of it?"""
    return _say(talk, phrases.what_is_wrong(case.number), case, change_choices(case.number))


def ask_place(talk: Talk, case: Case) -> Turn:
    asking = Asking(number=case.number, slot=Slot.PLACE, changes=True)
    return _say(replace(talk, asking=asking), phrases.ask_right_place(case.number), case)


def ask_category(talk: Talk, case: Case, city: CityNames) -> Turn:
    asking = Asking(number=case.number, slot=Slot.CATEGORY, changes=True)
    offered = tuple(category for category in OFFERED if category is not case.category)
    choices = category_choices(case.number, offered, city)
    return _say(replace(talk, asking=asking), phrases.ask_category(), case, choices)


def changed(talk: Talk, case: Case, answered: Answered, text: str, city: CityNames) -> Turn:
    """The right place or category, as far as it was understood; what was not, a person reads."""
    talk = replace(talk, asking=None, last_case=case.number)
    same = answered.category is case.category and answered.place == case.place
    understood = isinstance(answered.decision, RouteTo | NotOurs) and not same
    if not understood:
        told = f"{phrases.change_noted(case.number)} {phrases.triage_looks(city)}"
        todo: tuple[ToDo, ...] = (
            TellTriage(text=f"{case.number}: {text}", because="correction", number=case.number),
            Say(text=told, because="receipt", number=case.number),
        )
        return Turn(talk=talk, todo=todo)
    change = ChangeCase(
        number=case.number, category=answered.category, place=answered.place, decision=answered.decision
    )
    said = Say(text=_what_changed(case, answered, city), because="receipt", number=case.number)
    leaves_us = isinstance(answered.decision, NotOurs) and case.state is not CaseState.PERLU_VERIFIKASI
    # An agency has it: that it is nobody's in the city is for a person to say.
    asked = (TellTriage(text=f"{case.number}: {text}", because="correction", number=case.number),)
    return Turn(talk=talk, todo=(change, said, *(asked if leaves_us else ())))


def _what_changed(case: Case, answered: Answered, city: CityNames) -> str:
    """Who gets it now; once an officer has begun, a person decides that, and nothing else may be told."""
    filled = phrases.slot_filled(case.number, answered.place, answered.category, city)
    begun = case.state not in {CaseState.PERLU_VERIFIKASI, CaseState.DITERUSKAN} or case.accepted_at
    decision = answered.decision
    if (
        isinstance(decision, RouteTo)
        and decision.opd == case.opd
        and case.state is not CaseState.PERLU_VERIFIKASI
    ):
        return f"{filled} {phrases.stays_with(case, city)}"
    if begun or (isinstance(decision, NotOurs) and case.state is not CaseState.PERLU_VERIFIKASI):
        return f"{filled} {phrases.triage_looks(city)}"
    return "\n".join((filled, *what_follows(case.number, decision, answered.place, city).lines))


def misjudged(talk: Talk, case: Case, text: str, city: CityNames) -> Turn:
    """We said that it was not the city's, and the citizen says otherwise: a person looks at it."""
    told = f"{phrases.change_noted(case.number)} {phrases.triage_looks(city)}"
    todo: tuple[ToDo, ...] = (
        TellTriage(text=f"{case.number}: {text}", because="correction", number=case.number),
        Say(text=told, because="answer", number=case.number),
    )
    return Turn(talk=talk, todo=todo)


def _say(talk: Talk, text: str, case: Case, choices: tuple[Choice, ...] = ()) -> Turn:
    said = Say(text=text, because="answer", choices=choices, number=case.number)
    return Turn(talk=talk, todo=(said,))
