"""What Telegram refuses, as data, and the one function that reads its refusals.

The Bot API gives no stable codes, only HTTP status and English: ``{"ok": false, "error_code": 400,
"description": "Bad Request: chat not found", "parameters": {"retry_after": 5, "migrate_to_chat_id": -100}}``.
A description may repeat an address or a text, so none gets into a message of ours.
"""

from dataclasses import dataclass
from typing import Final

from bot.messenger import errors
from bot.messenger.errors import Consequence, SendFailed


class GroupGone(errors.Refused):
    """The bot is not (or no longer) in the group, may not write there, or the topic is closed."""


class MessageGone(errors.Refused):
    """The message to be edited was deleted, or is too old."""


class NothingNew(errors.Refused):
    """The message says that already."""


class GroupMoved(SendFailed):
    """The group has another id from now on: keep it as the department's, and try there."""

    consequence = Consequence.RETRY

    def __init__(self, new_chat_id: int, *, status: int | None = None) -> None:
        super().__init__(f"the group has a new id: {new_chat_id}", status=status)
        self.new_chat_id = new_chat_id


@dataclass(frozen=True, slots=True)
class Refusal:
    """``says`` is a part of the description, in small letters."""

    status: int
    says: str
    error: type[SendFailed]
    remark: str


TABLE: Final = (
    Refusal(400, "message is not modified", NothingNew, "the message says that already"),
    Refusal(400, "chat not found", GroupGone, "no such group, or the bot is not in it"),
    Refusal(400, "group chat was deactivated", GroupGone, "the group was deactivated"),
    Refusal(400, "peer_id_invalid", GroupGone, "no such group"),
    Refusal(400, "not enough rights", GroupGone, "the bot may not write in this group"),
    Refusal(400, "have no rights", GroupGone, "the bot may not write in this group"),
    Refusal(400, "chat_write_forbidden", GroupGone, "the bot may not write in this group"),
    Refusal(400, "message thread not found", GroupGone, "no such topic in the group"),
    Refusal(400, "topic_deleted", GroupGone, "the topic was deleted"),
    Refusal(400, "topic_closed", GroupGone, "the topic is closed"),
    Refusal(400, "message to edit not found", MessageGone, "the message was deleted"),
    Refusal(400, "message can't be edited", MessageGone, "the message cannot be edited"),
    Refusal(400, "message_id_invalid", MessageGone, "no such message"),
    Refusal(400, "", errors.BadRequest, "Telegram does not accept this request"),
    Refusal(401, "", errors.TokenDead, "the bot's token is not valid"),
    Refusal(403, "", GroupGone, "the bot was removed from the group or may not write there"),
    Refusal(404, "", errors.TokenDead, "Telegram knows no bot with this token"),
    Refusal(429, "", errors.RateLimited, "too many messages"),
    Refusal(504, "", errors.MaybeSent, "the gateway stopped waiting"),
)


def from_telegram(status: int, body: object) -> SendFailed:
    """The error of an answer. Never raises."""
    told = body if isinstance(body, dict) else {}
    parameters = told.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    new_chat_id = parameters.get("migrate_to_chat_id")
    if isinstance(new_chat_id, int) and not isinstance(new_chat_id, bool):
        return GroupMoved(new_chat_id, status=status)
    error, remark = _class_of(status, str(told.get("description", "")).lower())
    return error(remark, status=status, wait=_seconds(parameters.get("retry_after")))


def _class_of(status: int, description: str) -> tuple[type[SendFailed], str]:
    rows = (row for row in TABLE if row.status == status and row.says in description)
    if row := next(rows, None):
        return row.error, row.remark
    if status >= 500:
        return errors.ServiceTroubled, "Telegram is in trouble"
    if status < 300:
        return errors.MaybeSent, "a success whose answer cannot be read"
    return errors.Refused, "Telegram refuses"


def _seconds(told: object) -> float | None:
    known = isinstance(told, int) and not isinstance(told, bool) and told > 0
    return float(min(told, 86_400)) if known and isinstance(told, int) else None
