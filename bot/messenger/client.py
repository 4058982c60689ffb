"""The Graph API as one Page sees it, over httpx. Nothing is tried twice in here: the outbox decides that.

Every call carries ``appsecret_proof`` (hex HMAC-SHA256 of the token under the app secret) as a query
parameter, and the token in ``Authorization``, so that no address holds it. Every failure is a ``SendFailed``.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal
from urllib.parse import quote

import httpx
from aiolimiter import AsyncLimiter

from bot.messenger.error_table import from_graph
from bot.messenger.errors import (
    MaybeSent,
    NotLive,
    PermissionMissing,
    RateLimited,
    SameTextAgain,
    SendFailed,
    ServiceTroubled,
    TagRefused,
)
from bot.messenger.line import exchange, parsed
from bot.messenger.pace import Pace
from bot.messenger.render import same_text, varied

CLOCKS_APART: Final = timedelta(seconds=5)
"""How far Facebook's clock (whole seconds) may run behind ours."""

PRIVATE_REPLIES_AN_HOUR: Final = 750

Action = Literal["typing_on", "typing_off", "mark_seen"]


class Tag(StrEnum):
    """Message tags that are alive and lawful for us. The others answer error 100 since 27 April 2026."""

    HUMAN_AGENT = "HUMAN_AGENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """``recipient_id`` is the page-scoped id; after a private reply it tells us who the commenter is."""

    message_id: str
    recipient_id: str | None


class GraphPage:
    """One Page. ``base_url`` without version; the client's life belongs to the caller."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        base_url: str,
        version: str,
        page_id: str,
        token: str,
        app_secret: str,
        per_second: float = 100,
    ) -> None:
        self.page_id = page_id
        self._client = client
        self._root = f"{base_url.rstrip('/')}/{version}"
        self._token = token
        self._proof = hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        self._pace = Pace(per_second)
        self._lookups = AsyncLimiter(2, 1)  # the Conversations API's own limit
        self._private_replies = AsyncLimiter(PRIVATE_REPLIES_AN_HOUR, 3600)

    async def send_message(
        self,
        recipient: Mapping[str, str],
        message: Mapping[str, object],
        *,
        messaging_type: str = "RESPONSE",
        tag: Tag | None = None,
    ) -> Sent:
        """``recipient`` is ``{"id": psid}`` or ``{"comment_id": ...}``; ``message`` as ``render`` makes it.

        With a tag the messaging type is MESSAGE_TAG. Raises SendFailed; ValueError for a retired tag.
        """
        body: dict[str, object] = {"recipient": dict(recipient), "messaging_type": messaging_type}
        body |= {} if tag is None else {"messaging_type": "MESSAGE_TAG", "tag": Tag(tag).value}
        try:
            answer = await self._post(f"{_part(self.page_id)}/messages", body | {"message": dict(message)})
        except PermissionMissing as error:
            if tag is None or isinstance(error, NotLive):
                raise
            # Human Agent is a feature of its own: a Page without it must not fall silent for everybody.
            raise TagRefused(error.remark, status=error.status, code=error.code, trace=error.trace) from None
        message_id = _id(answer, "message_id")
        if message_id is None:
            raise MaybeSent("a success without a message_id")
        return Sent(message_id=message_id, recipient_id=_id(answer, "recipient_id"))

    async def private_reply(self, comment_id: str, message: Mapping[str, object]) -> Sent:
        """The one message that a comment (or a visitor's post) allows, within 7 days.

        It opens no window until the citizen answers. Raises SendFailed.
        """
        if not self._private_replies.has_capacity():
            # Waiting here could outlast the lease of the word; the outbox waits better.
            raise RateLimited("our own limit of private replies", wait=3600 / PRIVATE_REPLIES_AN_HOUR)
        await self._private_replies.acquire()
        # A post's id begins with the Page's, a comment's with its post's.
        kind = "post_id" if comment_id.startswith(f"{self.page_id}_") else "comment_id"
        return await self.send_message({kind: comment_id}, message)

    async def reply_to_comment(self, comment_id: str, text: str) -> str:
        """A public answer under a comment (or a post), written by the Page. Returns the new comment's id.

        Facebook refuses the text of the Page's last comment (506). Then either it stands here already, or the
        same was said to somebody else and is varied by a dot: another text, so no second try of the first.
        """
        try:
            return await self._comment(comment_id, text)
        except SameTextAgain:
            standing = await self.find_own_comment(comment_id, text)
        return standing or await self._comment(comment_id, varied(text))

    async def _comment(self, comment_id: str, text: str) -> str:
        answer = await self._post(f"{_part(comment_id)}/comments", {"message": text})
        new_id = _id(answer, "id")
        if new_id is None:
            raise MaybeSent("a success without a comment's id")
        return new_id

    async def can_reply_privately(self, comment_id: str) -> bool | None:
        """Facebook's own opinion; None when it could not be asked, and then the send itself will tell."""
        try:
            answer = await self._get(_part(comment_id), {"fields": "can_reply_privately"})
        except SendFailed:
            return None
        told = answer.get("can_reply_privately")
        return told if isinstance(told, bool) else None

    async def find_own_comment(
        self, comment_id: str, text: str, *, known: Collection[str] = ()
    ) -> str | None:
        """The id of our comment with this text under ``comment_id``, None when it is not there.

        To be asked before another try after doubt; ``known`` are ids that belong to other words already.
        Raises SendFailed when it could not be looked for.
        """
        fields = {"fields": "id,message,from,created_time", "order": "reverse_chronological", "limit": "100"}
        answer = await self._get(f"{_part(comment_id)}/comments", fields)
        return self._first_of_ours(_items(answer), text, known)

    async def find_own_message(
        self, psid: str, text: str, since: datetime, *, known: Collection[str] = ()
    ) -> str | None:
        """The id of our message with this text to this person, sent at or after ``since`` (aware), else None.

        Facebook shows the newest 20 messages of a thread; ``known`` as above. Raises SendFailed when it could
        not be looked for.
        """
        await self._lookups.acquire()
        fields = "messages{id,message,created_time,from}"
        query = {"platform": "messenger", "user_id": psid, "fields": fields}
        answer = await self._get(f"{_part(self.page_id)}/conversations", query)
        messages = (message for thread in _items(answer) for message in _items(thread.get("messages")))
        return self._first_of_ours((found for found in messages if _after(found, since)), text, known)

    async def look_up(self, path: str, query: Mapping[str, str]) -> dict[str, object]:
        """Any reading call below the version, for the doctor. Raises SendFailed."""
        return await self._get(path, query)

    async def sender_action(self, psid: str, action: Action) -> bool:
        """Typing or seen. Whether it worked; its failure is ignored by design, for no word depends on it."""
        body = {"recipient": {"id": psid}, "sender_action": action}
        try:
            await self._post(f"{_part(self.page_id)}/messages", body)
        except SendFailed:
            return False
        return True

    def _first_of_ours(
        self, shown: Iterator[dict[str, object]], text: str, known: Collection[str]
    ) -> str | None:
        ids = (_id(found, "id") for found in shown if self._is_ours(found, text))
        return next((own_id for own_id in ids if own_id is not None and own_id not in known), None)

    def _is_ours(self, found: Mapping[str, object], text: str) -> bool:
        author, said = found.get("from"), found.get("message")
        by_page = isinstance(author, dict) and _id(author, "id") == self.page_id
        return by_page and isinstance(said, str) and same_text(said, text)

    async def _get(self, path: str, query: Mapping[str, str]) -> dict[str, object]:
        """Reading changes nothing, so it is never in doubt."""
        try:
            return await self._ask("GET", path, query=query)
        except MaybeSent as error:
            failure = ServiceTroubled(
                f"could not look: {error.remark}", status=error.status, trace=error.trace
            )
        raise failure

    async def _post(self, path: str, body: Mapping[str, object]) -> dict[str, object]:
        return await self._ask("POST", path, body=body)

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> dict[str, object]:
        await self._pace.wait_turn()
        url, query = f"{self._root}/{path}", {**(query or {}), "appsecret_proof": self._proof}
        response = await exchange(self._client, method, url, query=query, body=body, token=self._token)
        self._pace.heed(response.headers)
        answer = parsed(response)
        if not response.is_success or not isinstance(answer, dict) or "error" in answer:
            raise from_graph(response.status_code, answer, response.headers)
        return answer


def _part(graph_id: str) -> str:
    """An id as one part of a path, whatever a forged event may have put there."""
    return quote(graph_id, safe="")


def _id(found: Mapping[str, object], name: str) -> str | None:
    told = found.get(name)
    return str(told) if isinstance(told, str | int) and told and not isinstance(told, bool) else None


def _items(listed: object) -> Iterator[dict[str, object]]:
    data = listed.get("data") if isinstance(listed, dict) else None
    yield from (item for item in data if isinstance(item, dict)) if isinstance(data, list) else ()


def _after(found: Mapping[str, object], since: datetime) -> bool:
    """``created_time`` is like 2026-11-24T03:00:00+0000. One that cannot be read is no proof of anything."""
    told = found.get("created_time")
    try:
        return isinstance(told, str) and datetime.fromisoformat(told) >= since - CLOCKS_APART
    except (ValueError, TypeError):
        return False
