"""The page: three columns, each a fragment too; a stream that says when to fetch them again."""

import hashlib
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sse_starlette import EventSourceResponse, ServerSentEvent

from app.pretend import photos, words
from app.pretend.group_views import groups_view
from app.pretend.stage import Stage, StageDep
from app.pretend.views import Shown, clock_time, day, phone_view

HERE = Path(__file__).parent
SHARED = HERE.parent
SHARED_STATIC, OWN_STATIC = SHARED / "static", HERE / "static"
# Only what this server itself serves may run, style or show; the photo of a citizen may come from anywhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' https: data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

router = APIRouter()


def shown_now(
    citizen: str = "", screen: str = "thread", presser: str = "officer", group: int = 0, after: int = 0
) -> Shown:
    return Shown(citizen=citizen, screen=screen, presser=presser, group=group, after=after)


ShownDep = Annotated[Shown, Depends(shown_now)]


@cache
def _fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def static_url(name: str) -> str:
    return f"/pretend/static/shared/{name}?v={_fingerprint(SHARED_STATIC / name)}"


def own_url(name: str) -> str:
    return f"/pretend/static/own/{name}?v={_fingerprint(OWN_STATIC / name)}"


@cache
def templates() -> Environment:
    loader = ChoiceLoader([FileSystemLoader(HERE / "templates"), FileSystemLoader(SHARED / "templates")])
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {
        "static_url": static_url,
        "own_url": own_url,
        "w": words,
        "samples": tuple(photos.SAMPLES.values()),
    }
    environment.filters["clock_time"] = clock_time
    environment.filters["day"] = day
    return environment


def _html(name: str, **values: object) -> HTMLResponse:
    page = templates().get_template(name).render(values)
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})


async def _mayor(stage: Stage, look: str = "") -> Markup | None:
    found = await stage.desk.list_of_cases(look)
    # Our own desk wrote it: it goes in as it is.
    return None if found is None else Markup(found)  # noqa: S704


def _undelivered(stage: Stage) -> int:
    """What the service would not take; what is on its way is no news."""
    return len(stage.facebook.waiting) if stage.facebook.last_error else 0


@router.get("/")
async def page(request: Request, stage: StageDep, shown: ShownDep) -> HTMLResponse:
    # Before anything is drawn: what changes meanwhile is then told by the stream, and nothing else is.
    revision = stage.live.revision
    return _html(
        "page.html",
        shown=shown,
        phone=phone_view(stage.world, shown),
        groups=groups_view(stage.world, shown),
        mayor=await _mayor(stage),
        desks=stage.config.desks,
        look="",
        origin=str(request.base_url.replace(path="")).rstrip("/"),
        now=stage.world.now(),
        waiting=_undelivered(stage),
        revision=revision,
    )


@router.get("/columns/citizen")
async def citizen_column(request: Request, stage: StageDep, shown: ShownDep) -> HTMLResponse:
    origin = str(request.base_url.replace(path="")).rstrip("/")
    return _html("_citizen.html", shown=shown, phone=phone_view(stage.world, shown), origin=origin)


@router.get("/columns/groups")
async def groups_column(stage: StageDep, shown: ShownDep) -> HTMLResponse:
    return _html("_groups.html", shown=shown, groups=groups_view(stage.world, shown))


@router.get("/columns/mayor")
async def mayor_column(stage: StageDep, look: str = "") -> HTMLResponse:
    """``look`` is the query of a chip of the list, such as that for the late ones."""
    return _html("_mayor.html", mayor=await _mayor(stage, look), desks=stage.config.desks, look=look)


@router.get("/columns/clock")
async def clock(stage: StageDep) -> HTMLResponse:
    return _html("_clock.html", now=stage.world.now(), waiting=_undelivered(stage))


@router.get("/live")
async def live(stage: StageDep, seen: int = -1) -> Response:
    """``seen`` is what the page shows already: drawing it again under a hand that taps would lose the tap."""
    ending = anyio.Event()

    async def news() -> AsyncIterator[ServerSentEvent]:
        async for revision in stage.live.revisions(ending, seen):
            yield ServerSentEvent(event="changed", data=str(revision))

    # The grace lets the stream close itself, so that Ctrl-C ends the server at once and without a complaint.
    return EventSourceResponse(news(), ping=20, shutdown_event=ending, shutdown_grace_period=1)
