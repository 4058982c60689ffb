"""Whether an officer's own words may go to a citizen now: Facebook's rules, asked before somebody writes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.messenger.window import OFFICER, STANDARD, Reach, lawful_way
from models.domain.outgoing import Audience, Way, Word
from models.store.case_views import Reporter


class Window(StrEnum):
    """How far the messaging window stands open. ``UNKNOWN``: this citizen only ever wrote on the page."""

    OPEN = "open"
    OFFICER = "officer"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reachable:
    """``until``: when the window as it stands closes."""

    window: Window
    until: datetime | None

    @property
    def is_open(self) -> bool:
        return self.window in {Window.OPEN, Window.OFFICER}


_REPLY = Word(
    to=Audience.CITIZEN,
    recipient="",
    way=Way.MESSENGER,
    text="",
    because="reply",
    about="",
    by_officer=True,
)
_WINDOWS = {Way.MESSENGER: (Window.OPEN, STANDARD), Way.HUMAN_AGENT: (Window.OFFICER, OFFICER)}


def reach_of(citizen: Reporter, at: datetime) -> Reachable:
    """Asked of the same ladder that chooses the way when the words are sent."""
    if citizen.psid is None or citizen.last_act_at is None:
        return Reachable(window=Window.UNKNOWN, until=None)
    reach = Reach(psid=citizen.psid, last_act_at=citizen.last_act_at)
    way = lawful_way(_REPLY, reach, at)
    if way not in _WINDOWS:
        return Reachable(window=Window.CLOSED, until=None)
    window, lasts = _WINDOWS[way]
    return Reachable(window=window, until=citizen.last_act_at + lasts)
