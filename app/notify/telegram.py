"""A department's Telegram group, over plain httpx. Nothing is tried twice in here: the outbox decides that.

The bot's token is a part of every address (``/bot<token>/sendMessage``), so no httpx error leaves this module
and httpx's own log lines lose it. Source of limits and methods: core.telegram.org/bots/api and /bots/faq.
"""

import logging
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

import httpx
from aiolimiter import AsyncLimiter

from app.notify.telegram_refusals import GroupMoved, NothingNew, from_telegram
from bot.messenger.errors import MaybeSent, RateLimited, SendFailed, Unsayable
from bot.messenger.line import exchange, parsed
from bot.messenger.render import split_text, units
from models.domain.outgoing import Choice, Word

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
DATA_LIMIT: Final = 64
BUTTONS_A_ROW: Final = 2

UPDATES: Final = ("callback_query", "message")


class Limit(NamedTuple):
    """A bucket of ``burst`` messages that is empty again after ``seconds``."""

    burst: float
    seconds: float


ALL_GROUPS: Final = Limit(15, 1)
"""Telegram allows 30 a second: a full bucket and what flows out of it in that second."""

ONE_GROUP: Final = Limit(5, 20)
"""Telegram allows 20 a minute in one group: 5 at once, and 15 more in the minute after."""

NO_LIMIT: Final = Limit(1000, 1)
THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Telegram:
    """A ``Notifier``. ``api_url`` without ``/bot...``; the client's life belongs to the caller.

    Without limits given, Telegram's own are kept, except towards this very machine: there the pretend groups
    live, or a Bot API server that says itself (429) how long to wait.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        api_url: str,
        token: str,
        all_groups: Limit | None = None,
        one_group: Limit | None = None,
    ) -> None:
        self._client = client
        self._root = f"{api_url.rstrip('/')}/bot{token}"
        here = httpx.URL(api_url).host in THIS_MACHINE
        self._turns = AsyncLimiter(*(all_groups or (NO_LIMIT if here else ALL_GROUPS)))
        self._one_group = one_group or (NO_LIMIT if here else ONE_GROUP)
        self._groups: dict[str, AsyncLimiter] = {}
        self._moved: dict[str, str] = {}
        logging.getLogger("httpx").addFilter(WITHOUT_TOKENS)

    async def send(self, word: Word, photo: bytes | None = None) -> str:
        """Calls sendMessage, or sendPhoto for a photo. A text above Telegram's limit ends with an ellipsis: the desk
        shows it whole.

        Raises SendFailed; Unsayable for a button that cannot be made.
        """
        chat, topic = self._address(word.recipient)
        body: dict[str, object] = {"chat_id": chat} | _keyboard(word.choices)
        body |= {"message_thread_id": topic} if topic is not None else {}
        if photo is None:
            body |= {"text": _fitting(word.text, TEXT_LIMIT), "link_preview_options": {"is_disabled": True}}
            answer = await self._ask_group(chat, "sendMessage", body)
        else:
            body |= {"caption": _fitting(word.text, CAPTION_LIMIT)}
            answer = await self._ask_group(chat, "sendPhoto", body, photo)
        message_id = answer.get("message_id") if isinstance(answer, dict) else None
        if message_id is None:
            raise MaybeSent("a success without a message_id")
        return str(message_id)

    async def show(self, recipient: str, message_id: str, text: str, choices: tuple[Choice, ...]) -> None:
        """Calls editMessageText; that it says so already is a success. Raises SendFailed."""
        chat, _ = self._address(recipient)
        if not message_id.isdecimal():
            raise Unsayable("not the id of a Telegram message")
        body: dict[str, object] = {
            "chat_id": chat,
            "message_id": int(message_id),
            "text": _fitting(text, TEXT_LIMIT),
        }
        body |= {"link_preview_options": {"is_disabled": True}} | _keyboard(choices)
        try:
            await self._ask_group(chat, "editMessageText", body)
        except NothingNew:
            return

    async def answer_tap(self, query_id: str, text: str = "", *, alert: bool = False) -> bool:
        """Calls answerCallbackQuery, which ends the button's spinner.

        Whether it worked; a failure is ignored by design, for the tap itself has counted.
        """
        body = {"callback_query_id": query_id, "text": text[:200], "show_alert": alert}
        try:
            await self._ask("answerCallbackQuery", body)
        except SendFailed:
            return False
        return True

    async def set_webhook(self, url: str, secret_token: str) -> None:
        """Telegram then posts to ``url`` with ``secret_token`` in X-Telegram-Bot-Api-Secret-Token."""
        await self._ask("setWebhook", {"url": url, "secret_token": secret_token, "allowed_updates": UPDATES})

    async def get_me(self) -> dict[str, object]:
        """The bot's own id and username. Raises TokenDead for a token that is not alive."""
        answer = await self._ask("getMe", {})
        return answer if isinstance(answer, dict) else {}

    def _address(self, recipient: str) -> tuple[str, int | None]:
        """``chat`` or ``chat#topic``; a group that has moved is found under its new id."""
        chat, _, topic = recipient.partition("#")
        if not re.fullmatch(r"-?\d{1,20}|@\w+", chat) or not re.fullmatch(r"\d{0,18}", topic):
            raise Unsayable("not a Telegram group: chat or chat#topic is expected")
        return self._moved.get(chat, chat), int(topic) if topic else None

    async def _ask_group(
        self, chat: str, method: str, body: Mapping[str, object], photo: bytes | None = None
    ) -> object:
        limiter = self._groups.setdefault(chat, AsyncLimiter(*self._one_group))
        if not limiter.has_capacity():
            # Waiting here could outlast the lease of the word, and holds up other groups.
            raise RateLimited(
                "our own limit for one group", wait=self._one_group.seconds / self._one_group.burst
            )
        await limiter.acquire()
        try:
            return await self._ask(method, body, photo)
        except GroupMoved as moved:
            self._moved[chat] = str(moved.new_chat_id)
            raise

    async def _ask(self, method: str, body: Mapping[str, object], photo: bytes | None = None) -> object:
        """The ``result`` of a call."""
        await self._turns.acquire()
        response = await exchange(
            self._client, "POST", f"{self._root}/{method}", query={}, body=body, photo=photo
        )
        answer = parsed(response)
        if not response.is_success or not isinstance(answer, dict) or answer.get("ok") is not True:
            raise from_telegram(response.status_code, answer)
        return answer.get("result")


class WithoutTokens(logging.Filter):
    """httpx logs the address of every request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = re.sub(r"/bot[^/\s]+", "/bot***", record.getMessage())
        record.args = ()
        return True


WITHOUT_TOKENS: Final = WithoutTokens()


def _fitting(text: str, limit: int) -> str:
    return text if units(text) <= limit else split_text(text, limit - 2)[0] + " …"


def _keyboard(choices: tuple[Choice, ...]) -> dict[str, object]:
    buttons = [_button(choice) for choice in choices]
    rows = [buttons[at : at + BUTTONS_A_ROW] for at in range(0, len(buttons), BUTTONS_A_ROW)]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _button(choice: Choice) -> dict[str, str]:
    if choice.payload.startswith(("http://", "https://")):
        return {"text": choice.title, "url": choice.payload}
    if not 0 < len(choice.payload.encode()) <= DATA_LIMIT:
        raise Unsayable(
            f"a button's payload of {len(choice.payload.encode())} bytes, 1 to {DATA_LIMIT} are allowed"
        )
    return {"text": choice.title, "callback_data": choice.payload}
