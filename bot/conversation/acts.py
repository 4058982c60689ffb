"""What a step of the talk wants done: values that bot.handle carries out in one transaction."""

from dataclasses import dataclass

from models.domain.case import CaseState
from models.domain.category import Category, Channel
from models.domain.outgoing import Choice
from models.domain.place import Place
from routing.decision import Decision
from routing.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """Make a case of these words. ``comment_id`` and ``answer_under`` where they stood on the page."""

    number: str
    text: str
    channel: Channel
    understanding: Understanding
    decision: Decision
    comment_id: str | None = None
    answer_under: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """The same citizen said more about a case that there is."""

    number: str
    text: str
    channel: Channel
    comment_id: str | None = None
    answer_under: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteCase:
    """The citizen's answer filled a slot."""

    number: str
    category: Category | None
    place: Place
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCase:
    """The citizen corrected what we understood; the number stays."""

    number: str
    category: Category | None
    place: Place
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """The citizen takes their report back; others who reported the same go on."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCase:
    """The citizen cancels, confirms or reopens."""

    number: str
    to: CaseState
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A word in Messenger. ``because`` is its reason in the outbox."""

    text: str
    because: str
    choices: tuple[Choice, ...] = ()
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SayUnder:
    """A public reply under a comment or post: number and state, never anything personal."""

    text: str
    under: str
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SayPrivately:
    """The one private reply to a comment or post."""

    text: str
    under: str
    choices: tuple[Choice, ...] = ()
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellTriage:
    """A word at the desk for the people who answer what the bot cannot."""

    text: str
    because: str
    number: str | None = None


ToDo = (
    OpenCase
    | AddReport
    | CompleteCase
    | ChangeCase
    | Withdraw
    | MoveCase
    | Say
    | SayUnder
    | SayPrivately
    | TellTriage
)
