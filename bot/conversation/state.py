"""What we remember of a talk between two messages."""

from dataclasses import dataclass
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

    ``changes``: the citizen said that what we had understood of it was wrong.
    """

    number: str
    slot: Slot
    before: tuple[Slot, ...] = ()
    changes: bool = False

    def may_ask(self, slot: Slot) -> bool:
        """Never the same twice, never a third."""
        asked = (*self.before, self.slot)
        return slot not in asked and len(asked) < MOST_QUESTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """``introduced``: we said that we are a bot. ``last_case``: the number that "batal" or a photo belongs to.

    ``with_officer``: a person was asked for, so what is no report is passed on. ``misses`` counts messages in a row
    that we did not understand: after two a person is offered.
    """

    introduced: bool = False
    asking: Asking | None = None
    last_case: str | None = None
    with_officer: bool = False
    misses: int = 0


def to_json(talk: Talk) -> dict[str, Any]:
    return {
        "v": 1,
        "introduced": talk.introduced,
        "asking": _asking_to_json(talk.asking) if talk.asking else None,
        "last_case": talk.last_case,
        "with_officer": talk.with_officer,
        "misses": talk.misses,
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
    )


def _asking_to_json(asking: Asking) -> dict[str, Any]:
    return {
        "number": asking.number,
        "slot": asking.slot.value,
        "before": [slot.value for slot in asking.before],
        "changes": asking.changes,
    }


def _asking_from_json(kept: dict[str, Any]) -> Asking:
    before = tuple(Slot(slot) for slot in kept["before"])
    changes = bool(kept.get("changes"))
    return Asking(number=kept["number"], slot=Slot(kept["slot"]), before=before, changes=changes)
