"""What one item is: its kind, the key by which it is recognised when sent again, whose turn it is, and when.

Reads a few keys of plain JSON and nothing more: this is the hot path of the webhook. The kinds are those that
`inbox --json` counts; the keys are made of what Facebook gives, since it numbers no deliveries.
"""

import hashlib
import json
from typing import Any, NamedTuple

from models.domain.inbox import ItemKind

Json = dict[str, Any]

# A conversation of the Page with itself: our own comments coming back.
PAGE = "page"

_HANDOVER = ("pass_thread_control", "take_thread_control", "request_thread_control", "app_roles")
_NOTHING_TO_DO = (*_HANDOVER, "policy_enforcement", "policy-enforcement")
# A citizen's post with pictures also comes as status, photo or video of the same post_id.
_POSTS = frozenset({"post", "status", "photo", "video", "share"})
# Posts say "edit" where comments say "edited"; Facebook documents both verbs and means one thing.
_LATER = {
    "edit": ItemKind.EDIT,
    "edited": ItemKind.EDIT,
    "update": ItemKind.EDIT,
    "remove": ItemKind.REMOVE,
    "delete": ItemKind.REMOVE,
    "hide": ItemKind.MODERATION,
    "unhide": ItemKind.MODERATION,
}


class Identity(NamedTuple):
    """``key`` is None where only a hash of the whole item tells it from others."""

    kind: ItemKind
    key: str | None = None
    conversation: str | None = None
    told_at: object = None


NOT_UNDERSTOOD = Identity(ItemKind.NOT_UNDERSTOOD)


def in_messaging(item: Json, page: str) -> Identity:
    """An element of ``messaging`` or ``standby``: what it is shows by which key it has."""
    sender, told_at = _person(item.get("sender")), item.get("timestamp")
    kind, key, whose = _messaging(item, page, sender, told_at)
    # The Page never has to answer itself (its own reaction, its own edit).
    return Identity(kind, key, None if whose == page else _sane(whose), told_at)


def in_changes(item: Json, page: str) -> Identity:
    """An element of ``changes``: comments, posts and mentions; every other field is none of the city's."""
    field, value = item.get("field"), item.get("value")
    if not isinstance(field, str):
        return NOT_UNDERSTOOD
    if field not in {"feed", "mention"}:
        return Identity(ItemKind.IGNORED)
    if not isinstance(value, dict):
        return NOT_UNDERSTOOD
    verb, thing = id_of(value.get("verb")), id_of(value.get("item"))
    if field == "mention":
        return _mention(value, verb, page)
    if thing == "comment":
        return _comment(value, verb, page)
    if thing in _POSTS:
        return _post(value, verb, str(thing), page)
    return Identity(ItemKind.IGNORED) if thing else NOT_UNDERSTOOD


def id_of(value: object) -> str | None:
    """Facebook writes ids as strings or as numbers; anything else is no id."""
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def author_of(value: Json) -> str | None:
    """Who wrote it; older payloads say sender_id. None where privacy or a missing permission hides it."""
    author = value.get("from")
    return (id_of(author.get("id")) if isinstance(author, dict) else None) or id_of(value.get("sender_id"))


def post_of(value: Json) -> str | None:
    """The id of a post; older photo and video events give only the id of the picture itself."""
    return next((found for name in _POST_IDS if (found := id_of(value.get(name)))), None)


def is_echo(message: Json, sender: str | None, page: str) -> bool:
    """True for what the Page itself said: by our own sending, or by an officer in Meta's inbox."""
    return is_yes(message.get("is_echo")) or sender == page


def is_yes(value: object) -> bool:
    """True, 1, and their spellings as strings."""
    return value is True or value in (1, "1", "true", "True")


def digest(value: object) -> str:
    """A short name for any JSON value, the same whatever the order of its keys."""
    written = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:40]


_POST_IDS = ("post_id", "photo_id", "video_id", "share_id")
_Found = tuple[ItemKind, str | None, str | None]


def _messaging(item: Json, page: str, sender: str | None, told_at: object) -> _Found:
    if "message" in item:
        return _message(item, item["message"], page, sender)
    if "postback" in item:
        return _postback(item["postback"], sender, told_at)
    if "reaction" in item:
        return _reaction(item["reaction"], sender, told_at)
    if "message_edit" in item:
        return _edit(item["message_edit"], sender)
    for name in ("delivery", "read"):
        if name in item:
            return _watermark(name, item[name], sender)
    for name in ("referral", "optin"):
        if name in item:
            return _followed(name, item[name], sender, told_at)
    known = any(name in item for name in _NOTHING_TO_DO)
    return (ItemKind.IGNORED if known else ItemKind.NOT_UNDERSTOOD), None, None


def _message(item: Json, message: object, page: str, sender: str | None) -> _Found:
    if not isinstance(message, dict):
        return ItemKind.NOT_UNDERSTOOD, None, None
    mid, recipient = id_of(message.get("mid")), _person(item.get("recipient"))
    if is_echo(message, sender, page):
        return ItemKind.IGNORED, _key("echo", mid), recipient
    if recipient not in (None, page):
        return ItemKind.MESSAGE_OTHER_PAGE, _key("other", recipient, mid), None
    if is_yes(message.get("is_deleted")):
        # It carries the mid of the message taken back: without its own prefix it would be that message again.
        return ItemKind.REMOVE, _key("unsent", mid), sender
    return (ItemKind.MESSAGE if _says_something(message) else ItemKind.IGNORED), _key("mid", mid), sender


def _says_something(message: Json) -> bool:
    return any(message.get(name) for name in ("text", "attachments", "quick_reply", "sticker_id"))


def _postback(postback: object, sender: str | None, told_at: object) -> _Found:
    if not isinstance(postback, dict):
        return ItemKind.NOT_UNDERSTOOD, None, None
    payload = id_of(postback.get("payload")) or id_of(postback.get("title"))
    key = _key("postback", id_of(postback.get("mid"))) or _key("postback", sender, payload, id_of(told_at))
    return ItemKind.POSTBACK, key, sender


def _reaction(reaction: object, sender: str | None, told_at: object) -> _Found:
    if not isinstance(reaction, dict):
        return ItemKind.NOT_UNDERSTOOD, None, None
    act, mid = id_of(reaction.get("action")), id_of(reaction.get("mid"))
    return ItemKind.STATUS_EVENT, _key("reaction", mid, sender, act, id_of(told_at)), sender


def _edit(edit: object, sender: str | None) -> _Found:
    if not isinstance(edit, dict):
        return ItemKind.NOT_UNDERSTOOD, None, None
    number = id_of(edit.get("num_edit")) or digest(edit.get("text"))
    return ItemKind.EDIT, _key("edit", id_of(edit.get("mid")), number), sender


def _watermark(name: str, receipt: object, sender: str | None) -> _Found:
    watermark = id_of(receipt.get("watermark")) if isinstance(receipt, dict) else None
    return ItemKind.STATUS_EVENT, _key(name, sender, watermark), None


def _followed(name: str, link: object, sender: str | None, told_at: object) -> _Found:
    if not isinstance(link, dict):
        return ItemKind.NOT_UNDERSTOOD, None, None
    ref = id_of(link.get("ref"))
    # A followed m.me link opens the window again; an opt-in without a ref asks for nothing.
    whose = sender if ref or name == "referral" else None
    return ItemKind.IGNORED, _key(name, sender, ref, id_of(told_at)), whose


def _comment(value: Json, verb: str | None, page: str) -> Identity:
    comment, author = id_of(value.get("comment_id")), author_of(value)
    if verb != "add":
        return _later("comment", comment, value, verb, page)
    # Every public reply of ours comes back as a comment: it must never be answered.
    kind = ItemKind.IGNORED if author == page else ItemKind.COMMENT
    whose = PAGE if author == page else _sane(author) or _sane(f"comment:{comment}")
    return Identity(kind, _key("comment", comment), whose if comment else None, value.get("created_time"))


def _post(value: Json, verb: str | None, thing: str, page: str) -> Identity:
    post, author = post_of(value), author_of(value)
    if verb != "add":
        return _later("post", post, value, verb, page, thing)
    if author in (None, page):
        key = _key("post", post, thing, _once(verb, value))
        return Identity(ItemKind.IGNORED, key, None, value.get("created_time"))
    # One key whatever the item is: a post with a picture comes as photo and as status too.
    unpublished = value.get("published") in (0, "0", False)
    whose = None if unpublished or post is None else _sane(author)
    return Identity(ItemKind.VISITOR_POST, _key("post", post), whose, value.get("created_time"))


def _mention(value: Json, verb: str | None, page: str) -> Identity:
    comment, author = id_of(value.get("comment_id")), author_of(value)
    what, thing = ("comment", comment) if comment else ("post", post_of(value))
    if verb != "add":
        return _later(what, thing, value, verb, page)
    key, told_at = _key("mention", thing, _once(verb, value)), value.get("created_time")
    if author == page:
        return Identity(ItemKind.IGNORED, key, None, told_at)
    whose = _sane(author) or _sane(f"{what}:{thing}")
    return Identity(ItemKind.MENTION, key, whose if thing else None, told_at)


def _later(what: str, thing: str | None, value: Json, verb: str | None, page: str, *more: str) -> Identity:
    """Something known was edited, removed or hidden: the entry says when; created_time is the thing's."""
    kind, author = _LATER.get(verb or "", ItemKind.NOT_UNDERSTOOD), author_of(value)
    key = _key(what, thing, *more, _once(verb, value))
    # What the Page removes or hides is mostly a citizen's: the turn is then the thing's own.
    whose = _sane(author if author != page else None) or _sane(f"{what}:{thing}")
    nobody = kind is ItemKind.NOT_UNDERSTOOD or thing is None or (author == page and kind is ItemKind.EDIT)
    return Identity(kind, key, None if nobody else whose)


def _once(verb: str | None, value: Json) -> str:
    """Tells two edits of one thing apart: their created_time is often that of the thing itself."""
    message = value.get("message")
    words = "-" if message is None else digest(message)[:16]
    return f"{verb or '-'}:{id_of(value.get('created_time')) or '-'}:{words}"


def _person(value: object) -> str | None:
    return id_of(value.get("id")) if isinstance(value, dict) else None


def _key(what: str, *parts: str | None) -> str | None:
    """None as soon as a part is missing: then two different things could look the same."""
    return ":".join((what, *parts)) if None not in parts else None  # type: ignore[arg-type]


def _sane(conversation: str | None) -> str | None:
    """No id of Facebook's is long or has other letters; such a one could not even be kept in a column."""
    fits = conversation and len(conversation) <= 100 and conversation.isascii() and conversation.isprintable()
    return conversation if fits else None
