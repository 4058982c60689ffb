"""``check``: examines the installation from outside in, and says what to do about each fault."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx
from sqlalchemy.exc import SQLAlchemyError

from app.settings import Settings, UnsafeSettings
from app.wiring import WaysOut, build_ways_out
from bot.messenger.client import GraphPage
from bot.messenger.errors import SendFailed
from models.db import Database
from models.schema import is_current
from models.store import groups

#: Without these Facebook does not tell us what citizens write (feed: comments and posts).
NEEDED_FIELDS = frozenset({"messages", "messaging_postbacks", "message_echoes", "feed"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``says`` holds the remedy when it is not ``fine``."""

    what: str
    fine: bool
    says: str


def examine(settings: Settings) -> list[Finding]:
    """Everything that has to work before a citizen's word can reach an agency and come back."""
    return [*_settings(settings), *_database(settings), *asyncio.run(_channels(settings))]


def _settings(settings: Settings) -> Iterator[Finding]:
    try:
        settings.refuse_if_unsafe()
    except UnsafeSettings as error:
        yield Finding("settings", fine=False, says=str(error))
    else:
        yield Finding("settings", fine=True, says="complete and safe")
    has_verify = bool(settings.facebook_verify_token.get_secret_value())
    remedy = "set FACEBOOK_VERIFY_TOKEN to any long word and type the same into the app's webhook form"
    yield Finding("verify token", fine=has_verify, says="set" if has_verify else remedy)


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        database = Database(settings.database_url)
    except OSError as error:
        yield Finding("database", fine=False, says=f"its folder cannot be made: {error}")
        return
    try:
        current = is_current(database)
        yield Finding(
            "database", current, "reachable, schema current" if current else "run: pekanbaru-smart migrate"
        )
        if current:
            with database.read() as session:
                known = groups.every(session)
            told = (
                f"{len(known)} group(s)" if known else "none: pekanbaru-smart opd set CODE --telegram CHAT_ID"
            )
            yield Finding("agencies' groups", bool(known), told)
    except SQLAlchemyError as error:
        yield Finding(
            "database", fine=False, says=f"{type(error).__name__}: is DATABASE_URL right, and is it running?"
        )
    finally:
        database.close()


async def _channels(settings: Settings) -> list[Finding]:
    async with httpx.AsyncClient() as client:
        ways = build_ways_out(settings, client)
        return [*[found async for found in _facebook(ways)], await _telegram(ways)]


async def _facebook(ways: WaysOut) -> AsyncIterator[Finding]:
    if ways.page is None:
        yield Finding(
            "page token", fine=False, says="set FACEBOOK_PAGE_TOKEN; until then no citizen is answered"
        )
        return
    try:
        me = await ways.page.look_up("me", {"fields": "id,name"})
    except SendFailed as error:
        yield Finding("page token", fine=False, says=f"{error}: make a new one and set FACEBOOK_PAGE_TOKEN")
        return
    is_ours = str(me.get("id")) == ways.page.page_id
    remedy = f"it belongs to {me.get('id')}: take the token of the page in FACEBOOK_PAGE_ID"
    yield Finding("page token", is_ours, "alive, and of our page" if is_ours else remedy)
    yield await _subscriptions(ways.page)


async def _subscriptions(page: GraphPage) -> Finding:
    query = {"fields": "id,name,subscribed_fields"}
    try:
        answer = await page.look_up(f"{page.page_id}/subscribed_apps", query)
    except SendFailed as error:
        return Finding(
            "page subscription", fine=False, says=f"{error}: the token needs pages_manage_metadata"
        )
    apps = answer.get("data")
    listed = apps if isinstance(apps, list) else []
    fields = {
        field for app in listed if isinstance(app, dict) for field in app.get("subscribed_fields") or ()
    }
    missing = NEEDED_FIELDS - fields
    remedy = f"subscribe the page to {', '.join(sorted(missing))}, and the app too (dashboard, with 'Include values')"
    return Finding("page subscription", not missing, "complete" if not missing else remedy)


async def _telegram(ways: WaysOut) -> Finding:
    if ways.telegram is None:
        return Finding(
            "telegram", fine=False, says="set TELEGRAM_BOT_TOKEN; until then groups are not alerted"
        )
    try:
        await ways.telegram.get_me()
    except SendFailed as error:
        return Finding("telegram", fine=False, says=f"{error}: ask @BotFather for a new token")
    return Finding("telegram", fine=True, says="bot is alive")
