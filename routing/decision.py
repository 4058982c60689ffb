"""What is to be done with a text that was understood: one of six answers."""

from dataclasses import dataclass
from datetime import datetime

from models.domain.category import Category, Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTo:
    """Forward to a city agency. ``area`` names its office where it has one per kecamatan or kelurahan.

    ``beyond`` is the LUAR-* owner when the agency only coordinates (a provincial road). Times are aware UTC.
    """

    opd: str
    area: str | None
    beyond: str | None
    respond_due_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOurs:
    """Nobody in the city handles it; ``owner`` is the LUAR-* code of who does."""

    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPlace:
    """The place is missing, or its name stands for several; ``kecamatan`` are the ones still possible."""

    kecamatan: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCategory:
    """It is a complaint, but of what? ``options`` are the likeliest, best first."""

    options: tuple[Category, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandToTriage:
    """A person has to look at it; ``why`` is for officers."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JustAnswer:
    """No case: a greeting, thanks, a question, a wish to know how a report stands ..."""

    intent: Intent


Decision = RouteTo | NotOurs | AskPlace | AskCategory | HandToTriage | JustAnswer
