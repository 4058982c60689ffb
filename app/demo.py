"""``demo``: the real service on SQLite beside a pretend Facebook and pretend groups, on one local port.

It reads no ``.env``: a real token must never meet the pretend Facebook. Everything between the two is the real
code over real HTTP.
"""

import os
import secrets
from datetime import timedelta
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from app.clock import now
from app.main import create_app
from app.observe import set_up_logging
from app.pretend import PretendConfig, PretendGroup, create_pretend
from app.settings import Settings
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
_MARK = "demo"


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
        invite = furnish(settings, database)
    except NotADemo as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    service = create_app(settings, database, with_worker=True)
    pretend = create_pretend(pretend_config(settings, port, invite))
    _greet(settings, port)
    uvicorn.run(
        beside(service, pretend),
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
        log_level="WARNING",
    )


def furnish(settings: Settings, database: Database) -> str:
    """Give the agencies groups and officers, and the mayor a way in; his one-time address. Raises NotADemo."""
    token = secrets.token_urlsafe(32)
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
        mayor = staff.invite(
            session, name="Wali Kota", role="wali", opd="", area="", telegram_id=None, at=now()
        )
        staff.add_link(session, token=token, staff_id=mayor.id, expires_at=now() + timedelta(hours=1))
    return f"{settings.public_url}/masuk/{token}"


def pretend_config(settings: Settings, port: int, invite: str) -> PretendConfig:
    return PretendConfig(
        app_secret=settings.facebook_app_secret.get_secret_value(),
        page_id=settings.facebook_page_id,
        page_token=settings.facebook_page_token.get_secret_value(),
        webhook_url=f"http://127.0.0.1:{port}/webhook/facebook",
        verify_token=settings.facebook_verify_token.get_secret_value(),
        groups=GROUPS,
        desk_url=f"http://127.0.0.1:{port}",
        desk_invite_url=invite.replace("localhost", "127.0.0.1"),
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
