"""A case as one card of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.web.desk import deeds, words
from app.web.desk.deeds import Deed
from app.web.desk.frame import AtDesk
from bot import group_card
from bot.conversation.names import CityNames
from bot.conversation.phrases.id import place_name
from models.domain.case import Case, CaseState
from models.store import case_lists
from models.store.case_lists import MANY_BOUNCES, Counted

#: Less than this share of its time left, a case turns yellow, then orange.
_HALF, _FIFTH = 0.5, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """``tone`` is the colour of the deadline's pill; ``deadline`` says the same in words.

    ``due_day`` is None where the words name the day already. ``bounces`` is how often agencies refused it, 0 while
    that is nothing to worry about. ``version`` goes with a form. ``can_direct``: the mayor can say a word here.
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
    is_open: bool
    bounces: int
    version: int
    can_direct: bool


def cards(session: Session, desk: AtDesk, found: Sequence[Case]) -> tuple[CaseCard, ...]:
    """The cards of these cases, in their order."""
    counted = case_lists.counted(session, desk.visitor.scope, found)
    return tuple(
        as_card(
            case,
            counted.get(case.id, Counted()),
            city=desk.city,
            at=desk.at,
            can_direct=deeds.is_possible(Deed.DIRECT, case, desk.visitor.role),
        )
        for case in found
    )


def as_card(
    case: Case, counted: Counted, *, city: CityNames, at: datetime, can_direct: bool = False
) -> CaseCard:
    runs = case.due_at if case.state in case_lists.ON_HAND else None
    return CaseCard(
        number=case.number,
        label=city.label(case.category),
        place=place_name(case.place),
        opd=city.opd(case.opd),
        standing=group_card.standing(case),
        deadline=words.deadline(runs, at) if runs else "",
        due_day=runs if runs and not words.is_same_day(runs, at) else None,
        tone=tone(case.created_at, runs, at, hurries=case.emergency) if runs else "",
        citizens=counted.citizens,
        is_urgent=case.emergency and case.state.is_open,
        is_done=case.state in {CaseState.SELESAI, CaseState.DITUTUP},
        is_open=case.state.is_open,
        bounces=counted.bounces if counted.bounces >= MANY_BOUNCES else 0,
        version=counted.version,
        can_direct=can_direct,
    )


def tone(since: datetime, due_at: datetime, at: datetime, *, hurries: bool = False) -> str:
    """Green, yellow, orange and red, by the share of its time that a case has left; what hurries is never green."""
    if at >= due_at:
        return "bad"
    left = (due_at - at) / (due_at - since) if due_at > since else 0.0
    if left < _FIFTH:
        return "late"
    return "warn" if hurries or left < _HALF else "ok"
