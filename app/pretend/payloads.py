"""Shapes of what Facebook and Telegram post: pure functions from the world's values to JSON."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.pretend.state import Attachment, Choice, Comment, GroupMessage, Message, Post, Press

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One thing that happened; ``list_name`` is messaging, standby or changes."""

    list_name: str
    at: datetime
    body: Json


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def facebook_json(value: Json) -> bytes:
    """JSON as Facebook writes it: ASCII only with lower-case escapes, and every slash escaped."""
    # A slash stands only inside strings of JSON, so replacing after the fact is safe.
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def signature(body: bytes, app_secret: str) -> str:
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def envelope(page_id: str, updates: Iterable[Update]) -> Json:
    """The POST's body. Messenger's entries count milliseconds, those of the wall seconds."""
    return {"object": "page", "entry": [_entry(page_id, update) for update in updates]}


def _entry(page_id: str, update: Update) -> Json:
    time = milliseconds(update.at)
    if update.list_name == "changes":
        time //= 1000
    return {"id": page_id, "time": time, update.list_name: [update.body]}


def _messaging(at: datetime, sender: str, recipient: str, arm: Json, *, standby: bool = False) -> Update:
    who = {"sender": {"id": sender}, "recipient": {"id": recipient}, "timestamp": milliseconds(at)}
    return Update(list_name="standby" if standby else "messaging", at=at, body=who | arm)


def _attachment(one: Attachment) -> Json:
    payload: Json = {"url": one.url} if one.url else {}
    if one.sticker_id is not None:
        payload["sticker_id"] = one.sticker_id
    if one.lat is not None:
        payload = {"coordinates": {"lat": one.lat, "long": one.lon}}
    if one.type == "fallback":
        payload["title"] = one.title
    return {"type": one.type, "payload": payload}


def _said(message: Message) -> Json:
    said: Json = {"mid": message.mid}
    if message.text:
        said["text"] = message.text
    if message.attachments:
        said["attachments"] = [_attachment(one) for one in message.attachments]
    if message.tapped:
        said["quick_reply"] = {"payload": message.tapped}
    if message.reply_to:
        said["reply_to"] = {"mid": message.reply_to, "is_self_reply": False}
    return said


def message_update(page_id: str, message: Message, *, standby: bool = False) -> Update:
    return _messaging(message.at, message.psid, page_id, {"message": _said(message)}, standby=standby)


def echo_update(page_id: str, message: Message, *, standby: bool = False) -> Update:
    """The page's own message comes back, with the app that sent it and the words that app put in metadata."""
    said: Json = {"is_echo": True, "app_id": int(message.app_id)} | _said(message)
    if message.metadata:
        said["metadata"] = message.metadata
    return _messaging(message.at, page_id, message.psid, {"message": said}, standby=standby)


def delivery_update(page_id: str, message: Message) -> Update:
    arm = {"delivery": {"mids": [message.mid], "watermark": milliseconds(message.at)}}
    update = _messaging(message.at, message.psid, page_id, arm)
    # Deliveries have no time of their own.
    return Update(
        list_name=update.list_name,
        at=update.at,
        body={key: value for key, value in update.body.items() if key != "timestamp"},
    )


def read_update(page_id: str, psid: str, at: datetime) -> Update:
    return _messaging(at, psid, page_id, {"read": {"watermark": milliseconds(at)}})


def edit_update(page_id: str, message: Message, at: datetime) -> Update:
    arm = {"message_edit": {"mid": message.mid, "text": message.text, "num_edit": message.edits}}
    return _messaging(at, message.psid, page_id, arm)


def unsent_update(page_id: str, message: Message, at: datetime) -> Update:
    return _messaging(at, message.psid, page_id, {"message": {"mid": message.mid, "is_deleted": True}})


def reaction_update(page_id: str, message: Message, at: datetime, *, reaction: str, emoji: str) -> Update:
    arm = {"reaction": {"mid": message.mid, "action": "react", "reaction": reaction, "emoji": emoji}}
    return _messaging(at, message.psid, page_id, arm)


def postback_update(
    page_id: str, psid: str, at: datetime, *, mid: str, title: str, payload: str, ref: str
) -> Update:
    postback: Json = {"mid": mid, "title": title, "payload": payload}
    if ref:
        postback["referral"] = _referral(ref)
    return _messaging(at, psid, page_id, {"postback": postback})


def referral_update(page_id: str, psid: str, at: datetime, *, ref: str) -> Update:
    return _messaging(at, psid, page_id, {"referral": _referral(ref)})


def _referral(ref: str) -> Json:
    return {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}


def _change(at: datetime, value: Json) -> Update:
    return Update(list_name="changes", at=at, body={"field": "feed", "value": value})


def comment_update(comment: Comment, verb: str, at: datetime) -> Update:
    value: Json = {
        "item": "comment",
        "verb": verb,
        "comment_id": comment.id,
        "post_id": comment.post_id,
        "parent_id": comment.parent_id,
    }
    if not comment.anonymous:
        value["from"] = {"id": comment.author_id, "name": comment.author_name}
    if verb != "remove":
        value |= {"created_time": int(comment.at.timestamp()), "message": comment.text}
    if comment.photo and verb != "remove":
        value["photo"] = comment.photo
    return _change(at, value)


def post_update(post: Post, *, by_page: bool) -> Update:
    shown: Json = {"published": 1} if by_page else {"is_hidden": False}
    value: Json = {
        "item": "status" if by_page else "post",
        "verb": "add",
        "post_id": post.id,
        "from": {"id": post.author_id, "name": post.author_name},
        "created_time": int(post.at.timestamp()),
        "message": post.text,
    }
    return _change(post.at, value | shown)


def telegram_user(user_id: int, name: str) -> Json:
    return {"id": user_id, "is_bot": False, "first_name": name, "language_code": "id"}


def telegram_message(message: GroupMessage, title: str, bot: Json) -> Json:
    value: Json = {
        "message_id": message.message_id,
        "from": bot,
        "chat": {"id": message.chat_id, "title": title, "type": "supergroup"},
        "date": int(message.at.timestamp()),
        "caption" if message.photo else "text": message.text,
    }
    if message.thread_id is not None:
        value["message_thread_id"] = message.thread_id
    if message.rows:
        value["reply_markup"] = {"inline_keyboard": [[_key(key) for key in row] for row in message.rows]}
    return value


def _key(key: Choice) -> Json:
    return {"text": key.title} | ({"url": key.url} if key.url else {"callback_data": key.payload})


def press_update(update_id: int, press: Press, message: Json) -> Json:
    return {
        "update_id": update_id,
        "callback_query": {
            "id": press.id,
            "from": telegram_user(press.user_id, press.user_name),
            "message": message,
            "chat_instance": str(press.chat_id),
            "data": press.data,
        },
    }
