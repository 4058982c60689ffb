"""The web service: create_app(settings). No work is done at import."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request, Response
from starlette.requests import ClientDisconnect

from app.clock import Clock, now
from app.notify.telegram import Telegram
from app.observe import log
from app.process import WorkerProcess
from app.settings import Settings
from app.web import followup, health, legal, photos, signin, telegram, webhook
from app.web.desk import routes
from app.web.pages import set_up_pages
from app.wiring import build_service, telegram_secret
from bot.messenger.errors import SendFailed
from models.db import Database


def create_app(settings: Settings, database: Database, *, with_worker: bool, clock: Clock = now) -> FastAPI:
    """``with_worker``: the same process also handles and sends (SQLite's only way, PostgreSQL's simplest)."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with httpx.AsyncClient() as client:
            worker: WorkerProcess | None = None
            service = build_service(
                settings,
                database,
                client,
                wake_worker=lambda: worker.wake_inbox() if worker else None,
                wake_sender=lambda: worker.wake_sender() if worker else None,
                clock=clock,
            )
            if with_worker:
                worker = WorkerProcess(
                    settings=settings, database=database, counsel=service.counsel, clock=clock
                )
                worker.start()
            service.ingest.start()
            app.state.service = service
            registering = asyncio.create_task(_register_with_telegram(settings, service.telegram))
            _spare_the_collector()
            yield
            registering.cancel()
            await asyncio.to_thread(service.ingest.close)
            if worker is not None:
                await asyncio.to_thread(worker.stop)

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes.append(webhook.door)
    app.include_router(webhook.router)
    app.include_router(telegram.router)
    app.include_router(health.router)
    for people in (signin.router, *routes.routers, followup.router, legal.router, photos.router):
        app.include_router(people)
    set_up_pages(app)
    app.add_exception_handler(ClientDisconnect, _nobody_listens)
    return app


async def _nobody_listens(_request: Request, _error: Exception) -> Response:
    """A caller that hangs up in the middle of a body is no fault of ours: nothing was kept, nothing is logged."""
    return Response(status_code=400)


async def _register_with_telegram(settings: Settings, bot: Telegram | None) -> None:
    """Tell Telegram where to post. Without it buttons do nothing, so it is tried until it works."""
    tries = 0
    while bot is not None:
        try:
            await bot.set_webhook(
                f"{settings.public_url.rstrip('/')}/webhook/telegram", telegram_secret(settings)
            )
        except SendFailed as error:
            tries += 1
            # The first tries may come before this very server listens (the demo plays Telegram itself).
            if tries > 2:
                log().error("telegram_webhook_not_set", error=str(error))
            await asyncio.sleep(error.wait or min(30.0, 0.25 * 2**tries))
        else:
            return


def _spare_the_collector() -> None:
    """What was made at start lives as long as the process: not looking at it again cuts pauses to a fifth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
