"""Group buttons, the clock, faults, the couriers' habits, and the whole state as JSON."""

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Any

import httpx
from fastapi import APIRouter, HTTPException, Response
from pydantic import Field

from app.pretend import groups
from app.pretend.courier import Courier, Habits
from app.pretend.faults import Fault
from app.pretend.forms import Answer, Asked, body_as
from app.pretend.stage import Stage, StageDep
from app.pretend.state import Choice, GroupMessage
from app.pretend.words import STRANGER_ID, STRANGER_NAME

router = APIRouter()


class ButtonPress(Asked):
    """Which button, by its data or its title; by the group's officer unless another person is named."""

    data: str = ""
    title: str = ""
    user_id: int | None = None
    user_name: str = ""
    as_stranger: bool = False


class Forward(Asked):
    forward_hours: float = Field(gt=0)


class FaultAsked(Asked):
    where: str = Field(pattern="^(messages|comments|reads|telegram)$")
    times: int = Field(default=1, ge=1)
    every: int = Field(default=1, ge=1)
    code: int | None = None
    subcode: int | None = None
    status: int = 400
    message: str = "An unknown error has occurred."
    retry_after: int | None = None
    delay_seconds: float = Field(default=0.0, ge=0)
    after_acting: bool = False
    lost: bool = False


class HabitsAsked(Asked):
    hold: bool = False
    batch: int = Field(default=1, ge=1, le=1000)
    repeat: int = Field(default=0, ge=0)
    shuffle_seed: int | None = None


@router.post("/groups/{chat_id}/messages/{message_id}/press")
async def press(
    chat_id: int,
    message_id: int,
    body: Annotated[ButtonPress, body_as(ButtonPress)],
    stage: StageDep,
    answer: Answer,
) -> Response:
    message = stage.world.group_message(chat_id, message_id)
    if message is None:
        raise HTTPException(404, "no such message")
    user_id, user_name = _presser(stage, chat_id, body)
    data = _button(message, body).payload
    return answer(groups.press(stage, message, user_id=user_id, user_name=user_name, data=data))


def _presser(stage: Stage, chat_id: int, body: ButtonPress) -> tuple[int, str]:
    if body.as_stranger:
        return STRANGER_ID, STRANGER_NAME
    group = stage.world.groups[chat_id]
    if body.user_id is None:
        return group.officer_id, group.officer_name
    return body.user_id, body.user_name or f"Orang {body.user_id}"


def _button(message: GroupMessage, body: ButtonPress) -> Choice:
    """A button that an edit took away may still be pressed, by its data, on a phone that is behind."""
    offered = [key for row in message.rows for key in row]
    for key in offered:
        if body.data == key.payload or (body.title and body.title.lower() in key.title.lower()):
            return key
    if body.data:
        return Choice(title="", payload=body.data)
    raise HTTPException(409, f"no such button; on offer: {[key.title for key in offered]}")


@router.get("/state")
async def state(stage: StageDep) -> dict[str, Any]:
    world = stage.world
    return {
        "now": world.now(),
        "citizens": list(world.citizens.values()),
        "threads": world.threads,
        "posts": list(world.posts.values()),
        "comments": list(world.comments.values()),
        "groups": [
            asdict(group) | {"messages": world.group_messages[chat_id]}
            for chat_id, group in world.groups.items()
        ],
        "presses": list(world.presses.values()),
        "calls": list(world.calls),
        "webhooks": {"facebook": _facts(stage.facebook), "telegram": _facts(stage.telegram)},
    }


def _facts(courier: Courier[Any]) -> dict[str, Any]:
    return {
        "waiting": len(courier.waiting),
        "delivered": courier.delivered,
        "refused": courier.refused,
        "last_error": courier.last_error,
        "habits": asdict(courier.habits),
    }


@router.post("/clock")
async def move_clock(body: Annotated[Forward, body_as(Forward)], stage: StageDep, answer: Answer) -> Response:
    """Only forward, as time goes; Facebook's windows close by this clock."""
    stage.world.moved += timedelta(hours=body.forward_hours)
    stage.live.changed()
    return answer({"now": stage.world.now()})


@router.post("/faults")
async def put_fault(
    body: Annotated[FaultAsked, body_as(FaultAsked)], stage: StageDep, answer: Answer
) -> Response:
    fault = Fault(**body.model_dump())
    stage.faults.put(fault)
    return answer(fault)


@router.delete("/faults")
async def clear_faults(stage: StageDep, answer: Answer) -> Response:
    stage.faults.clear()
    return answer({"faults": 0})


@router.post("/webhooks/habits")
async def set_habits(
    body: Annotated[HabitsAsked, body_as(HabitsAsked)], stage: StageDep, answer: Answer
) -> Response:
    stage.facebook.habits = Habits(**body.model_dump())
    stage.facebook.go_on()
    return answer(stage.facebook.habits)


@router.post("/webhooks/verify")
async def verify_webhook(stage: StageDep, answer: Answer) -> Response:
    """What Facebook does when an admin saves the callback address."""
    challenge = str(stage.world.new_number())
    asked = {
        "hub.mode": "subscribe",
        "hub.verify_token": stage.config.verify_token,
        "hub.challenge": challenge,
    }
    try:
        reply = await stage.client.get(stage.config.webhook_url, params=asked)
    except httpx.HTTPError as error:
        return answer({"verified": False, "error": type(error).__name__})
    return answer({"verified": reply.status_code == 200 and reply.text == challenge})
