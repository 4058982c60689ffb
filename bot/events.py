"""What happened, in the city's words. Made by bot.messenger.parse, read by the conversation.

Every event names the ``conversation`` it belongs to (a page-scoped id, or ``comment:<id>`` where Facebook
hides the author) and the time ``at`` (aware UTC) that Facebook gave it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MediaKind(StrEnum):
    """What was attached. A sticker (a thumbs-up, say) is never a photo of a trouble."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    FILE = "file"
    STICKER = "sticker"
    LINK = "link"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What every event has."""

    conversation: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenWrote(Happened):
    """A Messenger message with text; ``reply_to`` is the mid of the message it answers."""

    mid: str
    text: str
    reply_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenSentMedia(Happened):
    """One attachment of a message; ``url`` is None when Facebook no longer shows it."""

    mid: str
    kind: MediaKind
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenSharedPlace(Happened):
    """A pin in WGS 84 degrees."""

    mid: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenTapped(Happened):
    """A quick reply, a button or a menu item; ``payload`` is what we once put there, or what somebody forged."""

    key: str
    payload: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenFollowedLink(Happened):
    """An m.me link with a ``ref`` was opened; on an existing thread this opens the messaging window again."""

    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenReacted(Happened):
    """A reaction to a message: opens the messaging window and needs no answer."""

    mid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenEdited(Happened):
    """A Messenger message has a new text."""

    mid: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenUnsent(Happened):
    """A Messenger message was taken back by its writer."""

    mid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCommented(Happened):
    """A comment by somebody other than the Page.

    ``answer_to`` is the comment under which a public reply belongs (threads are two levels deep, so a reply to a
    reply is answered under its parent). ``author`` is a page-scoped id, or None where Facebook hides it.
    """

    comment_id: str
    post_id: str
    answer_to: str
    author: str | None
    text: str
    photo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentEdited(Happened):
    """A comment has a new text."""

    comment_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRemoved(Happened):
    """A comment is gone: nothing may be said under it any more."""

    comment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentHidden(Happened):
    """A comment was hidden (or shown again) by a moderator."""

    comment_id: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorPosted(Happened):
    """A post on the page by somebody other than the Page."""

    post_id: str
    author: str
    text: str
    photo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMentioned(Happened):
    """The Page was mentioned in somebody's post or comment; Facebook does not say by whom."""

    post_id: str
    comment_id: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerAnswered(Happened):
    """An echo of a message that a person (or another app) sent for the Page."""

    mid: str
    text: str
    app_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OurWordArrived(Happened):
    """An echo of our own message: ``word_id`` is the outbox row it came from."""

    mid: str
    word_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OurCommentAppeared(Happened):
    """Our own comment came back through the feed."""

    comment_id: str
    answer_to: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUnderstood(Happened):
    """An item that could not be read; kept as it came, so that it can be replayed after a repair."""

    reason: str


Event = (
    CitizenWrote
    | CitizenSentMedia
    | CitizenSharedPlace
    | CitizenTapped
    | CitizenFollowedLink
    | CitizenReacted
    | CitizenEdited
    | CitizenUnsent
    | PageCommented
    | CommentEdited
    | CommentRemoved
    | CommentHidden
    | VisitorPosted
    | PageMentioned
    | OfficerAnswered
    | OurWordArrived
    | OurCommentAppeared
    | NotUnderstood
)
