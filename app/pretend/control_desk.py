"""Ways from the page to the real desk: a browser that is signed in there, and the mayor's forms."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.pretend.stage import StageDep

router = APIRouter()

#: A path of the desk and never another site: one slash, and no second one behind it.
PathOfDesk = Annotated[str, Query(pattern=r"^/([^/\\].*)?$")]


@router.post("/desks/{key}")
async def open_desk(key: str, stage: StageDep, to: PathOfDesk = "/") -> Response:
    """Uses a fresh one-time link up and hands its session to the browser that asked: both share one address."""
    way_in = await stage.way_in(key) if key in {desk.key for desk in stage.config.desks} else ""
    if not way_in:
        raise HTTPException(404, "no such desk")
    entered = await stage.desk.enter(way_in)
    opened = RedirectResponse(to, status_code=303)
    for cookie in entered.headers.get_list("set-cookie"):
        opened.headers.append("set-cookie", cookie)
    return opened


@router.post("/mayor")
async def act_as_mayor(request: Request, stage: StageDep, path: PathOfDesk) -> Response:
    """A form inside the mayor's column, sent to the desk as his own phone would send it."""
    content_type = request.headers.get("content-type", "")
    status = await stage.desk.act(path, await request.body(), content_type)
    stage.live.changed()
    return Response(status_code=204 if status < 400 else status)
