"""Carries what happened to a webhook: signed, in order of time, until it is answered with 200."""

import asyncio
import contextlib
import json
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import httpx

from app.pretend.payloads import Json, Update, envelope, facebook_json, signature

Item = TypeVar("Item")


@dataclass(slots=True)
class Habits:
    """How the courier carries. Facebook may batch, repeat and reorder; tests switch that on."""

    hold: bool = False
    batch: int = 1
    repeat: int = 0
    shuffle_seed: int | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A POST that is ready: its bytes never change between tries, so its signature does not either."""

    body: bytes
    headers: dict[str, str]


@dataclass(slots=True)
class Courier(Generic[Item]):
    """One queue to one address. The task starts with the first update and ends with `close`."""

    client: httpx.AsyncClient
    pack: Callable[[list[Item]], Parcel]
    retry_seconds: tuple[float, ...]
    url: str = ""
    habits: Habits = field(default_factory=Habits)
    waiting: deque[Item] = field(default_factory=deque)
    delivered: int = 0
    refused: int = 0
    last_error: str = ""
    _task: asyncio.Task[None] | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, *updates: Item) -> None:
        self.waiting.extend(updates)
        self.go_on()

    def go_on(self) -> None:
        """Wake the courier after something was put, or a habit or the address changed."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._carry())
        self._wake.set()

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _carry(self) -> None:
        while True:
            if not self.waiting or self.habits.hold or not self.url:
                self._wake.clear()
                await self._wake.wait()
                continue
            updates = [self.waiting[number] for number in range(min(self.habits.batch, len(self.waiting)))]
            parcel = self.pack(_in_some_order(updates, self.habits.shuffle_seed))
            for _ in range(1 + self.habits.repeat):
                await self._until_accepted(parcel)
            for _ in updates:
                self.waiting.popleft()
            self.delivered += len(updates)

    async def _until_accepted(self, parcel: Parcel) -> None:
        tries = 0
        while not await self._accepted(parcel):
            self.refused += 1
            await asyncio.sleep(self.retry_seconds[min(tries, len(self.retry_seconds) - 1)])
            tries += 1

    async def _accepted(self, parcel: Parcel) -> bool:
        try:
            answer = await self.client.post(self.url, content=parcel.body, headers=parcel.headers)
        except httpx.HTTPError as error:
            self.last_error = type(error).__name__
            return False
        self.last_error = "" if answer.status_code == httpx.codes.OK else f"HTTP {answer.status_code}"
        return answer.status_code == httpx.codes.OK


def _in_some_order(updates: list[Item], seed: int | None) -> list[Item]:
    if seed is None:
        return updates
    return random.Random(seed).sample(updates, len(updates))  # noqa: S311 - a repeatable order is wanted


def facebook_parcel(page_id: str, app_secret: str, updates: list[Update]) -> Parcel:
    body = facebook_json(envelope(page_id, updates))
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature(body, app_secret)}
    return Parcel(body=body, headers=headers | {"User-Agent": "facebookexternalua"})


def telegram_parcel(secret: str, updates: list[Json]) -> Parcel:
    # Telegram sends one update at a time.
    body = json.dumps(updates[0]).encode()
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
    return Parcel(body=body, headers=headers)
