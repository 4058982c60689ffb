"""What a step of the talk is given, and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation.acts import ToDo
from bot.conversation.state import Talk
from bot.events import Event
from models.domain.case import Case
from models.domain.category import Category
from models.domain.place import Place
from routing.decision import Decision
from routing.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The open question, answered by this event: the case as it would then be, and what follows from it."""

    category: Category | None
    place: Place
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One event, understood.

    ``decision`` treats the text as a message of its own, ``answered`` as the answer to our open question (None
    without one), ``known_answer`` is what our data say to a question. ``own_cases`` are this citizen's, newest
    first, and ``followers`` counts the citizens behind each; ``fresh_number`` is the number that a new case would
    get. ``joins`` is the open case of other citizens that this report belongs to, ``others`` how many they are.
    """

    event: Event
    fresh_number: str
    own_cases: tuple[Case, ...] = ()
    understanding: Understanding | None = None
    decision: Decision | None = None
    known_answer: str | None = None
    answered: Answered | None = None
    joins: Case | None = None
    others: int = 0
    followers: Mapping[str, int] = field(default_factory=dict)
    with_photo: bool = False

    def followers_of(self, number: str) -> int:
        """How many citizens follow this citizen's own case."""
        return self.followers.get(number, 1)

    def own_case(self, number: str | None) -> Case | None:
        """The citizen's own case of that number; somebody else's is not found."""
        return next((case for case in self.own_cases if case.number == number), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The talk as it goes on, and what is to be done, in this order."""

    talk: Talk
    todo: tuple[ToDo, ...] = ()
