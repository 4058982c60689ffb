"""A kept item -> what happened, in the city's words. Pure, never raises; `split` has said what kind it is.

Nothing of what a citizen wrote goes into the reason of a NotUnderstood: reasons are logged.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from bot import events
from bot.events import Event, MediaKind
from bot.messenger import wire
from bot.messenger.identify import PAGE, is_echo
from models.domain.inbox import Item, ItemKind

LONG_AGO = datetime(2004, 2, 4, tzinfo=UTC)  # before any of Facebook's messages: it opens no window
NOBODY = ""

_OUR_WORD = re.compile(r"word:([0-9]{1,18})")
_OWN_NAME = {
    "image": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "audio": MediaKind.AUDIO,
    "file": MediaKind.FILE,
    "sticker": MediaKind.STICKER,
}
# What is shared from elsewhere; "share" was retired in 2026 for "post", and old clients still send it.
_LINKS = frozenset(
    {"fallback", "share", "post", "ig_post", "reel", "ig_reel", "story_mention", "ig_story", "template"}
)


@dataclass(frozen=True, slots=True)
class _When:
    """What every event of one item has in common."""

    conversation: str
    at: datetime
    key: str
    page: str


def parse(item: Item, *, received_at: datetime = LONG_AGO) -> tuple[Event, ...]:
    """What one item tells, () when nobody has to do anything; ``received_at`` is for an untold time."""
    when = _When(item.conversation or NOBODY, item.happened_at or received_at, item.key, "")
    if item.kind is ItemKind.NOT_UNDERSTOOD:
        return (_not_understood(when, f"no known shape of {item.key.partition(':')[0]}"),)
    if item.conversation is None:
        return ()
    try:
        kept = wire.Kept.model_validate(json.loads(item.body))
        when = _When(when.conversation, when.at, item.key, kept.entry.id or "")
        return tuple(_read(item.kind, kept.item, when))
    except ValidationError as error:
        fields = sorted({".".join(map(str, one["loc"])) for one in error.errors(include_input=False)})
        return (_not_understood(when, f"cannot read {', '.join(fields)}"),)
    except (ValueError, RecursionError) as error:
        return (_not_understood(when, f"cannot read the kept item: {type(error).__name__}"),)


def _not_understood(when: _When, reason: str) -> events.NotUnderstood:
    return events.NotUnderstood(conversation=when.conversation, at=when.at, reason=reason)


def _read(kind: ItemKind, item: dict[str, Any], when: _When) -> Iterator[Event]:
    value = item.get("value")
    if isinstance(value, dict) and "field" in item:
        yield from _change(kind, wire.Value.model_validate(value), when)
    else:
        yield from _messaging(kind, wire.Messaging.model_validate(item), when)


# Messenger


def _messaging(kind: ItemKind, it: wire.Messaging, when: _When) -> Iterator[Event]:
    if it.message is not None:
        yield from _message(kind, it.message, it.sender, when)
    elif it.postback is not None:
        yield _tapped(it.postback.mid, it.postback.payload, it.postback.title, when)
        yield from _followed(it.postback.referral, when)
    elif it.reaction is not None:
        # Taking a reaction back is no new act: it must not open the messaging window.
        if it.reaction.action != "unreact":
            yield events.CitizenReacted(**_base(when), mid=it.reaction.mid or when.key)
    elif it.message_edit is not None:
        edit = it.message_edit
        yield events.CitizenEdited(**_base(when), mid=edit.mid or when.key, text=edit.text)
    else:
        yield from _followed(it.referral or it.optin, when)


def _message(
    kind: ItemKind, message: wire.Message, sender: wire.Person | None, when: _When
) -> Iterator[Event]:
    if is_echo({"is_echo": message.is_echo}, sender.id if sender else None, when.page):
        yield _echo(message, when)
    elif kind is ItemKind.REMOVE:
        yield events.CitizenUnsent(**_base(when), mid=message.mid or when.key)
    else:
        yield from _said(message, when)
        yield from _followed(message.referral, when)


def _said(message: wire.Message, when: _When) -> Iterator[Event]:
    mid, attached = message.mid or when.key, _without_twins(message.attachments)
    if message.quick_reply is not None:
        yield _tapped(mid, message.quick_reply.payload, message.text, when)
    elif message.text:
        reply_to = message.reply_to.mid if message.reply_to else None
        yield events.CitizenWrote(**_base(when), mid=mid, text=message.text, reply_to=reply_to)
    elif not attached:
        # Unsupported or empty: Facebook's policy wants an answer to any input.
        yield events.CitizenSentMedia(**_base(when), mid=mid, kind=MediaKind.UNKNOWN)
    for one in attached:
        yield _attached(one, mid, when)


def _without_twins(attachments: tuple[wire.Attachment, ...]) -> list[wire.Attachment]:
    """Until August 2026 a sticker came twice, as sticker and as image: once is enough."""
    stickers = {one.sticker for one in attachments if one.type == "sticker"} - {None}
    return [one for one in attachments if one.type == "sticker" or one.sticker not in stickers]


def _attached(one: wire.Attachment, mid: str, when: _When) -> Event:
    if one.pin:
        return events.CitizenSharedPlace(**_base(when), mid=mid, lat=one.pin[0], lon=one.pin[1])
    kind = _OWN_NAME.get(one.type, MediaKind.LINK if one.type in _LINKS else MediaKind.UNKNOWN)
    if one.sticker:
        kind = MediaKind.STICKER
    return events.CitizenSentMedia(**_base(when), mid=mid, kind=kind, url=one.where, title=one.called)


def _echo(message: wire.Message, when: _When) -> Event:
    """Our id in ``metadata`` tells our own words from those of an officer in Meta's inbox."""
    mid, ours = message.mid or when.key, _OUR_WORD.fullmatch(message.metadata)
    if ours:
        return events.OurWordArrived(**_base(when), mid=mid, word_id=int(ours[1]))
    return events.OfficerAnswered(**_base(when), mid=mid, text=message.text, app_id=message.app_id)


def _tapped(mid: str | None, payload: str, title: str, when: _When) -> Event:
    return events.CitizenTapped(**_base(when), key=mid or when.key, payload=payload, title=title)


def _followed(referral: wire.Referral | None, when: _When) -> Iterator[Event]:
    if referral is not None:
        yield events.CitizenFollowedLink(**_base(when), ref=referral.ref)


# The Page's feed


def _change(kind: ItemKind, value: wire.Value, when: _When) -> Iterator[Event]:
    post = value.post
    # A removed or edited post is told like a comment: it is the thing under which we would have answered.
    thing = value.comment_id or post
    if kind is ItemKind.COMMENT or when.conversation == PAGE:
        yield _comment(value, when)
    elif kind is ItemKind.VISITOR_POST:
        photo = (value.link if value.item == "photo" else "") or value.photo or next(iter(value.photos), "")
        yield events.VisitorPosted(
            **_base(when), post_id=post, author=when.conversation, text=value.message, photo=photo or None
        )
    elif kind is ItemKind.MENTION:
        yield events.PageMentioned(
            **_base(when), post_id=post, comment_id=value.comment_id, text=value.message
        )
    elif kind is ItemKind.EDIT:
        yield events.CommentEdited(**_base(when), comment_id=thing, text=value.message)
    elif kind is ItemKind.REMOVE:
        yield events.CommentRemoved(**_base(when), comment_id=thing)
    elif kind is ItemKind.MODERATION:
        yield events.CommentHidden(**_base(when), comment_id=thing, hidden=value.verb == "hide")


def _comment(value: wire.Value, when: _When) -> Event:
    comment, hidden = value.comment_id or "", when.conversation.startswith("comment:")
    answer_to = comment if _is_top_level(value) else value.parent_id or comment
    if when.conversation == PAGE:
        return events.OurCommentAppeared(
            **_base(when), comment_id=comment, answer_to=answer_to, text=value.message
        )
    return events.PageCommented(
        **_base(when),
        comment_id=comment,
        post_id=value.post,
        answer_to=answer_to,
        author=None if hidden else when.conversation,
        text=value.message,
        photo=value.photo or None,
    )


def _is_top_level(value: wire.Value) -> bool:
    """Top level when the parent is the post: with the Page's prefix, without it, or as the comment's id says.

    Answering under the parent of a top-level comment would make a new comment that nobody is told of.
    """
    post, parent = value.post, value.parent_id or value.post
    if parent == post or parent.endswith(f"_{post}") or post.endswith(f"_{parent}"):
        return True
    return (value.comment_id or "").split("_")[-2:-1] == [parent.rpartition("_")[2]]


def _base(when: _When) -> dict[str, Any]:
    return {"conversation": when.conversation, "at": when.at}
