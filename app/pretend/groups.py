"""The pretend agency groups: what the bot writes and edits there, and who presses its buttons."""

import json
from dataclasses import replace
from typing import Any

from app.pretend import payloads
from app.pretend.errors import TelegramRefusedError
from app.pretend.payloads import Json
from app.pretend.stage import Stage
from app.pretend.state import Choice, Group, GroupMessage, Press
from app.pretend.words import UNKNOWN_GROUP, UNKNOWN_OFFICER

TEXT_LIMIT = 4096
CALLBACK_DATA_LIMIT = 64
UNKNOWN_OFFICER_ID = 700_000_001

Fields = dict[str, Any]


def bot_user(stage: Stage) -> Json:
    number = stage.hook.token.partition(":")[0]
    return {
        "id": int(number) if number.isdigit() else 1,
        "is_bot": True,
        "first_name": stage.world.page_name,
        "username": "pekanbaru_smart_bot",
    }


def send(stage: Stage, fields: Fields) -> Json:
    """SendMessage and sendPhoto. A chat nobody named before becomes a group of its own."""
    world = stage.world
    group = _group(stage, fields.get("chat_id"))
    message = GroupMessage(
        chat_id=group.chat_id,
        message_id=world.new_number() % 1_000_000_000,
        text=_text(fields),
        at=world.now(),
        parse_mode=str(fields.get("parse_mode", "")),
        rows=_rows(fields.get("reply_markup")),
        photo=str(fields.get("photo", "")),
        thread_id=fields.get("message_thread_id"),
        reply_to=_reply_to(fields),
    )
    world.group_messages[group.chat_id].append(message)
    stage.live.changed()
    return payloads.telegram_message(message, group.title, bot_user(stage))


def edit(stage: Stage, fields: Fields) -> Json:
    """editMessageText, editMessageCaption and editMessageReplyMarkup."""
    group = _group(stage, fields.get("chat_id"))
    known = stage.world.group_message(group.chat_id, int(fields.get("message_id", 0)))
    if known is None:
        raise TelegramRefusedError(400, "Bad Request: message to edit not found")
    keeps_text = "text" not in fields and "caption" not in fields
    text = known.text if keeps_text else _text(fields)
    rows = _rows(fields.get("reply_markup"))
    if (text, rows) == (known.text, known.rows):
        raise TelegramRefusedError(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message",
        )
    changed = replace(
        known,
        text=text,
        rows=rows,
        parse_mode=known.parse_mode if keeps_text else str(fields.get("parse_mode", "")),
        edits=known.edits + 1,
        earlier=(*known.earlier, known.text),
    )
    stage.world.put_group_message(changed)
    stage.live.changed()
    return payloads.telegram_message(changed, group.title, bot_user(stage))


def answer_press(stage: Stage, fields: Fields) -> bool:
    """answerCallbackQuery: a short word over the chat of the one who pressed."""
    press = stage.world.presses.get(str(fields.get("callback_query_id", "")))
    if press is None:
        raise TelegramRefusedError(
            400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )
    answered = replace(
        press,
        answer=str(fields.get("text", "")),
        answered_at=stage.world.now(),
        alert=bool(fields.get("show_alert")),
    )
    stage.world.presses[press.id] = answered
    stage.live.changed()
    return True


def press(stage: Stage, message: GroupMessage, *, user_id: int, user_name: str, data: str) -> Press:
    """Somebody presses a button: the bot hears it by the webhook it registered."""
    world = stage.world
    made = Press(
        id=str(world.new_number()),
        chat_id=message.chat_id,
        message_id=message.message_id,
        user_id=user_id,
        user_name=user_name,
        data=data,
        at=world.now(),
    )
    world.presses[made.id] = made
    title = world.groups[message.chat_id].title
    seen = payloads.telegram_message(message, title, bot_user(stage))
    stage.telegram.put(payloads.press_update(world.new_number(), made, seen))
    stage.live.changed()
    return made


def _group(stage: Stage, chat_id: object) -> Group:
    try:
        number = int(str(chat_id))
    except ValueError:
        raise TelegramRefusedError(400, "Bad Request: chat not found") from None
    groups = stage.world.groups
    if number not in groups:
        title = UNKNOWN_GROUP.format(number=abs(number))
        groups[number] = Group(
            chat_id=number, title=title, officer_id=UNKNOWN_OFFICER_ID, officer_name=UNKNOWN_OFFICER
        )
    stage.world.group_messages.setdefault(number, [])
    return groups[number]


def _text(fields: Fields) -> str:
    text = str(fields.get("text") or fields.get("caption") or "")
    if not text and "photo" not in fields:
        raise TelegramRefusedError(400, "Bad Request: message text is empty")
    if len(text) > TEXT_LIMIT:
        raise TelegramRefusedError(400, "Bad Request: message is too long")
    return text


def _rows(markup: object) -> tuple[tuple[Choice, ...], ...]:
    value = json.loads(markup) if isinstance(markup, str) and markup else markup
    keyboard = value.get("inline_keyboard", []) if isinstance(value, dict) else []
    return tuple(tuple(_key(key) for key in row) for row in keyboard)


def _key(key: Fields) -> Choice:
    data = str(key.get("callback_data", ""))
    if len(data.encode()) > CALLBACK_DATA_LIMIT or not (data or key.get("url")):
        raise TelegramRefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
    return Choice(title=str(key.get("text", "")), payload=data, url=str(key.get("url", "")))


def _reply_to(fields: Fields) -> int | None:
    reply = fields.get("reply_parameters")
    found = reply.get("message_id") if isinstance(reply, dict) else fields.get("reply_to_message_id")
    return None if found is None else int(found)
