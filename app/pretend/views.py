"""What the citizen's phone shows, as frozen values made from the world. The templates only place them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from app.pretend import words
from app.pretend.rich_text import linked
from app.pretend.rules import WINDOW
from app.pretend.state import Choice, Citizen, Comment, Message, Post
from app.pretend.world import World

WIB = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What this browser looks at: whose phone, which screen of it, which group, and as whom it presses buttons.

    ``after`` is the newest message of all groups when that group was opened: a newer one opens its own group.
    """

    citizen: str
    screen: str
    presser: str
    group: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """A message as it is drawn: grouped with its neighbours of the same side."""

    message: Message
    html: Markup
    time: str
    day: str
    first: bool
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneView:
    """The citizen's phone."""

    citizen: Citizen
    everybody: tuple[Citizen, ...]
    bubbles: tuple[Bubble, ...]
    quick_replies: tuple[Choice, ...]
    window: str
    window_open: bool
    posts: tuple["PostView", ...]
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    comment: Comment
    html: Markup
    time: str
    by_page: bool
    replies: tuple["CommentView", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    post: Post
    html: Markup
    time: str
    by_page: bool
    comments: tuple[CommentView, ...]


def clock_time(at: datetime) -> str:
    return f"{at.astimezone(WIB):%H.%M}"


def day(at: datetime) -> str:
    local = at.astimezone(WIB)
    return f"{words.DAYS[local.weekday()]}, {local.day} {words.MONTHS[local.month - 1]}"


def phone_view(world: World, shown: Shown) -> PhoneView:
    citizen = world.citizens.get(shown.citizen) or next(iter(world.citizens.values()))
    thread = world.threads.get(citizen.psid, [])
    window, is_open = _window(citizen, world.now())
    posts = tuple(_post_view(world, one) for one in reversed(world.posts.values()) if not one.removed)
    return PhoneView(
        citizen=citizen,
        everybody=tuple(world.citizens.values()),
        bubbles=_bubbles(thread),
        quick_replies=thread[-1].quick_replies if thread and thread[-1].from_page else (),
        window=window,
        window_open=is_open,
        posts=posts,
        items=sum(one.from_page for one in thread) + len(world.comments),
    )


def _window(citizen: Citizen, now: datetime) -> tuple[str, bool]:
    if citizen.last_act is None:
        return "", False
    left = WINDOW - (now - citizen.last_act)
    if left < timedelta():
        return words.WINDOW_CLOSED, False
    return words.WINDOW_OPEN.format(hours=max(1, round(left / timedelta(hours=1)))), True


def _bubbles(thread: list[Message]) -> tuple[Bubble, ...]:
    before: list[Message | None] = [None, *thread][:-1]
    after: list[Message | None] = [*thread, None][1:]
    return tuple(
        Bubble(
            message=one,
            html=linked(one.text),
            time=clock_time(one.at),
            day="" if _same_day(one, previous) else day(one.at),
            first=not _together(one, previous),
            last=not _together(one, following),
        )
        for one, previous, following in zip(thread, before, after, strict=True)
    )


def _same_day(one: Message, other: Message | None) -> bool:
    return other is not None and one.at.astimezone(WIB).date() == other.at.astimezone(WIB).date()


def _together(one: Message, other: Message | None) -> bool:
    if other is None or other.from_page != one.from_page:
        return False
    return abs(one.at - other.at) < timedelta(minutes=10)


def _post_view(world: World, post: Post) -> PostView:
    return PostView(
        post=post,
        html=linked(post.text),
        time=clock_time(post.at),
        by_page=post.author_id == world.page_id,
        comments=tuple(_comment_view(world, one) for one in world.replies_to(post.id)),
    )


def _comment_view(world: World, comment: Comment) -> CommentView:
    return CommentView(
        comment=comment,
        html=linked(comment.text),
        time=clock_time(comment.at),
        by_page=comment.author_id == world.page_id,
        replies=tuple(_comment_view(world, one) for one in world.replies_to(comment.id)),
    )
