"""The parts of the pretend world together, as every route gets them."""

from dataclasses import dataclass, field
from typing import Annotated

import anyio
import httpx
from fastapi import Depends, Request

from app.pretend.config import PretendConfig
from app.pretend.courier import Courier, Parcel, facebook_parcel, telegram_parcel
from app.pretend.desk import DeskWindow
from app.pretend.faults import Faults
from app.pretend.live import Live
from app.pretend.payloads import Json, Update
from app.pretend.state import Citizen, Group, Post
from app.pretend.words import CITIZENS, PAGE_POST
from app.pretend.world import World


@dataclass(slots=True)
class TelegramHook:
    """What the bot last told Telegram with setWebhook."""

    secret: str = ""
    token: str = ""


@dataclass(slots=True)
class Stage:
    """Config, world, the two couriers, the faults that are on, and the listeners."""

    config: PretendConfig
    world: World
    client: httpx.AsyncClient
    facebook: Courier[Update]
    telegram: Courier[Json]
    hook: TelegramHook
    desk: DeskWindow
    faults: Faults = field(default_factory=Faults)
    live: Live = field(default_factory=Live)

    def happened(self, *updates: Update) -> None:
        """Tell the service and the open pages."""
        self.facebook.put(*updates)
        self.live.changed()

    async def way_in(self, key: str) -> str:
        """A fresh one-time way in to the real desk; empty where nobody can make one."""
        if self.config.invite_to_desk is None:
            return ""
        # Whoever makes it writes to a database, and nobody else here may wait for that.
        return await anyio.to_thread.run_sync(self.config.invite_to_desk, key, self.world.now())

    async def close(self) -> None:
        await self.facebook.close()
        await self.telegram.close()
        await self.client.aclose()


def build_stage(config: PretendConfig, transport: httpx.AsyncBaseTransport | None) -> Stage:
    # A proxy of the surroundings must never stand between two parts of one demo.
    client = httpx.AsyncClient(transport=transport, trust_env=False, timeout=10)
    hook = TelegramHook()

    def pack_facebook(updates: list[Update]) -> Parcel:
        return facebook_parcel(config.page_id, config.app_secret, updates)

    def pack_telegram(updates: list[Json]) -> Parcel:
        return telegram_parcel(hook.secret, updates)

    async def way_in() -> str:
        return await stage.way_in(config.desks[0].key) if config.desks else ""

    stage = Stage(
        config=config,
        world=furnished_world(config),
        client=client,
        facebook=Courier(client, pack_facebook, config.retry_seconds, url=config.webhook_url),
        telegram=Courier(client, pack_telegram, config.retry_seconds),
        hook=hook,
        desk=DeskWindow(client=client, desk_url=config.desk_url, way_in=way_in),
    )
    return stage


def furnished_world(config: PretendConfig) -> World:
    """Two citizens who have not written yet, a post to comment on, and the groups by name."""
    world = World(page_id=config.page_id, page_name=config.page_name, moved=config.clock_ahead)
    for psid, name in CITIZENS:
        world.citizens[psid] = Citizen(psid=psid, name=name)
        world.threads[psid] = []
    post_id = f"{config.page_id}_{world.new_number()}"
    world.posts[post_id] = Post(
        id=post_id, author_id=config.page_id, author_name=config.page_name, text=PAGE_POST, at=world.now()
    )
    for group in config.groups:
        world.groups[group.chat_id] = Group(
            chat_id=group.chat_id,
            title=group.title,
            officer_id=group.officer_id,
            officer_name=group.officer_name,
        )
        world.group_messages[group.chat_id] = []
    return world


def stage_of(request: Request) -> Stage:
    stage: Stage = request.app.state.stage
    return stage


StageDep = Annotated[Stage, Depends(stage_of)]
