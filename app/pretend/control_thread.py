"""What a citizen does in Messenger, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Response
from pydantic import Field

from app.pretend import acts
from app.pretend.forms import Answer, Asked, body_as
from app.pretend.stage import Stage, StageDep
from app.pretend.state import Attachment, Choice, Message

router = APIRouter(prefix="/citizens")


class NewCitizen(Asked):
    name: str
    psid: str = ""


class AttachmentAsked(Asked):
    type: str
    url: str = ""
    title: str = ""
    sticker_id: int | None = None
    lat: float | None = None
    lon: float | None = None


class NewMessage(Asked):
    text: str = ""
    attachments: list[AttachmentAsked] = Field(default_factory=list)
    photo: str = ""
    reply_to: str = ""
    standby: bool = False


class Tap(Asked):
    """Which quick reply of the last message, by payload or title."""

    payload: str = ""
    title: str = ""


class MenuTap(Asked):
    title: str
    payload: str
    ref: str = ""


class Ref(Asked):
    ref: str


class Text(Asked):
    text: str


class Reaction(Asked):
    reaction: str = "love"
    emoji: str = "❤️"


class Reach(Asked):
    unreachable: bool


@router.post("")
async def meet(body: Annotated[NewCitizen, body_as(NewCitizen)], stage: StageDep, answer: Answer) -> Response:
    psid = body.psid or f"70{stage.world.new_number():014d}"
    made = stage.world.keep_citizen(psid, name=body.name)
    stage.live.changed()
    return answer(made)


@router.post("/{psid}/messages")
async def write(
    psid: str, body: Annotated[NewMessage, body_as(NewMessage)], stage: StageDep, answer: Answer
) -> Response:
    attachments = [Attachment(**one.model_dump()) for one in body.attachments]
    if body.photo:
        attachments.append(Attachment(type="image", url=body.photo))
    if not body.text.strip() and not attachments:
        raise HTTPException(422, "an empty message cannot be sent")
    said = acts.Said(text=body.text, attachments=tuple(attachments), reply_to=body.reply_to)
    return answer(acts.write(stage, psid, said, standby=body.standby))


@router.post("/{psid}/quick-replies")
async def tap(psid: str, body: Annotated[Tap, body_as(Tap)], stage: StageDep, answer: Answer) -> Response:
    chosen = _offered(stage, psid, body)
    return answer(acts.write(stage, psid, acts.Said(text=chosen.title, tapped=chosen.payload)))


def _offered(stage: Stage, psid: str, body: Tap) -> Choice:
    """Quick replies vanish after the next message, so only those of the last one can be tapped."""
    thread = stage.world.threads.get(psid) or []
    offered = thread[-1].quick_replies if thread else ()
    found = next((one for one in offered if body.payload in {one.payload, ""} and _titled(one, body)), None)
    if found is None:
        raise HTTPException(409, f"no such quick reply now; on offer: {[one.title for one in offered]}")
    return found


def _titled(choice: Choice, body: Tap) -> bool:
    return body.title in {choice.title, ""}


@router.post("/{psid}/postbacks")
async def tap_menu(
    psid: str, body: Annotated[MenuTap, body_as(MenuTap)], stage: StageDep, answer: Answer
) -> Response:
    return answer({"mid": acts.open_menu(stage, psid, title=body.title, payload=body.payload, ref=body.ref)})


@router.post("/{psid}/referrals")
async def follow(psid: str, body: Annotated[Ref, body_as(Ref)], stage: StageDep, answer: Answer) -> Response:
    acts.follow_link(stage, psid, body.ref)
    return answer({"ref": body.ref})


@router.post("/{psid}/read")
async def read(psid: str, stage: StageDep, answer: Answer) -> Response:
    acts.read(stage, psid)
    return answer({"read": True})


@router.post("/{psid}/messages/{mid}/edit")
async def edit(
    psid: str, mid: str, body: Annotated[Text, body_as(Text)], stage: StageDep, answer: Answer
) -> Response:
    return answer(acts.edit_message(stage, _known(stage, psid, mid), body.text))


@router.post("/{psid}/messages/{mid}/unsend")
async def unsend(psid: str, mid: str, stage: StageDep, answer: Answer) -> Response:
    return answer(acts.unsend(stage, _known(stage, psid, mid)))


@router.post("/{psid}/messages/{mid}/reaction")
async def react(
    psid: str, mid: str, body: Annotated[Reaction, body_as(Reaction)], stage: StageDep, answer: Answer
) -> Response:
    acts.react(stage, _known(stage, psid, mid), reaction=body.reaction, emoji=body.emoji)
    return answer({"mid": mid})


@router.post("/{psid}/inbox-answers")
async def answer_by_hand(
    psid: str, body: Annotated[Text, body_as(Text)], stage: StageDep, answer: Answer
) -> Response:
    return answer(acts.answer_in_inbox(stage, psid, body.text))


@router.post("/{psid}/reach")
async def set_reach(
    psid: str, body: Annotated[Reach, body_as(Reach)], stage: StageDep, answer: Answer
) -> Response:
    return answer(stage.world.keep_citizen(psid, unreachable=body.unreachable))


def _known(stage: Stage, psid: str, mid: str) -> Message:
    found = stage.world.message(psid, mid)
    if found is None:
        raise HTTPException(404, "no such message")
    return found
