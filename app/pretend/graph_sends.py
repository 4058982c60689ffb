"""The Graph API's writes: a Messenger message or private reply, a public comment, hiding and removing one."""

from dataclasses import dataclass, replace
from typing import Any

from app.pretend import acts, rules
from app.pretend.errors import GraphRefusedError
from app.pretend.rules import Activity, CommentAsked, SendAsked
from app.pretend.stage import Stage
from app.pretend.state import Attachment, Choice, Citizen, Message
from app.pretend.world import World

Fields = dict[str, Any]


def send(stage: Stage, fields: Fields) -> dict[str, str]:
    """One message by the page, or a sign that it is typing."""
    if "sender_action" in fields:
        return _show_action(stage, fields)
    asked = _asked(stage, fields)
    if error := rules.refuse_send(asked):
        raise GraphRefusedError(error)
    message = _keep(stage, asked, fields)
    updates = acts.page_said(stage.world.page_id, message, stage.world.now())
    stage.happened(*updates)
    return {"recipient_id": message.psid, "message_id": message.mid}


def _asked(stage: Stage, fields: Fields) -> SendAsked:
    recipient, content = _object(fields.get("recipient")), _object(fields.get("message"))
    target_id = str(recipient.get("comment_id") or recipient.get("post_id") or "")
    target = activity(stage.world, target_id)
    text, buttons, attachment = _content(content)
    return SendAsked(
        now=stage.world.now(),
        page_id=stage.world.page_id,
        human_agent_approved=stage.config.human_agent_approved,
        messaging_type=str(fields.get("messaging_type", "RESPONSE")),
        tag=str(fields.get("tag", "")),
        citizen=_recipient(stage.world, str(recipient.get("id", "")), target),
        private_to=target_id,
        target=target,
        text=text,
        has_attachment=attachment is not None,
        quick_replies=tuple(_choice(one) for one in content.get("quick_replies") or ()),
        buttons=buttons,
        metadata=str(content.get("metadata", "")),
    )


def _recipient(world: World, psid: str, target: Activity | None) -> Citizen | None:
    if target is None:
        return world.citizens.get(psid)
    known = world.citizens.get(target.author_id)
    return known or Citizen(psid=target.author_id, name="")


def activity(world: World, object_id: str) -> Activity | None:
    """The comment or post of that id, as far as a private reply goes."""
    found = world.comments.get(object_id) or world.posts.get(world.full_post_id(object_id))
    if found is None:
        return None
    return Activity(
        id=found.id,
        author_id=found.author_id,
        at=found.at,
        removed=found.removed,
        answered=found.answered_privately,
    )


def _object(value: object) -> Fields:
    return value if isinstance(value, dict) else {}


def _content(content: Fields) -> tuple[str, tuple[Choice, ...], Attachment | None]:
    """Text, buttons and attachment of a message; a button template brings its own text."""
    attachment = _object(content.get("attachment"))
    payload = _object(attachment.get("payload"))
    if attachment.get("type") == "template":
        buttons = tuple(_choice(one) for one in payload.get("buttons") or ())
        return str(payload.get("text", "")), buttons, Attachment(type="template")
    media = Attachment(type=str(attachment["type"]), url=str(payload.get("url", ""))) if attachment else None
    return str(content.get("text", "")), (), media


def _choice(value: Fields) -> Choice:
    return Choice(
        title=str(value.get("title", value.get("content_type", ""))),
        payload=str(value.get("payload", "")),
        url=str(value.get("url", "")),
    )


def _keep(stage: Stage, asked: SendAsked, fields: Fields) -> Message:
    world, content = stage.world, _object(fields.get("message"))
    psid = asked.citizen.psid if asked.citizen else ""
    world.keep_citizen(psid, page_is_typing=False, seen_by_page=True)
    if asked.target:
        _mark_answered(world, asked.target.id)
    _, _, attachment = _content(content)
    shown = () if attachment is None or attachment.type == "template" else (attachment,)
    return world.add_message(
        Message(
            mid=world.new_mid(),
            psid=psid,
            from_page=True,
            at=world.now(),
            text=asked.text,
            attachments=shown,
            quick_replies=asked.quick_replies,
            buttons=asked.buttons,
            reply_to=str(_object(content.get("reply_to") or fields.get("reply_to")).get("mid", "")),
            metadata=asked.metadata,
            app_id=stage.config.app_id,
            tag=asked.tag,
            private_reply_to=asked.target.id if asked.target else "",
        )
    )


def _mark_answered(world: World, object_id: str) -> None:
    if object_id in world.comments:
        world.comments[object_id] = replace(world.comments[object_id], answered_privately=True)
    else:
        world.posts[object_id] = replace(world.posts[object_id], answered_privately=True)


def _show_action(stage: Stage, fields: Fields) -> dict[str, str]:
    psid = str(_object(fields.get("recipient")).get("id", ""))
    if psid not in stage.world.citizens:
        raise GraphRefusedError(rules.NO_MATCHING_USER)
    action = fields["sender_action"]
    if action == "mark_seen":
        stage.world.keep_citizen(psid, seen_by_page=True)
    elif action in {"typing_on", "typing_off"}:
        stage.world.keep_citizen(psid, page_is_typing=action == "typing_on")
    else:
        raise GraphRefusedError(rules.invalid("Invalid sender_action", 2018048))
    stage.live.changed()
    return {"recipient_id": psid}


@dataclass(frozen=True, slots=True)
class Target:
    """Under which post a comment goes, and under which comment if any."""

    post_id: str
    parent_id: str


def comment(stage: Stage, target_id: str, fields: Fields) -> dict[str, str]:
    """A public comment by the page, under a post or a comment."""
    target = _comment_target(stage.world, target_id)
    asked = CommentAsked(
        text=str(fields.get("message", "")),
        target_exists=target is not None,
        target_id=target_id,
        last_own=stage.world.last_page_comment(),
    )
    error = rules.refuse_comment(asked)
    if error or target is None:
        raise GraphRefusedError(error or rules.gone(target_id))
    made = acts.comment(
        stage,
        acts.Remark(
            post_id=target.post_id,
            parent_id=target.parent_id,
            author_id=stage.world.page_id,
            author_name=stage.world.page_name,
            text=asked.text,
        ),
    )
    return {"id": made.id}


def _comment_target(world: World, target_id: str) -> Target | None:
    known = world.comments.get(target_id)
    if known is not None:
        return None if known.removed else Target(known.post_id, known.id)
    post_id = world.full_post_id(target_id)
    return Target(post_id, "") if post_id in world.posts and not world.posts[post_id].removed else None


def moderate(stage: Stage, comment_id: str, fields: Fields) -> dict[str, bool]:
    """Hide or show a comment."""
    known = stage.world.comments.get(comment_id)
    if known is None or known.removed:
        raise GraphRefusedError(rules.gone(comment_id))
    hidden = str(fields.get("is_hidden", "")).lower() == "true"
    acts.change_comment(stage, comment_id, "hide" if hidden else "unhide")
    return {"success": True}
