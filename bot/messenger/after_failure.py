"""What follows when a word was not sent. Pure: the clock and the dice are passed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.messenger.errors import Consequence, SendFailed

QUICK_TRIES: Final = 4
"""Most troubles pass in seconds; what outlasts these tries is worth minutes, then hours."""

QUICK: Final = 2.0
SLOW: Final = 300.0
SLOWEST: Final = 2 * 3600.0

BEFORE_LOOKING: Final = 10.0
"""Seconds until a send whose answer was lost can be seen in the thread."""


@dataclass(frozen=True, slots=True)
class TryAgainAt:
    """The same word, the ladder asked anew, not before ``at``."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CheckThenTry:
    """Not before ``at`` look for our own text; only when it was looked for and is not there, try again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class NextWay:
    """Remember this way as refused for this word and take the next rung, or hold the word."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The word failed; the desk shows it."""


@dataclass(frozen=True, slots=True)
class StopEverything:
    """Send nothing more on this channel and raise the alarm; the word waits and its try does not count.

    ``until``: look again then; None: when a person has repaired it.
    """

    until: datetime | None = None


Aftermath = TryAgainAt | CheckThenTry | NextWay | GiveUp | StopEverything


def after_failure(error: SendFailed, *, tries: int, at: datetime, jitter: float) -> Aftermath:
    """``tries`` made so far, this one included (>= 1); ``jitter`` an even chance from 0 to 1."""
    match error.consequence:
        case Consequence.FINAL:
            return GiveUp()
        case Consequence.NEXT_WAY:
            return NextWay()
        case Consequence.STOP:
            return StopEverything(until=None if error.wait is None else at + timedelta(seconds=error.wait))
        case Consequence.RETRY | Consequence.IN_DOUBT if tries >= error.most_tries:
            return GiveUp()
        case Consequence.RETRY | Consequence.IN_DOUBT:
            return _later(error, tries=tries, at=at, jitter=jitter)


def pause(tries: int, jitter: float) -> float:
    """Seconds: full jitter under a cap that doubles from 2 s, then from 5 min, up to 2 h."""
    slow = tries > QUICK_TRIES
    first, doublings = (SLOW, tries - QUICK_TRIES - 1) if slow else (QUICK, tries - 1)
    return jitter * min(first * 2.0 ** min(doublings, 16), SLOWEST)


def _later(error: SendFailed, *, tries: int, at: datetime, jitter: float) -> TryAgainAt | CheckThenTry:
    least = max(error.wait or 0.0, BEFORE_LOOKING if error.look_first else 1.0)
    # Above what we were told to wait everybody gets a moment of their own, else all come back at once.
    then = at + timedelta(seconds=least + pause(tries, jitter))
    return CheckThenTry(then) if error.look_first else TryAgainAt(then)
