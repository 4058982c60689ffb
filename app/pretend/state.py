"""The pretend world's values, frozen: what Facebook and the groups remember. `world.py` holds them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """A person with a Messenger account. ``last_act`` is what the 24-hour window is measured from."""

    psid: str
    name: str
    last_act: datetime | None = None
    unreachable: bool = False
    page_is_typing: bool = False
    seen_by_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What hangs on a message or a comment."""

    type: str
    url: str = ""
    title: str = ""
    sticker_id: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A quick reply or a button: a title, and a payload or a link."""

    title: str
    payload: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One bubble of a Messenger thread, by the citizen or by the page."""

    mid: str
    psid: str
    from_page: bool
    at: datetime
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    quick_replies: tuple[Choice, ...] = ()
    buttons: tuple[Choice, ...] = ()
    tapped: str = ""
    reply_to: str = ""
    metadata: str = ""
    app_id: str = ""
    tag: str = ""
    edits: int = 0
    unsent: bool = False
    private_reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post on the page's wall, by the page or by a visitor."""

    id: str
    author_id: str
    author_name: str
    text: str
    at: datetime
    removed: bool = False
    answered_privately: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment under a post; ``parent_id`` is the post, or the top-level comment it answers."""

    id: str
    post_id: str
    parent_id: str
    author_id: str
    author_name: str
    text: str
    at: datetime
    photo: str = ""
    # Privacy settings of some people hide who they are: the webhook then has no `from`.
    anonymous: bool = False
    hidden: bool = False
    removed: bool = False
    edits: int = 0
    answered_privately: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A chat group of an agency."""

    chat_id: int
    title: str
    officer_id: int
    officer_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMessage:
    """A message of the bot in a group, with its buttons; ``earlier`` are the texts before each edit."""

    chat_id: int
    message_id: int
    text: str
    at: datetime
    parse_mode: str = ""
    rows: tuple[tuple[Choice, ...], ...] = ()
    photo: str = ""
    thread_id: int | None = None
    reply_to: int | None = None
    edits: int = 0
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button of a group message that somebody pressed, and what the bot answered to it."""

    id: str
    chat_id: int
    message_id: int
    user_id: int
    user_name: str
    data: str
    at: datetime
    answer: str | None = None
    answered_at: datetime | None = None
    alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphCall:
    """One request to the Graph or Telegram API and how it ended, so that tests can read what was asked."""

    method: str
    path: str
    status: int
    code: int | None = None
