"""The composition root: the only place that builds the engine, the judgement, the Graph client and the notifiers."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.clock import Clock, now
from app.knowledge import load_knowledge
from app.notify.telegram import Telegram
from app.settings import Settings
from app.web.ingest import Ingest
from bot.conversation.names import CityNames
from bot.counsel import Counsel
from bot.messenger.client import GraphPage
from models.db import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOut:
    """What the sender needs; None where no token is set, so that words wait. Photos lie in the ``album``."""

    page: GraphPage | None
    telegram: Telegram | None
    album: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What the web process needs. ``wake_sender`` tells a sender in this process that there are words to say."""

    settings: Settings
    database: Database
    counsel: Counsel
    ingest: Ingest
    telegram: Telegram | None
    telegram_secret: str
    wake_sender: Callable[[], None]
    clock: Clock


def build_counsel(settings: Settings) -> Counsel:
    """Understanding, rules and names, from the data in routing/data."""
    knowledge = load_knowledge()
    key, base = settings.signing_key(), settings.public_url.rstrip("/")
    city = CityNames(
        labels={category: words.label for category, words in knowledge.categories.items()},
        titles={category: words.title for category, words in knowledge.categories.items()},
        opds=knowledge.opds,
        triage_team=settings.triage_team_name,
        link=lambda number: f"{base}/l/{number}?k={link_token(key, number)}",
    )
    return Counsel(
        understands=knowledge.understander,
        rules=knowledge.rules,
        answers=knowledge.answers,
        city=city,
        live_since=settings.go_live_at,
    )


def link_token(key: bytes, number: str) -> str:
    """What makes a citizen's link unguessable: 160 bits, made from the number alone, so nothing is kept."""
    return hmac.new(key, f"case:{number}".encode(), hashlib.sha256).hexdigest()[:40]


def build_ways_out(settings: Settings, client: httpx.AsyncClient) -> WaysOut:
    page_token = settings.facebook_page_token.get_secret_value()
    bot_token = settings.telegram_bot_token.get_secret_value()
    page = GraphPage(
        client,
        base_url=settings.facebook_graph_url,
        version=settings.facebook_graph_version,
        page_id=settings.facebook_page_id,
        token=page_token,
        app_secret=settings.facebook_app_secret.get_secret_value(),
    )
    telegram = Telegram(client, api_url=settings.telegram_api_url, token=bot_token)
    return WaysOut(
        page=page if page_token else None,
        telegram=telegram if bot_token else None,
        album=settings.media_dir,
    )


def telegram_secret(settings: Settings) -> str:
    """What Telegram shows us with each update: the setting, else one made from the bot's token."""
    own = settings.telegram_webhook_secret.get_secret_value()
    token = settings.telegram_bot_token.get_secret_value()
    if own or not token:
        return own
    return hmac.new(settings.signing_key(), f"telegram:{token}".encode(), hashlib.sha256).hexdigest()


def build_service(
    settings: Settings,
    database: Database,
    client: httpx.AsyncClient,
    *,
    wake_worker: Callable[[], None],
    wake_sender: Callable[[], None],
    clock: Clock = now,
) -> Service:
    return Service(
        settings=settings,
        database=database,
        counsel=build_counsel(settings),
        ingest=Ingest(database, clock=clock, on_kept=wake_worker),
        telegram=build_ways_out(settings, client).telegram,
        telegram_secret=telegram_secret(settings),
        wake_sender=wake_sender,
        clock=clock,
    )
