"""What people do on the page's wall, over HTTP: posts and comments."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Response

from app.pretend import acts
from app.pretend.forms import Answer, Asked, body_as
from app.pretend.stage import Stage, StageDep

router = APIRouter()


class NewPost(Asked):
    """By the page, or by the visitor whose id is given."""

    text: str
    psid: str = ""


class NewComment(Asked):
    """By a citizen, or by a Page with ``author_id`` and ``author_name``; ``parent_id`` makes it an answer."""

    text: str
    psid: str = ""
    author_id: str = ""
    author_name: str = ""
    parent_id: str = ""
    photo: str = ""
    anonymous: bool = False


class Text(Asked):
    text: str


@router.post("/posts")
async def post(body: Annotated[NewPost, body_as(NewPost)], stage: StageDep, answer: Answer) -> Response:
    return answer(acts.post(stage, body.text, body.psid or None))


@router.post("/posts/{post_id}/comments")
async def comment(
    post_id: str, body: Annotated[NewComment, body_as(NewComment)], stage: StageDep, answer: Answer
) -> Response:
    full_id = stage.world.full_post_id(post_id)
    if full_id not in stage.world.posts:
        raise HTTPException(404, "no such post")
    author_id, author_name = _author(stage, body)
    remark = acts.Remark(
        post_id=full_id,
        author_id=author_id,
        author_name=author_name,
        text=body.text,
        parent_id=body.parent_id,
        photo=body.photo,
        anonymous=body.anonymous,
    )
    return answer(acts.comment(stage, remark))


def _author(stage: Stage, body: NewComment) -> tuple[str, str]:
    if body.author_id:
        return body.author_id, body.author_name
    if not body.psid:
        raise HTTPException(422, "a comment needs psid or author_id")
    citizen = stage.world.keep_citizen(body.psid)
    return citizen.psid, citizen.name


@router.post("/comments/{comment_id}/edit")
async def edit(
    comment_id: str, body: Annotated[Text, body_as(Text)], stage: StageDep, answer: Answer
) -> Response:
    _must_know(stage, comment_id)
    return answer(acts.change_comment(stage, comment_id, "edited", body.text))


@router.post("/comments/{comment_id}/{verb}")
async def change(comment_id: str, verb: str, stage: StageDep, answer: Answer) -> Response:
    """``remove``, ``hide`` or ``unhide``."""
    _must_know(stage, comment_id)
    if verb not in {"remove", "hide", "unhide"}:
        raise HTTPException(404, "no such act")
    return answer(acts.change_comment(stage, comment_id, verb))


@router.delete("/comments/{comment_id}")
async def remove(comment_id: str, stage: StageDep, answer: Answer) -> Response:
    _must_know(stage, comment_id)
    return answer(acts.change_comment(stage, comment_id, "remove"))


def _must_know(stage: Stage, comment_id: str) -> None:
    if comment_id not in stage.world.comments:
        raise HTTPException(404, "no such comment")
