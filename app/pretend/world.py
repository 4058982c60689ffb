"""The pretend world as it is now: every value by its id, a clock that can be moved forward, and new ids."""

import itertools
import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from app.pretend.state import Citizen, Comment, GraphCall, Group, GroupMessage, Message, Post, Press

CALLS_KEPT = 2000


def _numbers() -> Iterator[int]:
    # Ids start where this run starts, so that a service whose database outlived the last run never meets
    # a message id it has seen before and rightly ignores.
    return itertools.count(int(datetime.now(UTC).timestamp()) * 1000)


@dataclass(slots=True)
class World:
    """Plain dictionaries of frozen values. Only `acts.py`, `graph_sends.py` and `groups.py` change them."""

    page_id: str
    page_name: str
    citizens: dict[str, Citizen] = field(default_factory=dict)
    threads: dict[str, list[Message]] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    group_messages: dict[int, list[GroupMessage]] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    calls: deque[GraphCall] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))
    uploads: dict[str, bytes] = field(default_factory=dict)
    moved: timedelta = timedelta()
    numbers: Iterator[int] = field(default_factory=_numbers)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def new_number(self) -> int:
        return next(self.numbers)

    def new_mid(self) -> str:
        return f"m_{self.new_number()}{secrets.token_urlsafe(24)}"

    def keep_citizen(self, psid: str, **changes: object) -> Citizen:
        """Change what is known of a citizen; one that nobody met before gets a plain name."""
        known = self.citizens.get(psid) or Citizen(psid=psid, name=f"Warga {psid[-4:]}")
        self.citizens[psid] = replace(known, **changes)  # type: ignore[arg-type]
        self.threads.setdefault(psid, [])
        return self.citizens[psid]

    def add_message(self, message: Message) -> Message:
        self.threads.setdefault(message.psid, []).append(message)
        return message

    def message(self, psid: str, mid: str) -> Message | None:
        return next((one for one in self.threads.get(psid, []) if one.mid == mid), None)

    def put_message(self, changed: Message) -> Message:
        thread = self.threads[changed.psid]
        self.threads[changed.psid] = [changed if one.mid == changed.mid else one for one in thread]
        return changed

    def full_post_id(self, post_id: str) -> str:
        """Facebook names a post with and without the page before it; the world keeps the long form."""
        return post_id if post_id in self.posts else f"{self.page_id}_{post_id}"

    def last_page_comment(self) -> Comment | None:
        own = (one for one in reversed(self.comments.values()) if one.author_id == self.page_id)
        return next(own, None)

    def replies_to(self, parent_id: str) -> list[Comment]:
        return [one for one in self.comments.values() if one.parent_id == parent_id and not one.removed]

    def group_message(self, chat_id: int, message_id: int) -> GroupMessage | None:
        known = self.group_messages.get(chat_id, [])
        return next((one for one in known if one.message_id == message_id), None)

    def put_group_message(self, changed: GroupMessage) -> GroupMessage:
        known = self.group_messages[changed.chat_id]
        self.group_messages[changed.chat_id] = [
            changed if one.message_id == changed.message_id else one for one in known
        ]
        return changed
