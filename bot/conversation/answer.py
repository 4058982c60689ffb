"""The answer to our one question completes the case; whatever it is, nobody is asked a second time."""

from dataclasses import replace

from bot.conversation.acts import AddReport, CompleteCase, Say, ToDo
from bot.conversation.heard import Heard, Turn
from bot.conversation.names import CityNames
from bot.conversation.phrases import id as phrases
from bot.conversation.report import same_trouble, what_follows
from bot.conversation.state import Asking, Slot, Talk
from models.domain.case import Case, CaseState
from models.domain.category import Channel
from routing.decision import AskCategory, AskPlace, Decision, HandToTriage, JustAnswer


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
    intent_is_plain = heard.understanding.intent.value in {"complaint", "emergency", "other"}
    names_a_place = heard.understanding.place.is_known or bool(heard.understanding.place.kecamatan_candidates)
    return intent_is_plain or (talk.asking.slot is Slot.PLACE and names_a_place)


def open_question(talk: Talk, heard: Heard) -> Case | None:
    """The case that waits for an answer, if it still does."""
    case = heard.own_case(talk.asking.number) if talk.asking else None
    return case if case and case.state is CaseState.PERLU_VERIFIKASI else None


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
    if case is None or heard.answered is None:
        raise ValueError("no case waits for this answer")
    category, place = heard.answered.category, heard.answered.place
    decision = _last_word(heard.answered.decision)
    lines, _, _ = what_follows(case.number, decision, place, city)
    told = "\n".join((phrases.slot_filled(case.number, place, category, city), *lines))
    todo = (
        *before,
        CompleteCase(number=case.number, category=category, place=place, decision=decision),
        Say(text=told, because="receipt", number=case.number),
    )
    return Turn(talk=replace(talk, asking=None, last_case=case.number), todo=todo)


def _last_word(decision: Decision) -> Decision:
    """No second question: what is still open is for a person."""
    if isinstance(decision, AskPlace | AskCategory | JustAnswer):
        return HandToTriage(why="jawaban pelapor belum cukup")
    return decision
