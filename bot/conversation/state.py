"""What we remember of a talk between two messages."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Slot(StrEnum):
    """What we asked for."""

    PLACE = "place"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question that waits for its answer: which slot, of which case."""

    slot: Slot
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """``introduced``: we said that we are a bot. ``last_case``: the number that "batal" or a photo belongs to."""

    introduced: bool = False
    asking: Asking | None = None
    last_case: str | None = None


def to_json(talk: Talk) -> dict[str, Any]:
    asking = {"slot": talk.asking.slot.value, "number": talk.asking.number} if talk.asking else None
    return {"v": 1, "introduced": talk.introduced, "asking": asking, "last_case": talk.last_case}


def from_json(kept: dict[str, Any]) -> Talk:
    """The talk as it was kept; an empty dict is a talk that has not begun."""
    asking = kept.get("asking")
    return Talk(
        introduced=bool(kept.get("introduced")),
        asking=Asking(slot=Slot(asking["slot"]), number=asking["number"]) if asking else None,
        last_case=kept.get("last_case"),
    )
