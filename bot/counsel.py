"""What the talk needs to know of the city: one value, made by app.wiring and handed down."""

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.names import CityNames
from models.domain.category import Category
from models.domain.place import Place
from routing.answers import Answers
from routing.assign import Rules
from routing.decide import decide, decide_case
from routing.decision import Decision, HandToTriage
from routing.understanding import Understanding, Understands


@dataclass(frozen=True, slots=True, kw_only=True)
class Counsel:
    """Understanding, rules, answers and names of the city.

    ``live_since``: what stood on the page before that time is left in peace; None answers everything.
    """

    understands: Understands
    rules: Rules
    answers: Answers
    city: CityNames
    live_since: datetime | None = None

    def decide(self, understanding: Understanding, *, at: datetime) -> Decision:
        return decide(understanding, at=at, rules=self.rules)

    def decide_again(
        self, *, category: Category | None, place: Place, emergency: bool, text: str, at: datetime
    ) -> Decision:
        """What follows now that a slot is filled; whether another question may be asked is the talk's to say."""
        if category is None:
            return HandToTriage(why="jenis masalah belum jelas")
        return decide_case(
            category=category,
            place=place,
            emergency=emergency,
            text=text,
            at=at,
            rules=self.rules,
            questions_left=True,
        )
