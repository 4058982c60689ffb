"""Group commit: many POSTs that wait, one durable transaction, then all are answered.

One commit a request would be ten times slower on the same disk, for it is the disk that takes the time.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from app.clock import Clock
from app.observe import COMMIT_SECONDS, ITEMS, log
from models.db import Database, wake
from models.domain.inbox import Item
from models.store import inbox

#: Facebook wants its 200 within 5 seconds; before that we say 503, so that it sends again.
PATIENCE = 4.0


class NotKept(Exception):
    """The items could not be stored; whoever sent them must send them again."""


@dataclass(slots=True)
class Waiting:
    """One POST whose items wait to be kept."""

    items: Sequence[Item]
    loop: asyncio.AbstractEventLoop
    kept: asyncio.Future[None]


class Ingest:
    """The one thread that writes the inbox. ``on_kept`` wakes the worker of this process, if there is one."""

    def __init__(self, database: Database, *, clock: Clock, on_kept: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._on_kept = on_kept
        self._queue: list[Waiting] = []
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Keep what waits, then stop."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    async def keep(self, items: Sequence[Item]) -> None:
        """Returns when the items are on the disk. Raises NotKept."""
        loop = asyncio.get_running_loop()
        waiting = Waiting(items=items, loop=loop, kept=loop.create_future())
        too_slow = loop.call_later(PATIENCE, _settle, [waiting.kept], NotKept("the store is too slow"))
        with self._changed:
            self._queue.append(waiting)
            self._changed.notify()
        try:
            await waiting.kept
        finally:
            too_slow.cancel()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue or self._closing)
                group, self._queue = self._queue, []
            if not group:
                return
            self._keep_group(group)

    def _keep_group(self, group: list[Waiting]) -> None:
        # Who was told 503 meanwhile sends again; after a long trouble only those who still wait are kept.
        group = [waiting for waiting in group if not waiting.kept.done()]
        try:
            self._write([item for waiting in group for item in waiting.items])
        except OperationalError as error:
            # The store is down or busy, and no POST is to blame: asking again for each would only take longer.
            log().error("store_down", posts=len(group), error=type(error).__name__)
            self._answer(group, NotKept("the store is down"))
        except Exception as error:  # noqa: BLE001 - this thread is the only door: nothing may end it
            log().warning("inbox_group_failed", posts=len(group), error=type(error).__name__)
            for waiting in group:
                self._keep_alone(waiting)
        else:
            self._answer(group, None)
        self._on_kept()

    def _keep_alone(self, waiting: Waiting) -> None:
        """One bad POST must not take its neighbours down: each is tried by itself."""
        try:
            self._write(waiting.items)
        except Exception as error:  # noqa: BLE001 - as above; its text may hold a citizen's words
            log().error("inbox_post_failed", items=len(waiting.items), error=type(error).__name__)
            self._answer([waiting], NotKept(type(error).__name__))
        else:
            self._answer([waiting], None)

    def _write(self, items: Sequence[Item]) -> None:
        with COMMIT_SECONDS.time(), self._database.write() as session:
            new = inbox.accept(session, items, at=self._clock())
            wake(session, "inbox")
        ITEMS.inc(new)

    @staticmethod
    def _answer(group: Sequence[Waiting], error: NotKept | None) -> None:
        by_loop: dict[asyncio.AbstractEventLoop, list[asyncio.Future[None]]] = {}
        for waiting in group:
            by_loop.setdefault(waiting.loop, []).append(waiting.kept)
        for loop, futures in by_loop.items():
            loop.call_soon_threadsafe(_settle, futures, error)


def _settle(futures: Sequence[asyncio.Future[None]], error: NotKept | None) -> None:
    for future in futures:
        if future.done():
            continue
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)
