"""What the three columns show, as frozen values made from the world. The templates only place them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from app.pretend import words
from app.pretend.rich_text import linked, telegram_html
from app.pretend.rules import WINDOW
from app.pretend.state import Choice, Citizen, Comment, Group, GroupMessage, Message, Post
from app.pretend.world import World

WIB = ZoneInfo("Asia/Jakarta")
TOAST_LASTS = timedelta(seconds=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What this browser looks at: whose phone, which screen of it, and as whom it presses buttons."""

    citizen: str
    screen: str
    presser: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    id: str
    message_id: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """A message in a group."""

    message: GroupMessage
    html: Markup
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A group with its messages, the newest first: that is the one to press."""

    group: Group
    alerts: tuple[AlertView, ...]
    toast: Toast | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsView:
    """The groups that have something to show, the newest first; the others by name."""

    busy: tuple[GroupView, ...]
    quiet: tuple[Group, ...]
    items: int


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


def groups_view(world: World) -> GroupsView:
    busy = [chat_id for chat_id in world.groups if world.group_messages.get(chat_id)]
    busy.sort(key=lambda chat_id: world.group_messages[chat_id][-1].at, reverse=True)
    return GroupsView(
        busy=tuple(_group_view(world, chat_id) for chat_id in busy),
        quiet=tuple(one for chat_id, one in world.groups.items() if chat_id not in busy),
        items=sum(len(one) + sum(each.edits for each in one) for one in world.group_messages.values()),
    )


def _group_view(world: World, chat_id: int) -> GroupView:
    alerts = tuple(
        AlertView(message=one, html=telegram_html(one.text, one.parse_mode), time=clock_time(one.at))
        for one in reversed(world.group_messages[chat_id])
    )
    return GroupView(group=world.groups[chat_id], alerts=alerts, toast=_toast(world, chat_id))


def _toast(world: World, chat_id: int) -> Toast | None:
    for press in reversed(world.presses.values()):
        fresh = press.answered_at is not None and world.now() - press.answered_at < TOAST_LASTS
        if press.chat_id == chat_id and fresh and press.answer:
            return Toast(id=press.id, message_id=press.message_id, text=press.answer)
    return None
