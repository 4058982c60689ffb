"""Which way a word may lawfully go to a citizen, at the moment of sending. Pure, and the only such place.

The ladder for a word that is not bound to a comment, from Facebook's rules (Send messages, Policy, Private
replies) as of autumn 2026:
 1. within 24 hours of the citizen's last act in Messenger: a normal message;
 2. within 7 days of it, when an officer wrote the words: the same with the tag HUMAN_AGENT;
 3. at any age, for a status: an approved utility template, where the Page has one;
 4. when the complaint was a comment and the word has a form for the public (number and state only): that;
 5. else nothing: the word is held until the citizen writes next.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from models.domain.outgoing import Audience, Way, Word

MARGIN: Final = timedelta(minutes=5)
"""A word that leaves in time must also arrive in time, by a clock that is not ours."""

STANDARD: Final = timedelta(hours=24) - MARGIN
OFFICER: Final = timedelta(days=7) - MARGIN
PRIVATE_REPLY: Final = timedelta(days=7) - MARGIN

STATUS: Final = "status"
"""The reason of words that tell how a case stands: what a utility template is for."""

BOUND_TO_COMMENT: Final = frozenset({Way.PRIVATE_REPLY, Way.PUBLIC_REPLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What we know of the ways to one citizen.

    ``last_act_at`` is the last act that opens the messaging window (a message, a tap, a reaction to a
    message, an m.me link into the thread; never a comment, an echo, a delivery or a read). ``under`` is the
    comment or post that the rest of ``under_*`` and ``private_reply_used`` are about, ``under_at`` Facebook's
    own time of it (None: no private reply, for it may be too old), ``under_gone``: it was removed.
    ``human_agent`` and ``utility``: what the Page was granted. ``refused``: ways that Facebook has closed for
    this very word already.
    """

    psid: str | None = None
    last_act_at: datetime | None = None
    under: str | None = None
    under_at: datetime | None = None
    under_gone: bool = False
    private_reply_used: bool = False
    human_agent: bool = True
    utility: bool = False
    refused: frozenset[Way] = frozenset()


def lawful_way(word: Word, reach: Reach, at: datetime) -> Way | None:
    """The highest open rung, None to hold the word until the citizen writes next."""
    if word.to is not Audience.CITIZEN:
        return word.way
    rungs = (way for way, is_open in _rungs(word, reach, at) if is_open and way not in reach.refused)
    return next(rungs, None)


def window_open(reach: Reach, at: datetime) -> bool:
    """Whether a normal message may go."""
    return _within(STANDARD, reach.last_act_at, at) and reach.psid is not None


def _rungs(word: Word, reach: Reach, at: datetime) -> tuple[tuple[Way, bool], ...]:
    status = word.because == STATUS
    sayable = word.way is Way.PUBLIC_REPLY or word.in_public is not None
    public = (Way.PUBLIC_REPLY, sayable and _commentable(word, reach))
    if word.way is Way.PUBLIC_REPLY:
        return (public,)
    direct = (
        (Way.MESSENGER, window_open(reach, at)),
        (Way.HUMAN_AGENT, word.by_officer and reach.human_agent and _officer_window(reach, at)),
        (Way.UTILITY, status and reach.utility and reach.psid is not None),
    )
    if word.way is Way.PRIVATE_REPLY:
        # Its details were meant for one person, so it never becomes public.
        return ((Way.PRIVATE_REPLY, _private_reply_open(word, reach, at)), *direct)
    return (*direct, public)


def _private_reply_open(word: Word, reach: Reach, at: datetime) -> bool:
    young = reach.under == word.under and _within(PRIVATE_REPLY, reach.under_at, at)
    return young and not reach.private_reply_used and _commentable(word, reach)


def _officer_window(reach: Reach, at: datetime) -> bool:
    return _within(OFFICER, reach.last_act_at, at) and reach.psid is not None


def _commentable(word: Word, reach: Reach) -> bool:
    return word.under is not None and not (reach.under_gone and reach.under == word.under)


def _within(span: timedelta, since: datetime | None, at: datetime) -> bool:
    return since is not None and at - since < span
