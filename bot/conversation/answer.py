"""The answer to our question completes the case. Nobody is asked the same twice, nor a third time at all."""

import re
from dataclasses import replace

from bot.conversation.acts import AddReport, CompleteCase, Say, ToDo
from bot.conversation.change import changed
from bot.conversation.heard import Answered, Heard, Turn
from bot.conversation.names import CityNames
from bot.conversation.phrases import id as phrases
from bot.conversation.report import (
    OFFERED,
    category_choices,
    confirm_choices,
    kecamatan_choices,
    same_trouble,
    to_choose_from,
    what_follows,
)
from bot.conversation.state import Asking, Slot, Talk
from bot.events import CitizenTapped, CitizenWrote
from models.domain.case import Case, CaseState
from models.domain.category import Channel
from models.domain.outgoing import Choice
from routing.decision import AskCategory, AskPlace, Decision, HandToTriage, JustAnswer, RouteTo

#: Who does not know need not be waited for.
_DOES_NOT_KNOW = re.compile(
    r"\b(?:tidak|tak|gak|ga|nggak|ngga|ndak|dak|tdk|kurang) (?:tahu|tau|ingat)\b|\b(?:entah|lupa)",
    re.IGNORECASE,
)
#: After so many answers that did not help a person has the case.
_PATIENCE = 2


def is_an_answer(talk: Talk, heard: Heard) -> bool:
    """Whether a text answers our open question, rather than being about something else.

    A text that names a place (or a category, when that was asked) is an answer. So is one that is nothing else
    in particular: people answer in half sentences.
    """
    case = open_question(talk, heard)
    if case is None or heard.understanding is None or heard.answered is None or talk.asking is None:
        return False
    if _is_another_matter(case, talk.asking, heard):
        return False
    if talk.asking.vague >= _PATIENCE and heard.understanding.intent.makes_a_case:
        return False
    intent_is_plain = heard.understanding.intent.value in {"complaint", "emergency", "other"}
    names_a_place = heard.understanding.place.is_known or bool(heard.understanding.place.kecamatan_candidates)
    return intent_is_plain or (talk.asking.slot is not Slot.CATEGORY and names_a_place)


def open_question(talk: Talk, heard: Heard) -> Case | None:
    """The case that waits for an answer, if it still does."""
    if talk.asking is None:
        return None
    case = heard.own_case(talk.asking.number)
    if case is None or not case.state.is_open:
        return None
    return case if talk.asking.changes or case.state is CaseState.PERLU_VERIFIKASI else None


def _is_another_matter(case: Case, asking: Asking, heard: Heard) -> bool:
    understanding = heard.understanding
    if understanding is None or not understanding.intent.makes_a_case or understanding.category is None:
        return False
    if asking.slot is Slot.CATEGORY:
        return False
    is_other = understanding.category is not case.category
    return is_other and understanding.place.is_known and same_trouble([case], understanding) is None


def answer(talk: Talk, heard: Heard, text: str, city: CityNames) -> Turn:
    """Fill the slot from free text."""
    if talk.asking is None:
        raise ValueError("there was no question")
    kept = AddReport(number=talk.asking.number, text=text, channel=Channel.MESSENGER)
    return fill(talk, heard, city, before=(kept,))


def fill(talk: Talk, heard: Heard, city: CityNames, *, before: tuple[ToDo, ...] = ()) -> Turn:
    """Complete the case that we asked about, or hand it to a person when the answer did not help."""
    case = open_question(talk, heard)
    if case is None or heard.answered is None or talk.asking is None:
        raise ValueError("no case waits for this answer")
    if talk.asking.changes:
        return changed(talk, case, heard.answered, _words(heard), city)
    if before and _is_left_open(talk.asking, heard.answered) and _is_waited_out(talk.asking, heard):
        return _waiting_on(talk, talk.asking, heard.answered, before, city)
    decision, asking = _question_left(talk.asking, heard.answered.decision)
    completed, said = completion(case, heard.answered, decision, city)
    todo = (*before, completed, said)
    return Turn(talk=replace(talk, asking=asking, last_case=case.number), todo=todo)


def _is_left_open(asking: Asking, answered: Answered) -> bool:
    """Whether the answer told nothing of what was asked."""
    if asking.slot is Slot.CATEGORY:
        return answered.category is None
    return _slot_of(answered.decision) is asking.slot


def _is_waited_out(asking: Asking, heard: Heard) -> bool:
    """Half a sentence: the rest may be on its way. Once a person has the case, nothing is asked for any more."""
    return asking.vague >= _PATIENCE or (asking.vague == 0 and not _DOES_NOT_KNOW.search(_words(heard)))


def _waiting_on(
    talk: Talk, asking: Asking, answered: Answered, before: tuple[ToDo, ...], city: CityNames
) -> Turn:
    """What was said is kept with the case; the question stays open, without being asked again."""
    number, choices = asking.number, _choices_again(asking, answered, city)
    if asking.vague >= _PATIENCE:
        said = Say(text=phrases.added_to(number), because="receipt", number=number)
        return Turn(talk=talk, todo=(*before, said))
    still = phrases.still_waiting(number, for_place=asking.slot is not Slot.CATEGORY)
    said = Say(text=still, because="receipt", choices=choices, number=number)
    waiting = replace(talk, asking=replace(asking, vague=1), last_case=number)
    return Turn(talk=waiting, todo=(*before, said))


def _choices_again(asking: Asking, answered: Answered, city: CityNames) -> tuple[Choice, ...]:
    """Messenger took the options away when the citizen wrote."""
    if asking.slot is Slot.CATEGORY:
        return category_choices(asking.number, OFFERED, city)
    decision = answered.decision
    return (
        kecamatan_choices(asking.number, to_choose_from(decision)) if isinstance(decision, AskPlace) else ()
    )


def completion(
    case: Case, answered: Answered, decision: Decision, city: CityNames
) -> tuple[CompleteCase, Say]:
    """The case with its slot filled, and what its citizen is told of it."""
    follows = what_follows(case.number, decision, answered.place, city)
    filled = phrases.slot_filled(case.number, answered.place, answered.category, city)
    completed = CompleteCase(
        number=case.number,
        category=answered.category or case.category,
        place=answered.place,
        decision=decision,
    )
    said = Say(
        text="\n".join((filled, *follows.lines)),
        because="receipt",
        choices=confirm_choices(case.number) if isinstance(decision, RouteTo) else follows.choices,
        number=case.number,
    )
    return completed, said


def _words(heard: Heard) -> str:
    """What was said, for the person who has to make sense of it."""
    match heard.event:
        case CitizenWrote(text=text):
            return text
        case CitizenTapped(title=title):
            return title
        case _:
            return ""


def _question_left(asking: Asking, decision: Decision) -> tuple[Decision, Asking | None]:
    """One more question where it is another one and the second at most; else a person looks at it.

    Whoever answers well after that is still understood.
    """
    slot = _slot_of(decision)
    if isinstance(decision, HandToTriage):
        return decision, replace(asking, vague=_PATIENCE)
    if slot is None and not isinstance(decision, JustAnswer):
        return decision, None
    if slot is not None and asking.may_ask(slot):
        return decision, Asking(number=asking.number, slot=slot, before=(*asking.before, asking.slot))
    return HandToTriage(why="jawaban pelapor belum cukup"), replace(asking, vague=_PATIENCE)


def _slot_of(decision: Decision) -> Slot | None:
    match decision:
        case AskPlace():
            return Slot.KECAMATAN if to_choose_from(decision) else Slot.PLACE
        case AskCategory():
            return Slot.CATEGORY
        case _:
            return None
