"""What a text was understood to mean, and on what evidence."""

from dataclasses import dataclass
from typing import Protocol

from models.domain.category import Category, Channel, Intent
from models.domain.place import NOWHERE, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words of the text, as they stand there, that led to ``field``."""

    field: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A category with the probability (0 to 1) that it is the right one."""

    category: Category
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoReported:
    """A second problem, or the same at a second place, in one message."""

    category: Category
    agency: str | None
    street: str | None
    kecamatan: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Everything that one text tells. Confidences are probabilities between 0 and 1.

    ``agency`` is the code that gets it; ``beyond`` the LUAR-* code of an owner outside the city, or None.
    """

    intent: Intent
    intent_confidence: float = 1.0
    category: Category | None = None
    category_confidence: float = 0.0
    category_top3: tuple[Guess, ...] = ()
    agency: str | None = None
    beyond: str | None = None
    place: Place = NOWHERE
    also: tuple[AlsoReported, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def emergency(self) -> bool:
        """Danger to life or a home, now."""
        return self.intent is Intent.EMERGENCY


class Understands(Protocol):
    """Anything that can tell what a text means: our own judgement, or a larger model behind the same door."""

    def understand(self, text: str, channel: Channel) -> Understanding:
        """Never raises for any text; an empty one is Intent.OTHER."""
        ...
