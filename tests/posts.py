"""What Facebook posts about citizens who write to the Page, as short to write as to read."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.messenger.split import split
from models.domain.inbox import Item

PAGE = "1234567890"
SECRET = "app-secret-of-the-tests"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
Json = dict[str, Any]


def after(seconds: float) -> datetime:
    """So long after noon."""
    return NOON + timedelta(seconds=seconds)


def wrote(psid: str, text: str, *, mid: str, at: datetime = NOON) -> Json:
    """An element of ``messaging``: a citizen wrote a text."""
    return {
        "sender": {"id": psid},
        "recipient": {"id": PAGE},
        "timestamp": int(at.timestamp() * 1000),
        "message": {"mid": mid, "text": text},
    }


def body_of(*messaging: Json) -> bytes:
    entries = [{"id": PAGE, "time": one["timestamp"], "messaging": [one]} for one in messaging]
    return json.dumps({"object": "page", "entry": entries}).encode()


def items_of(*messaging: Json) -> list[Item]:
    return split(body_of(*messaging), page_id=PAGE)


def item(psid: str, text: str, *, mid: str, at: datetime = NOON) -> Item:
    return items_of(wrote(psid, text, mid=mid, at=at))[0]


def signed(body: bytes) -> dict[str, str]:
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)
