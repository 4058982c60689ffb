"""A case's words read together with an answer, since each explains the other."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.conversation.heard import Answered
from bot.conversation.state import Asking, Slot
from bot.counsel import Counsel
from models.domain.case import Case
from models.domain.category import Category, Channel
from models.domain.place import Place
from models.store import reports


def read_together(
    session: Session,
    case: Case,
    category: Category | None,
    answer: str,
    counsel: Counsel,
    *,
    at: datetime,
    asking: Asking | None = None,
) -> Answered:
    """The case as the answer makes it, and what follows. ``answer`` may be empty: then the category is new."""
    words = [report.text for report in reports.of_case(session, case.id) if report.text]
    told = ", ".join(part for part in (*words, answer) if part)
    place = _place(case, told, answer, counsel, asking)
    decision = counsel.decide_again(
        category=category, place=place, emergency=case.emergency, text=told, at=at
    )
    return Answered(category=category, place=place, decision=decision)


def _place(case: Case, told: str, answer: str, counsel: Counsel, asking: Asking | None) -> Place:
    if asking is None or not asking.changes:
        return counsel.understands.understand(told, Channel.MESSENGER).place
    if asking.slot is Slot.CATEGORY:
        return case.place
    # What was wrong must not be read again together with what is right.
    return counsel.understands.understand(answer, Channel.MESSENGER).place
