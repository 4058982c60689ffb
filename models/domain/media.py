"""What citizens send along with their words: a photo's way from their link to our own picture of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MediaState(StrEnum):
    """``NOTED``: a video, a voice or a file; that it exists is all that is kept of it.

    ``REFUSED``: it is not what we take (no photo, too large, a link to elsewhere). ``FAILED``: it was not to be had.
    """

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"
    FAILED = "failed"
    NOTED = "noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One thing that was attached: which ``part`` of its item it was, and when Facebook says it was sent."""

    part: int
    kind: str
    url: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Our own picture of a photo: where it lies under MEDIA_DIR, and where the camera says it was taken."""

    file: str
    width: int
    height: int
    sha256: str
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo that is kept, of a case or still of none."""

    id: int
    picture: Picture
    conversation: str
    sent_at: datetime
