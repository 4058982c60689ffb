"""What our buttons send back: typed, with a version, and never trusted (anybody can forge a payload)."""

import re
from dataclasses import dataclass
from enum import StrEnum

_PAYLOAD = re.compile(r"v1:([a-z_]+):(PKU-[0-9A-Z]{5,6})(?::([\w .-]{1,60}))?")


class Act(StrEnum):
    """What a button does: a citizen's, and (from ``ACCEPT`` on) an officer's."""

    CANCEL = "batal"
    RIGHT = "benar"
    CHANGE_PLACE = "ubah_lokasi"
    CHANGE_CATEGORY = "ubah_masalah"
    PLACE = "tempat"
    CATEGORY = "masalah"
    FIXED = "sudah"
    NOT_FIXED = "belum"
    ACCEPT = "terima"
    START = "mulai"
    FINISH = "selesai"
    NOT_OURS = "bukan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """``choice`` is what was chosen: a kecamatan or a category code."""

    act: Act
    number: str
    choice: str = ""

    def payload(self) -> str:
        """At most 64 bytes for an officer's button: Telegram takes no more."""
        return ":".join(part for part in ("v1", self.act.value, self.number, self.choice) if part)


def read_tap(payload: str) -> Tap | None:
    """The tap behind a payload, or None for anything that we did not make."""
    found = _PAYLOAD.fullmatch(payload)
    if found is None or found.group(1) not in {act.value for act in Act}:
        return None
    return Tap(act=Act(found.group(1)), number=found.group(2), choice=found.group(3) or "")
