"""``demo``: the real service on SQLite beside a pretend Facebook and pretend groups, on one local port.

It reads no ``.env``: a real token must never meet the pretend Facebook. Everything between the two is the real
code over real HTTP.
"""

import os
import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy.orm import Session
from starlette.types import ASGIApp, Receive, Scope, Send

from app.clock import now
from app.main import create_app
from app.observe import set_up_logging
from app.pretend import PretendConfig, PretendDesk, PretendGroup, clock_of, create_pretend
from app.process import AnotherWorker, refuse_second_worker
from app.settings import Settings
from app.worker import HEARTBEAT
from models.db import Database
from models.domain.opd import Group
from models.schema import make_ready
from models.store import facts, groups, inbox, staff

#: The agencies that have a group in the demo; the others are alerted at the desk.
GROUPS = (
    PretendGroup(chat_id=-1001, title="DLHK Kebersihan", officer_id=7001, officer_name="Petugas DLHK"),
    PretendGroup(chat_id=-1002, title="Dinas PUPR", officer_id=7002, officer_name="Petugas PUPR"),
    PretendGroup(chat_id=-1003, title="Dinas Perhubungan", officer_id=7003, officer_name="Petugas Dishub"),
    PretendGroup(chat_id=-1004, title="LPS Kelurahan", officer_id=7004, officer_name="Petugas LPS"),
    PretendGroup(chat_id=-1005, title="Dinas Perkim", officer_id=7005, officer_name="Petugas Perkim"),
    PretendGroup(chat_id=-1006, title="Satpol PP", officer_id=7006, officer_name="Petugas Satpol PP"),
    PretendGroup(chat_id=-1007, title="PDAM Tirta Siak", officer_id=7007, officer_name="Petugas PDAM"),
    PretendGroup(chat_id=-1008, title="Pemadam Kebakaran", officer_id=7008, officer_name="Petugas Damkar"),
)
OPDS = ("DLHK", "PUPR", "DISHUB", "LPS", "PERKIM", "SATPOLPP", "PDAM", "DPKP")
#: Who has a desk that the page opens; the mayor first, since the page shows his list.
DESKS = (
    PretendDesk(key="wali", label="Wali kota"),
    PretendDesk(key="humas", label="Humas"),
    PretendDesk(key="pupr", label="Petugas PUPR"),
)
_MARK = "demo"
LINK_LIVES = timedelta(hours=1)


class NotADemo(Exception):
    """The database holds events that no demo made."""


def demo(
    port: Annotated[int, typer.Option(help="Local port.")] = 8000,
    host: Annotated[str, typer.Option(help="Local address.")] = "127.0.0.1",
) -> None:
    """Show the main job with no account anywhere: the service, a pretend Facebook, pretend groups."""
    settings = demo_settings(port)
    set_up_logging(settings.log_level)
    database = Database(settings.database_url)
    try:
        make_ready(database)
        refuse_second_worker(database)
        furnish(settings, database)
    except (NotADemo, AnotherWorker) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    _greet(settings, port)
    uvicorn.run(
        whole_city(settings, database, port),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    database.close()


def demo_settings(port: int, *, database_url: str | None = None) -> Settings:
    """Only what the demo may take from outside: names of its page and its secrets, and where it keeps its data."""
    local = f"http://127.0.0.1:{port}/pretend"
    return Settings(
        _env_file=None,
        database_url=database_url or os.environ.get("DATABASE_URL") or "sqlite:///data/pekanbaru.db",
        public_url=f"http://localhost:{port}",
        secret_key=SecretStr(""),
        facebook_page_id=os.environ.get("FACEBOOK_PAGE_ID") or "1234567890",
        facebook_page_token=SecretStr("demo-page-token"),
        facebook_app_secret=SecretStr(os.environ.get("FACEBOOK_APP_SECRET") or "demo-secret"),
        facebook_app_secret_previous=SecretStr(""),
        facebook_verify_token=SecretStr(os.environ.get("FACEBOOK_VERIFY_TOKEN") or "demo-verify"),
        facebook_graph_url=f"{local}/graph",
        telegram_bot_token=SecretStr("1000:demo-bot-token"),
        telegram_api_url=f"{local}/telegram",
        telegram_webhook_secret=SecretStr(""),
        media_hosts=f"http://127.0.0.1:{port},http://localhost:{port}",
        log_level="WARNING",
    )


def whole_city(settings: Settings, database: Database, port: int) -> ASGIApp:
    """The real service and the pretend world, by one clock: when a day is skipped there, it passes here."""
    pretend = create_pretend(pretend_config(settings, database, port))
    service = create_app(settings, database, with_worker=True, clock=clock_of(pretend))
    return beside(service, pretend)


def furnish(settings: Settings, database: Database) -> None:
    """Give the agencies groups and officers, and the city its desks. Raises NotADemo."""
    with database.write() as session:
        if facts.recall(session, _MARK) is None and inbox.count(session):
            raise NotADemo(
                f"{settings.database_url} holds events that no demo made; "
                "set DATABASE_URL to another place for the demo"
            )
        facts.remember(session, _MARK, "made by the demo", at=now())
        for opd, group in zip(OPDS, GROUPS, strict=True):
            groups.set_group(session, Group(opd=opd, area=None, chat_id=str(group.chat_id)))
            if staff.of_telegram(session, str(group.officer_id), opd) is None:
                staff.invite(
                    session,
                    name=group.officer_name,
                    role="opd_petugas",
                    opd=opd,
                    area="",
                    telegram_id=str(group.officer_id),
                    at=now(),
                )
        _give_desk(session, "wali", name="Wali Kota")
        _give_desk(session, "humas", name="Humas")
        if officer := staff.of_telegram(session, "7002", "PUPR"):
            facts.remember(session, _desk("pupr"), str(officer.id), at=now())


def _give_desk(session: Session, role: str, *, name: str) -> None:
    """One person however often the demo starts."""
    if facts.recall(session, _desk(role)) is None:
        person = staff.invite(session, name=name, role=role, opd="", area="", telegram_id=None, at=now())
        facts.remember(session, _desk(role), str(person.id), at=now())


def _desk(key: str) -> str:
    return f"demo desk {key}"


def invite_to_desk(database: Database, key: str, at: datetime) -> str:
    """The path of a fresh one-time way in. Only a path, so that a browser stays at the address it knows."""
    token = secrets.token_urlsafe(32)
    with database.write() as session:
        person = facts.recall(session, _desk(key))
        if person is None:
            raise LookupError(f"nobody has the desk {key!r}")
        staff.add_link(session, token=token, staff_id=int(person.value), expires_at=at + LINK_LIVES)
    return f"/masuk/{token}"


def _clock_ahead(database: Database) -> timedelta:
    """How far the last run's clock was moved: the service lived until then, and time does not go back."""
    with database.read() as session:
        lived = facts.recall(session, HEARTBEAT)
        return max(lived.at - now(), timedelta()) if lived else timedelta()


def pretend_config(settings: Settings, database: Database, port: int) -> PretendConfig:
    return PretendConfig(
        app_secret=settings.facebook_app_secret.get_secret_value(),
        page_id=settings.facebook_page_id,
        page_token=settings.facebook_page_token.get_secret_value(),
        webhook_url=f"http://127.0.0.1:{port}/webhook/facebook",
        verify_token=settings.facebook_verify_token.get_secret_value(),
        groups=GROUPS,
        desk_url=f"http://127.0.0.1:{port}",
        desks=DESKS,
        invite_to_desk=partial(invite_to_desk, database),
        clock_ahead=_clock_ahead(database),
    )


def beside(service: FastAPI, pretend: FastAPI) -> ASGIApp:
    """Both on one port: what begins with /pretend is the pretend's, all else is the service's."""

    async def either(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            async with pretend.router.lifespan_context(pretend):
                await service(scope, receive, send)
            return
        path = scope.get("path", "")
        is_pretend = path == "/pretend" or path.startswith("/pretend/")
        await (pretend if is_pretend else service)(scope, receive, send)

    return either


def _greet(settings: Settings, port: int) -> None:
    lines = (
        f"Pretend Facebook, groups and mayor:  http://localhost:{port}/pretend",
        f"Desk:                                http://localhost:{port}/",
        f"Webhook:                             http://localhost:{port}/webhook/facebook",
        f"FACEBOOK_PAGE_ID      {settings.facebook_page_id}",
        f"FACEBOOK_APP_SECRET   {settings.facebook_app_secret.get_secret_value()}",
        f"FACEBOOK_VERIFY_TOKEN {settings.facebook_verify_token.get_secret_value()}",
        "Ctrl-C stops it.",
    )
    typer.echo("\n".join(lines))
