"""A case as one card of a list."""

from dataclasses import dataclass
from datetime import datetime

from app.web.desk import words
from bot import group_card
from bot.conversation.names import CityNames
from bot.conversation.phrases.id import place_name
from models.domain.case import Case, CaseState

#: Less than this share of its time left, a case turns yellow, then orange.
_HALF, _FIFTH = 0.5, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """``tone`` is the colour of the deadline's pill; ``deadline`` says the same in words.

    ``due_day`` is None where the words name the day already.
    """

    number: str
    label: str
    place: str
    opd: str
    standing: str
    deadline: str
    due_day: datetime | None
    tone: str
    citizens: int
    is_urgent: bool
    is_done: bool


def as_card(case: Case, *, citizens: int, city: CityNames, at: datetime) -> CaseCard:
    is_done = case.state is CaseState.SELESAI
    runs = None if is_done else case.due_at
    return CaseCard(
        number=case.number,
        label=city.label(case.category),
        place=place_name(case.place),
        opd=city.opd(case.opd),
        standing=group_card.standing(case),
        deadline=words.deadline(runs, at) if runs else "",
        due_day=runs if runs and not words.is_same_day(runs, at) else None,
        tone=tone(case.created_at, runs, at, hurries=case.emergency) if runs else "",
        citizens=max(1, citizens),
        is_urgent=case.emergency and not is_done,
        is_done=is_done,
    )


def tone(since: datetime, due_at: datetime, at: datetime, *, hurries: bool = False) -> str:
    """Green, yellow, orange and red, by the share of its time that a case has left; what hurries is never green."""
    if at >= due_at:
        return "bad"
    left = (due_at - at) / (due_at - since) if due_at > since else 0.0
    if left < _FIFTH:
        return "late"
    return "warn" if hurries or left < _HALF else "ok"
