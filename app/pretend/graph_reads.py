"""The Graph API's reads: a person, comments, conversations, the page's subscription, a token."""

import re
from datetime import datetime
from typing import Any

from app.pretend import rules
from app.pretend.errors import GraphRefusedError
from app.pretend.graph_sends import activity
from app.pretend.stage import Stage
from app.pretend.state import Comment, Message

Json = dict[str, Any]

SUBSCRIBED = [
    "feed",
    "mention",
    "messages",
    "messaging_postbacks",
    "messaging_referrals",
    "message_echoes",
    "message_edits",
    "message_reactions",
    "message_deliveries",
    "message_reads",
    "messaging_optins",
    "messaging_handovers",
    "standby",
    "messaging_policy_enforcement",
    "message_template_status_update",
]
SCOPES = [
    "pages_show_list",
    "pages_manage_metadata",
    "pages_messaging",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_engagement",
]


def graph_time(at: datetime) -> str:
    # Facebook writes the zone without a colon.
    return at.strftime("%Y-%m-%dT%H:%M:%S+0000")


def node(stage: Stage, object_id: str, fields: str) -> Json:
    """Whatever bears that id: the page (also as ``me``), a person or a comment."""
    world = stage.world
    wanted = {one.strip() for one in re.sub(r"\{.*\}", "", fields).split(",")} - {""}
    if object_id in {"me", world.page_id}:
        return {"id": world.page_id, "name": world.page_name}
    if object_id in world.citizens:
        first, _, last = world.citizens[object_id].name.partition(" ")
        return {"id": object_id, "first_name": first, "last_name": last, "name": f"{first} {last}".strip()}
    known = world.comments.get(object_id)
    if known is None or known.removed:
        raise GraphRefusedError(rules.gone(object_id))
    whole = comment_view(known) | _moderation_view(stage, known)
    return {key: value for key, value in whole.items() if not wanted or key in wanted | {"id"}}


def comment_view(comment: Comment) -> Json:
    view: Json = {"id": comment.id, "message": comment.text, "created_time": graph_time(comment.at)}
    if not comment.anonymous:
        view["from"] = {"id": comment.author_id, "name": comment.author_name}
    if comment.parent_id != comment.post_id:
        view["parent"] = {"id": comment.parent_id}
    return view


def _moderation_view(stage: Stage, comment: Comment) -> Json:
    target = activity(stage.world, comment.id)
    private = target is not None and rules.can_reply_privately(target, stage.world.now(), stage.world.page_id)
    return {
        "can_reply_privately": private,
        "can_comment": True,
        "can_hide": comment.author_id != stage.world.page_id,
        "is_hidden": comment.hidden,
        "permalink_url": f"https://www.facebook.com/{comment.post_id}?comment_id={comment.id}",
    }


def comments_under(stage: Stage, object_id: str) -> Json:
    world = stage.world
    known = world.comments.get(object_id)
    post_id = world.full_post_id(object_id)
    if (known is None or known.removed) and post_id not in world.posts:
        raise GraphRefusedError(rules.gone(object_id))
    replies = world.replies_to(object_id if known else post_id)
    return {"data": [comment_view(one) for one in replies]}


def feed(stage: Stage) -> Json:
    """The wall, newest first, each post with its comments: what a poller reads when a webhook was missed."""
    world = stage.world
    shown = [one for one in reversed(world.posts.values()) if not one.removed]
    return {
        "data": [
            {
                "id": one.id,
                "message": one.text,
                "created_time": graph_time(one.at),
                "from": {"id": one.author_id, "name": one.author_name},
                "comments": {
                    "data": [
                        comment_view(each)
                        for each in world.comments.values()
                        if each.post_id == one.id and not each.removed
                    ]
                },
            }
            for one in shown
        ]
    }


def conversations(stage: Stage, psid: str) -> Json:
    world = stage.world
    threads = [one for one, thread in world.threads.items() if thread and psid in {"", one}]
    return {"data": [_thread_view(stage, one) for one in threads]}


def _thread_view(stage: Stage, psid: str) -> Json:
    newest = rules.newest_first(stage.world.threads[psid])
    return {
        "id": f"t_{psid}",
        "updated_time": graph_time(newest[0].at),
        "messages": {"data": [_message_view(stage, one) for one in newest]},
    }


def _message_view(stage: Stage, message: Message) -> Json:
    page = {"id": stage.world.page_id, "name": stage.world.page_name}
    citizen = {"id": message.psid, "name": stage.world.citizens[message.psid].name}
    sender, receiver = (page, citizen) if message.from_page else (citizen, page)
    return {
        "id": message.mid,
        "message": message.text,
        "created_time": graph_time(message.at),
        "from": sender,
        "to": {"data": [receiver]},
    }


def subscription(stage: Stage) -> Json:
    app = {"id": stage.config.app_id, "name": "Pekanbaru Smart", "subscribed_fields": SUBSCRIBED}
    return {"data": [app]}


def token_facts(stage: Stage, token: str) -> Json:
    valid = token == stage.config.page_token
    facts: Json = {"app_id": stage.config.app_id, "type": "PAGE", "is_valid": valid}
    if valid:
        facts |= {"profile_id": stage.config.page_id, "expires_at": 0, "scopes": SCOPES}
    return {"data": facts}
