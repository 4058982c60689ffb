"""One POST of Facebook's -> its items, each to be kept as one row. Pure, never raises, reads only keys.

An item's body is all that `parse` needs later: {"entry": {"id", "time"}, "via": "messaging", "item": {...}}.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.messenger.identify import NOT_UNDERSTOOD, Identity, Json, digest, id_of, in_changes, in_messaging
from models.domain.inbox import Item, ItemKind

_VIA = ("messaging", "standby", "changes")
_ENVELOPE = frozenset({"id", "time", "uid", *_VIA})
_LONGEST_KEY = 200
_compact = json.JSONEncoder(separators=(",", ":")).encode


def split(body: bytes, *, page_id: str) -> list[Item]:
    """Every element of every entry, in the order they came; a body without entries is kept whole."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return [_kept_whole(body)]
    if not isinstance(document, dict) or not isinstance(document.get("entry"), list):
        return [_kept_whole(body)]
    items = []
    for entry, via, item in _elements(document["entry"]):
        try:
            items.append(_item(entry, via, item, page_id))
        except (ValueError, RecursionError):
            # Too deep to be written again: the whole body is kept beside the items that could be read.
            items.append(_kept_whole(body))
    return items


def split_again(kept: bytes, *, page_id: str) -> list[Item]:
    """The items of a kept body, as they are understood today: for a replay after a repair."""
    try:
        document = json.loads(kept)
    except (ValueError, RecursionError):
        return [_kept_whole(kept)]
    if not _is_kept_item(document):
        return split(kept, page_id=page_id)
    try:
        return [_item(document["entry"], document["via"], document["item"], page_id)]
    except (ValueError, RecursionError):
        return [_kept_whole(kept)]


def utc(value: object) -> datetime | None:
    """Facebook's times: seconds in the feed, milliseconds in messages, strings in samples, ISO in Graph."""
    try:
        if isinstance(value, str) and not value.strip().isdecimal():
            return _aware(datetime.fromisoformat(value.strip()))
        if not isinstance(value, int | float | str) or isinstance(value, bool):
            return None
        number = float(value)
        # 1e11 seconds is the year 5138, 1e11 milliseconds is 1973: no time of Facebook's lies between.
        return datetime.fromtimestamp(number if number < 1e11 else number / 1000, UTC) if number > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _is_kept_item(document: object) -> bool:
    if not isinstance(document, dict) or document.keys() != {"entry", "via", "item"}:
        return False
    return isinstance(document["entry"], dict) and document["via"] in (*_VIA, "entry")


def _elements(entries: list[Any]) -> Iterator[tuple[Json, str, Any]]:
    for entry in entries:
        if not isinstance(entry, dict):
            yield {}, "entry", entry
            continue
        for via in _VIA:
            found = entry.get(via)
            if found is not None:
                for item in found if isinstance(found, list) else [found]:
                    yield entry, via, item
        if not any(via in entry for via in _VIA) and entry.keys() - _ENVELOPE:
            yield entry, "entry", entry


def _item(entry: Json, via: str, item: Any, page_id: str) -> Item:  # noqa: ANN401
    told = {"id": entry.get("id"), "time": entry.get("time")}
    identity = _identify(id_of(told["id"]), via, item, page_id)
    return Item(
        key=_short(identity.key or f"{via}:{told['id']}:{digest(item)}"),
        kind=identity.kind,
        conversation=identity.conversation,
        happened_at=utc(identity.told_at) or utc(told["time"]),
        body=_compact({"entry": told, "via": via, "item": item}).encode(),
    )


def _identify(entry_id: str | None, via: str, item: object, page_id: str) -> Identity:
    if entry_id != page_id and isinstance(item, dict):
        return _of_other_page(entry_id or "", via, item)
    if via == "entry" or not isinstance(item, dict):
        return NOT_UNDERSTOOD if entry_id in (None, page_id) else Identity(ItemKind.MESSAGE_OTHER_PAGE)
    if via == "changes":
        return in_changes(item, page_id)
    identity = in_messaging(item, page_id)
    # Standby: another app has the thread. Recorded, never answered; in both lists it is the same thing.
    return identity if via == "messaging" else identity._replace(kind=ItemKind.IGNORED, conversation=None)


def _of_other_page(entry_id: str, via: str, item: Json) -> Identity:
    of_theirs = in_changes(item, entry_id) if via == "changes" else in_messaging(item, entry_id)
    # Their keys never meet ours: what is kept as theirs must not hide the same thing when it is ours.
    key = f"other:{entry_id}:{of_theirs.key or digest(item)}"
    return Identity(ItemKind.MESSAGE_OTHER_PAGE, key, None, of_theirs.told_at)


def _kept_whole(body: bytes) -> Item:
    key = f"body:{hashlib.sha256(body).hexdigest()}"
    return Item(key=key, kind=ItemKind.NOT_UNDERSTOOD, conversation=None, happened_at=None, body=body)


def _short(key: str) -> str:
    """As it is, unless a column could not keep it: too long, or letters that no id of Facebook's has."""
    if len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable():
        return key
    what, _, _ = key.partition(":")
    return f"{what}:{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
