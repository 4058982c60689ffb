"""What the groups show: a list of chats, the newest first, and the open one with its newest message below."""

from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from app.pretend.rich_text import telegram_html
from app.pretend.state import Group, GroupMessage
from app.pretend.views import Shown, clock_time
from app.pretend.world import World

TOAST_LASTS = timedelta(seconds=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """What the bot said to the one who pressed."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """A message in a group."""

    message: GroupMessage
    html: Markup
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """The open chat, the newest message last as in every messenger."""

    group: Group
    alerts: tuple[AlertView, ...]
    toast: Toast | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsView:
    """``busy`` are the groups that were written to, ``quiet`` the others; ``newest`` is the last message's id."""

    opened: GroupView | None
    busy: tuple[Group, ...]
    quiet: tuple[Group, ...]
    newest: int
    items: int


def groups_view(world: World, shown: Shown) -> GroupsView:
    lists = world.group_messages
    busy = sorted((one for one in world.groups if lists.get(one)), key=lambda one: lists[one][-1].at)[::-1]
    newest = lists[busy[0]][-1].message_id if busy else 0
    return GroupsView(
        opened=_opened(world, busy, newest, shown),
        busy=tuple(world.groups[one] for one in busy),
        quiet=tuple(one for chat_id, one in world.groups.items() if chat_id not in busy),
        newest=newest,
        items=sum(len(one) + sum(each.edits for each in one) for one in lists.values()),
    )


def _opened(world: World, busy: list[int], newest: int, shown: Shown) -> GroupView | None:
    """The group with the newest message, unless somebody opened another one since."""
    if not busy:
        return None
    chosen = shown.group in busy and shown.after == newest
    chat_id = shown.group if chosen else busy[0]
    alerts = tuple(
        AlertView(message=one, html=telegram_html(one.text, one.parse_mode), time=clock_time(one.at))
        for one in world.group_messages[chat_id]
    )
    return GroupView(group=world.groups[chat_id], alerts=alerts, toast=_toast(world, chat_id))


def _toast(world: World, chat_id: int) -> Toast | None:
    for press in reversed(world.presses.values()):
        fresh = press.answered_at is not None and world.now() - press.answered_at < TOAST_LASTS
        if press.chat_id == chat_id and fresh and press.answer:
            return Toast(id=press.id, text=press.answer)
    return None
