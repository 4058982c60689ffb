"""What is said of a report after it: "ok pak", half a sentence more, what was lacking. Pure."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.conversation.acts import AddReport, MoveCase, Say, TellTriage, ToDo
from bot.conversation.heard import Heard, Turn
from bot.conversation.names import CityNames
from bot.conversation.phrases import id as phrases
from bot.conversation.phrases import small_talk
from bot.conversation.state import Talk
from models.domain.case import Case, CaseState
from models.domain.category import Channel

#: "ok pak": our last word was read, and nothing is asked.
_ACKNOWLEDGED = re.compile(
    r"\W*(?:ok(?:e|ey|eh)?|baik|siap|ya|iya|benar|betul|sudah|udah)"
    r"(?: (?:pak|bu|bapak|ibu|min|admin|kak|bang|ya|deh))*\W*",
    re.IGNORECASE,
)
#: What follows a report within this time still speaks of it.
_SAME_BREATH = timedelta(minutes=10)
_WORDS_THAT_TELL = 3


def said_of_a_report(talk: Talk, heard: Heard, text: str, city: CityNames) -> Turn | None:
    """The turn for words that have no matter of their own, None where they belong to no report either."""
    if heard.own_cases and _ACKNOWLEDGED.fullmatch(text):
        return Turn(
            talk=replace(talk, misses=0), todo=(Say(text=small_talk.acknowledged(), because="answer"),)
        )
    if (case := _lacked_something(talk, heard)) is not None:
        return _completed_at_last(talk, case, text, city)
    if (case := _goes_on_about(talk, heard, text)) is not None:
        added = AddReport(number=case.number, text=text, channel=Channel.MESSENGER)
        said = Say(text=phrases.added_to(case.number), because="receipt", number=case.number)
        return Turn(talk=replace(talk, misses=0), todo=(added, said))
    return None


def _lacked_something(talk: Talk, heard: Heard) -> Case | None:
    """The report that we said could not be worked on as it was."""
    case = heard.own_case(talk.last_case) or next(iter(heard.own_cases), None)
    return case if case is not None and case.state is CaseState.TIDAK_LENGKAP else None


def _completed_at_last(talk: Talk, case: Case, text: str, city: CityNames) -> Turn:
    todo: tuple[ToDo, ...] = (
        AddReport(number=case.number, text=text, channel=Channel.MESSENGER),
        MoveCase(number=case.number, to=CaseState.PERLU_VERIFIKASI, note="pelapor melengkapi"),
        TellTriage(text=f"{case.number}: {text}", because="completed", number=case.number),
        Say(text=phrases.looked_at_again(case.number, city), because="receipt", number=case.number),
    )
    return Turn(talk=replace(talk, misses=0, last_case=case.number), todo=todo)


def _goes_on_about(talk: Talk, heard: Heard, text: str) -> Case | None:
    """The report of a moment ago, or one that a person is looking at: whole sentences without a matter of their own."""
    case = heard.own_case(talk.last_case)
    if case is None or not case.state.is_open or len(re.findall(r"[^\W\d]{2,}", text)) < _WORDS_THAT_TELL:
        return None
    is_recent = heard.event.at - case.created_at <= _SAME_BREATH
    return case if is_recent or case.state is CaseState.PERLU_VERIFIKASI else None
