"""What we remember of a talk between two messages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

MOST_QUESTIONS = 2


class Slot(StrEnum):
    """What we asked for."""

    PLACE = "place"
    KECAMATAN = "kecamatan"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question that waits for its answer: of which case, for which slot, and what was asked before.

    ``changes``: the citizen said that what we had understood of it was wrong. ``vague`` counts the answers that did
    not help: people write in half sentences, so the first is waited out, after the second a person has the case.
    """

    number: str
    slot: Slot
    before: tuple[Slot, ...] = ()
    changes: bool = False
    vague: int = 0

    def may_ask(self, slot: Slot) -> bool:
        """Never the same twice, never a third."""
        asked = (*self.before, self.slot)
        return slot not in asked and len(asked) < MOST_QUESTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A place on the map that came without words, and when."""

    lat: float
    lon: float
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """``introduced``: we said that we are a bot. ``last_case``: the number that "batal" or a photo belongs to.

    ``with_officer``: a person was asked for, so what is no report is passed on. ``misses`` counts messages in a row
    that we did not understand: after two a person is offered. ``pin`` waits for the words that it belongs to.
    """

    introduced: bool = False
    asking: Asking | None = None
    last_case: str | None = None
    with_officer: bool = False
    misses: int = 0
    pin: Pin | None = None


def to_json(talk: Talk) -> dict[str, Any]:
    return {
        "v": 1,
        "introduced": talk.introduced,
        "asking": _asking_to_json(talk.asking) if talk.asking else None,
        "last_case": talk.last_case,
        "with_officer": talk.with_officer,
        "misses": talk.misses,
        "pin": [talk.pin.lat, talk.pin.lon, talk.pin.at.isoformat()] if talk.pin else None,
    }


def from_json(kept: dict[str, Any]) -> Talk:
    """The talk as it was kept; an empty dict is a talk that has not begun."""
    asking = kept.get("asking")
    return Talk(
        introduced=bool(kept.get("introduced")),
        asking=_asking_from_json(asking) if asking else None,
        last_case=kept.get("last_case"),
        with_officer=bool(kept.get("with_officer")),
        misses=int(kept.get("misses", 0)),
        pin=_pin_from_json(kept.get("pin")),
    )


def _asking_to_json(asking: Asking) -> dict[str, Any]:
    return {
        "number": asking.number,
        "slot": asking.slot.value,
        "before": [slot.value for slot in asking.before],
        "changes": asking.changes,
        "vague": asking.vague,
    }


def _pin_from_json(kept: list[Any] | None) -> Pin | None:
    return Pin(lat=kept[0], lon=kept[1], at=datetime.fromisoformat(kept[2])) if kept else None


def _asking_from_json(kept: dict[str, Any]) -> Asking:
    before = tuple(Slot(slot) for slot in kept["before"])
    return Asking(
        number=kept["number"],
        slot=Slot(kept["slot"]),
        before=before,
        changes=bool(kept.get("changes")),
        vague=int(kept.get("vague", 0)),
    )
