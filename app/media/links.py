"""Short-lived addresses of kept photos: whoever has one sees that photo, until it expires, and nothing else."""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import Final

from app.settings import Settings

FOR_AN_ALERT: Final = timedelta(hours=24)
FOR_A_PAGE: Final = timedelta(hours=1)
_TOKEN = re.compile(r"(\d{1,18})-(\d{1,12})-([0-9a-f]{40})", re.ASCII)


def photo_link(settings: Settings, media_id: int, *, lives: timedelta, at: datetime) -> str:
    """The whole address, for use until ``at`` + ``lives``."""
    expires = int((at + lives).timestamp())
    token = f"{media_id}-{expires}-{_signature(settings.signing_key(), media_id, expires)}"
    return f"{settings.public_url.rstrip('/')}/m/{token}.jpg"


def photo_behind(settings: Settings, token: str, *, at: datetime) -> int | None:
    """The photo's id, or None for a link that is forged or over."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    media_id, expires = int(found[1]), int(found[2])
    expected = _signature(settings.signing_key(), media_id, expires)
    if not hmac.compare_digest(found[3], expected) or at.timestamp() >= expires:
        return None
    return media_id


def _signature(key: bytes, media_id: int, expires: int) -> str:
    return hmac.new(key, f"photo:{media_id}:{expires}".encode(), hashlib.sha256).hexdigest()[:40]
