"""Makes the pretend Facebook and groups: an ASGI app of its own, to mount at /pretend or to run alone."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import httpx
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from app.pretend import (
    control,
    control_desk,
    control_thread,
    control_wall,
    graph,
    page,
    photos,
    telegram,
)
from app.pretend.config import PretendConfig, PretendDesk, PretendGroup
from app.pretend.errors import GraphRefusedError, TelegramRefusedError
from app.pretend.stage import Stage, build_stage

__all__ = ["PretendConfig", "PretendDesk", "PretendGroup", "clock_of", "create_pretend"]


def create_pretend(config: PretendConfig, transport: httpx.AsyncBaseTransport | None = None) -> FastAPI:
    """``transport`` carries its webhooks and desk visits; tests may give one that needs no port."""
    app = FastAPI(title="Pretend Facebook", lifespan=_until_closed, openapi_url=None)
    app.state.stage = build_stage(config, transport)
    router = APIRouter()
    for part in (page, photos, graph, telegram, control_thread, control_wall, control_desk, control):
        router.include_router(part.router)
    # Mounted at /pretend the prefix is gone when a request comes here; alone on a port it is still there.
    app.include_router(router)
    app.include_router(router, prefix="/pretend")
    app.add_api_route("/pretend", page.page)
    for prefix in ("", "/pretend"):
        app.mount(f"{prefix}/static/shared", StaticFiles(directory=page.SHARED_STATIC))
        app.mount(f"{prefix}/static/own", StaticFiles(directory=page.OWN_STATIC))
    app.add_exception_handler(GraphRefusedError, _say_graph_error)
    app.add_exception_handler(TelegramRefusedError, _say_telegram_error)
    return app


def clock_of(pretend: FastAPI) -> Callable[[], datetime]:
    """Its clock, which people can move; the service beside it must live by the same one."""
    stage: Stage = pretend.state.stage
    return stage.world.now


@asynccontextmanager
async def _until_closed(app: FastAPI) -> AsyncIterator[None]:
    # Nobody calls this when the app is mounted; the couriers start by themselves and end with the loop.
    yield
    await app.state.stage.close()


async def _say_graph_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, GraphRefusedError)  # noqa: S101 - registered for this class alone
    return JSONResponse(error.error.body(), status_code=error.error.status)


async def _say_telegram_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, TelegramRefusedError)  # noqa: S101 - registered for this class alone
    return JSONResponse(error.body(), status_code=error.status)
