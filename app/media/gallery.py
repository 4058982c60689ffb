"""The worker's third job: fetches the photos that wait, draws them anew, and keeps them with what follows."""

import asyncio
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from app.clock import Clock
from app.media import shelf
from app.media.addresses import NotAllowed
from app.media.fetch import Fetcher, Gone, TooLarge, Troubled
from app.media.picture import Drawn, NotAPhoto, TooManyPixels, draw_anew
from app.observe import PHOTOS, log
from bot.counsel import Counsel
from bot.photos import keep_photo
from models.db import Database, wake
from models.domain.media import MediaState, Picture
from models.store import media
from models.tables import MediaRow

AT_ONCE: Final = 4
#: A photo of 50 megapixels takes 150 MB and more while it is decoded.
DRAWN_AT_ONCE: Final = 2
#: Longer than a fetch, a turn at drawing and a wait for the citizen can take.
LEASE: Final = timedelta(seconds=120)
AGAIN_AFTER: Final = tuple(timedelta(seconds=seconds) for seconds in (2, 15, 60, 600))
IDLE: Final = 1.0
FINISH: Final = 5.0
#: Whoever handles the photo's citizen at this moment is done soon.
BUSY_LOOKS: Final = 50
BUSY_PAUSE: Final = 0.1


@dataclass(slots=True, kw_only=True)
class Gallery:
    """``wake_sender``: a photo is kept, so a group may have to see it."""

    database: Database
    fetcher: Fetcher
    counsel: Counsel
    album: Path
    clock: Clock
    wake_sender: Callable[[], None]
    _underway: set[asyncio.Task[None]] = field(default_factory=set)
    _drawing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(DRAWN_AT_ONCE))

    async def run(self, stop: threading.Event, woken: asyncio.Event) -> None:
        """Until ``stop``. What is cut off then is taken up again when its lease is over."""
        while not stop.is_set():
            woken.clear()
            if not self.begin(woken.set):
                await _wait(woken, IDLE)
        if self._underway:
            await asyncio.wait(self._underway, timeout=FINISH)

    def begin(self, settled: Callable[[], None]) -> int:
        """Take as many photos as there are free hands; how many. ``settled`` is called as each is done."""
        free, at = AT_ONCE - len(self._underway), self.clock()
        if free <= 0:
            return 0
        with self.database.read() as session:
            if not media.anything_due(session, at=at):
                return 0
        with self.database.write() as session:
            rows = media.claim(session, at=at, lease=LEASE, limit=free)
        for row in rows:
            task = asyncio.create_task(self.take(row))
            self._underway.add(task)
            task.add_done_callback(self._underway.discard)
            task.add_done_callback(lambda _: settled())
        return len(rows)

    async def take(self, row: MediaRow) -> None:
        """One photo, from its link to its place on the shelf."""
        try:
            raw = await self.fetcher.fetch(row.url or "")
            async with self._drawing:
                drawn = await asyncio.to_thread(draw_anew, raw)
            await self._keep(row, raw, drawn)
        except (NotAllowed, TooLarge, NotAPhoto, TooManyPixels) as error:
            self._settle(row, MediaState.REFUSED, str(error))
        except Gone as error:
            self._settle(row, MediaState.FAILED, f"the link no longer works ({error})")
        except Troubled as error:
            self._leave(row, str(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours: told, and tried again
            log().exception("photo_failed", media=row.id, error=type(error).__name__)
            self._leave(row, type(error).__name__)

    async def _keep(self, row: MediaRow, raw: bytes, drawn: Drawn) -> None:
        name = await asyncio.to_thread(shelf.put, self.album, drawn.jpeg, at=self.clock())
        picture = Picture(
            file=name,
            width=drawn.width,
            height=drawn.height,
            sha256=hashlib.sha256(raw).hexdigest(),
            lat=drawn.lat,
            lon=drawn.lon,
        )
        try:
            await self._hang(row, picture)
        except BaseException:
            await asyncio.to_thread(shelf.take_away, self.album, name)
            raise
        PHOTOS.labels(MediaState.KEPT.value).inc()
        self.wake_sender()

    async def _hang(self, row: MediaRow, picture: Picture) -> None:
        for _ in range(BUSY_LOOKS):
            with self.database.write() as session:
                if keep_photo(session, row.id, picture, self.counsel, at=self.clock()):
                    wake(session, "outbox")
                    return
            await asyncio.sleep(BUSY_PAUSE)
        raise Troubled("the citizen is being handled")

    def _settle(self, row: MediaRow, state: MediaState, why: str) -> None:
        with self.database.write() as session:
            media.settled(session, row.id, state, why=why)
        log().info("photo_not_kept", media=row.id, state=state.value, why=why)
        PHOTOS.labels(state.value).inc()

    def _leave(self, row: MediaRow, why: str) -> None:
        """For a later try, while there are any left."""
        if row.tries > len(AGAIN_AFTER):
            self._settle(row, MediaState.FAILED, f"given up after {row.tries} tries: {why}")
            return
        with self.database.write() as session:
            media.try_again(session, row.id, why=why, at=self.clock() + AGAIN_AFTER[row.tries - 1])


async def _wait(woken: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(woken.wait(), seconds)
    except TimeoutError:
        return
