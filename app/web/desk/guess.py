"""What the bot makes of a case that it was unsure of, and to whom it would go by the rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.web.desk.frame import AtDesk
from bot.conversation.phrases.id import place_name
from models.domain.case import Case, CaseState
from models.domain.category import Channel
from models.store.case_lists import ON_HAND
from models.tables import HistoryRow
from routing.assign import assign_text

_SUGGESTED = re.compile(r"\(saran: ([A-Z0-9-]+)\)$")
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A category by name, and how likely it is, in percent."""

    title: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """``place`` is empty where the text names none. A guess is shown as a guess, with its confidence."""

    likely: tuple[Likely, ...]
    place: str
    place_percent: int


def guess(desk: AtDesk, text: str) -> Guess:
    """Understood anew, so that it is today's judgement and not that of the day the words came."""
    understood = desk.service.counsel.understands.understand(text, Channel.MESSENGER)
    return Guess(
        likely=tuple(
            Likely(title=desk.city.titles[one.category], percent=round(one.confidence * 100))
            for one in understood.category_top3[:_SHOWN]
            if one.confidence >= 0.01
        ),
        place=place_name(understood.place),
        place_percent=round(understood.place.confidence * 100),
    )


def suggested_agency(desk: AtDesk, case: Case, text: str, lines: Sequence[HistoryRow]) -> str:
    """The code to which a case would go: as the agency that returned it says, else by the rules; never back to it."""
    returned_by = case.opd if case.state is CaseState.BUKAN_KEWENANGAN else None
    if returned_by and (said := _said_by_agency(lines)) in desk.city.opds:
        return said
    if case.category is None:
        return ""
    rules = desk.service.counsel.rules
    agency = assign_text(case.category, case.place, text, rules, emergency=case.emergency).agency
    return "" if agency in {returned_by, _has_it(case)} else agency


def _has_it(case: Case) -> str | None:
    """The agency that works on it already."""
    return case.opd if case.state in ON_HAND else None


def _said_by_agency(lines: Sequence[HistoryRow]) -> str:
    returned = [line for line in lines if line.to_state == CaseState.BUKAN_KEWENANGAN]
    found = _SUGGESTED.search(returned[-1].note) if returned else None
    return found.group(1) if found else ""
