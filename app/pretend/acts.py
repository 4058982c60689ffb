"""What citizens and other people do on Facebook: each act changes the world and is told by a webhook."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from app.pretend import payloads
from app.pretend.payloads import Update
from app.pretend.stage import Stage
from app.pretend.state import Attachment, Comment, Message, Post

PAGE_INBOX_APP = "263902037430900"  # Meta's own inbox, where an officer answers by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a citizen puts into one message."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    tapped: str = ""
    reply_to: str = ""


def write(stage: Stage, psid: str, said: Said, *, standby: bool = False) -> Message:
    """A message opens the 24-hour window again, and every quick reply before it is gone."""
    world = stage.world
    now = world.now()
    world.keep_citizen(psid, last_act=now, seen_by_page=False)
    message = world.add_message(
        Message(
            mid=world.new_mid(),
            psid=psid,
            from_page=False,
            at=now,
            text=said.text,
            attachments=said.attachments,
            tapped=said.tapped,
            reply_to=said.reply_to,
        )
    )
    stage.happened(payloads.message_update(world.page_id, message, standby=standby))
    return message


def open_menu(stage: Stage, psid: str, *, title: str, payload: str, ref: str = "") -> str:
    """Get Started, a menu item or a button of a template."""
    world = stage.world
    now, mid = world.now(), world.new_mid()
    world.keep_citizen(psid, last_act=now)
    world.add_message(Message(mid=mid, psid=psid, from_page=False, at=now, text=title, tapped=payload))
    stage.happened(
        payloads.postback_update(world.page_id, psid, now, mid=mid, title=title, payload=payload, ref=ref)
    )
    return mid


def follow_link(stage: Stage, psid: str, ref: str) -> None:
    """An m.me link with a ref, followed into a thread that exists."""
    now = stage.world.now()
    stage.world.keep_citizen(psid, last_act=now)
    stage.happened(payloads.referral_update(stage.world.page_id, psid, now, ref=ref))


def read(stage: Stage, psid: str) -> None:
    stage.happened(payloads.read_update(stage.world.page_id, psid, stage.world.now()))


def edit_message(stage: Stage, message: Message, text: str) -> Message:
    changed = stage.world.put_message(replace(message, text=text, edits=message.edits + 1))
    now = stage.world.now()
    stage.world.keep_citizen(message.psid, last_act=now)
    stage.happened(payloads.edit_update(stage.world.page_id, changed, now))
    return changed


def unsend(stage: Stage, message: Message) -> Message:
    changed = stage.world.put_message(replace(message, unsent=True, text="", attachments=()))
    stage.happened(payloads.unsent_update(stage.world.page_id, changed, stage.world.now()))
    return changed


def react(stage: Stage, message: Message, *, reaction: str, emoji: str) -> None:
    now = stage.world.now()
    stage.world.keep_citizen(message.psid, last_act=now)
    page_id = stage.world.page_id
    stage.happened(payloads.reaction_update(page_id, message, now, reaction=reaction, emoji=emoji))


def answer_in_inbox(stage: Stage, psid: str, text: str) -> Message:
    """An officer writes from the page's own inbox; our app hears it as an echo of another app."""
    world = stage.world
    world.keep_citizen(psid)
    message = world.add_message(
        Message(
            mid=world.new_mid(), psid=psid, from_page=True, at=world.now(), text=text, app_id=PAGE_INBOX_APP
        )
    )
    stage.happened(payloads.echo_update(world.page_id, message))
    return message


def post(stage: Stage, text: str, author_id: str | None = None) -> Post:
    """A post on the wall: by the page, or by a visitor when an author is named."""
    world = stage.world
    author = world.page_id if author_id is None else world.keep_citizen(author_id).psid
    name = world.page_name if author_id is None else world.citizens[author].name
    made = Post(
        id=f"{world.page_id}_{world.new_number()}",
        author_id=author,
        author_name=name,
        text=text,
        at=world.now(),
    )
    world.posts[made.id] = made
    stage.happened(payloads.post_update(made, by_page=author_id is None))
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment before it is written: under which post or comment, by whom, and what."""

    post_id: str
    author_id: str
    author_name: str
    text: str
    parent_id: str = ""
    photo: str = ""
    anonymous: bool = False


def comment(stage: Stage, remark: Remark) -> Comment:
    """Threads have two levels: an answer to an answer stands beside it, under the same parent."""
    world = stage.world
    parent = world.comments.get(remark.parent_id)
    parent_id = remark.post_id
    if parent is not None:
        parent_id = parent.id if parent.parent_id == parent.post_id else parent.parent_id
    made = Comment(
        id=f"{remark.post_id.rpartition('_')[2]}_{world.new_number()}",
        post_id=remark.post_id,
        parent_id=parent_id,
        author_id=remark.author_id,
        author_name=remark.author_name,
        text=remark.text,
        at=world.now(),
        photo=remark.photo,
        anonymous=remark.anonymous,
    )
    world.comments[made.id] = made
    stage.happened(payloads.comment_update(made, "add", made.at))
    return made


def change_comment(stage: Stage, comment_id: str, verb: str, text: str = "") -> Comment:
    """``edited``, ``remove``, ``hide`` or ``unhide``."""
    change: dict[str, Callable[[Comment], Comment]] = {
        "edited": lambda one: replace(one, text=text, edits=one.edits + 1),
        "remove": lambda one: replace(one, removed=True),
        "hide": lambda one: replace(one, hidden=True),
        "unhide": lambda one: replace(one, hidden=False),
    }
    changed = change[verb](stage.world.comments[comment_id])
    stage.world.comments[comment_id] = changed
    stage.happened(payloads.comment_update(changed, verb, stage.world.now()))
    return changed


def page_said(page_id: str, message: Message, at: datetime) -> tuple[Update, Update]:
    """What Facebook tells the app after the page's own message: its echo, then its delivery."""
    delivered = replace(message, at=at)
    return payloads.echo_update(page_id, message), payloads.delivery_update(page_id, delivered)
