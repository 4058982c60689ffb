"""One item of what Facebook posted, after it was split out and before it is understood."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ItemKind(StrEnum):
    """What an item counts as; every item is exactly one of these."""

    MESSAGE = "messages"
    MESSAGE_OTHER_PAGE = "messages_other_page"
    POSTBACK = "postbacks"
    EDIT = "edits"
    REMOVE = "removes"
    MODERATION = "moderation"
    COMMENT = "comments"
    VISITOR_POST = "visitor_posts"
    MENTION = "mentions"
    STATUS_EVENT = "status_events"
    IGNORED = "ignored"
    NOT_UNDERSTOOD = "not_understood"


class ItemState(StrEnum):
    """Where an item stands on its way through the worker."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``key`` is what makes it the same item when Facebook sends it again.

    ``conversation`` names whose turn it is (a page-scoped id, or ``comment:<id>`` where the author is
    missing) and is None when nobody has to do anything about it; ``happened_at`` is Facebook's time in UTC,
    None where Facebook told none; ``body`` is the item's own JSON (or the whole body when it could not be split).
    """

    key: str
    kind: ItemKind
    conversation: str | None
    happened_at: datetime | None
    body: bytes
