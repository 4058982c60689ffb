"""An outgoing word: to whom, why, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Audience(StrEnum):
    """Who hears it."""

    CITIZEN = "citizen"
    OPD = "opd"
    STAFF = "staff"


class Way(StrEnum):
    """The way a word goes; for citizens it is chosen only when it is sent."""

    MESSENGER = "messenger"
    PRIVATE_REPLY = "private_reply"
    PUBLIC_REPLY = "public_reply"
    UTILITY = "utility"
    HUMAN_AGENT = "human_agent"
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    PUSH = "push"
    DESK = "desk"


class WordState(StrEnum):
    """How far a word has come.

    ``IN_DOUBT``: it may have arrived, the answer is missing. ``HELD``: there is no lawful way now.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    IN_DOUBT = "in_doubt"
    FAILED = "failed"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A quick reply or a button: its title (at most 20 characters) and what its tap sends back."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What is to be said. ``choices`` are quick replies for a citizen, buttons for a group.

    ``recipient`` is a conversation's key for citizens, ``chat`` or ``chat#topic`` for a group, a staff id for staff.
    ``under`` is the comment (or post) that a public or private reply belongs to, written at ``under_at``.
    ``in_public``: the same without anything personal, for use under a comment when Messenger is closed; None
    where it must never be public. ``by_officer``: a person wrote it.
    ``because`` is the reason ("receipt", "status", "answer" ...) and ``about`` makes it unique together with
    the recipient: the same word for the same reason is never put twice.
    ``case_version`` is how often the case had changed when the words were made. ``media_id``: a photo goes along,
    and the text is its caption.
    """

    to: Audience
    recipient: str
    way: Way
    text: str
    because: str
    about: str
    choices: tuple[Choice, ...] = ()
    under: str | None = None
    under_at: datetime | None = None
    in_public: str | None = None
    by_officer: bool = False
    case_id: int | None = None
    case_version: int = 0
    media_id: int | None = None
