"""The worker as three threads, the inbox's, the outbox's and the photos', and what wakes them."""

import asyncio
import fcntl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO

import httpx
import psycopg

from app.clock import Clock, now
from app.media.addresses import Allowed
from app.media.fetch import Fetcher
from app.media.gallery import Gallery
from app.observe import log
from app.sending.sender import Sender
from app.settings import Settings
from app.wiring import build_ways_out
from app.worker import InboxWorker
from bot.counsel import Counsel
from models.db import Database


class AnotherWorker(Exception):
    """SQLite has one worker, and there is one already."""


@dataclass(slots=True)
class Bell:
    """Wakes a job that sleeps in an event loop of its own, from any thread."""

    _loop: asyncio.AbstractEventLoop | None = None
    _woken: asyncio.Event | None = None

    def hang(self) -> asyncio.Event:
        """In the job's own loop: what the job waits for."""
        self._loop, self._woken = asyncio.get_running_loop(), asyncio.Event()
        return self._woken

    def ring(self) -> None:
        loop, woken = self._loop, self._woken
        if loop is not None and woken is not None and not loop.is_closed():
            loop.call_soon_threadsafe(woken.set)


@dataclass(slots=True, kw_only=True)
class WorkerProcess:
    """Everything a worker runs. ``start`` returns at once, ``stop`` when what was begun is finished."""

    settings: Settings
    database: Database
    counsel: Counsel
    clock: Clock = now
    _stop: threading.Event = field(default_factory=threading.Event)
    _inbox_woken: threading.Event = field(default_factory=threading.Event)
    _sender_bell: Bell = field(default_factory=Bell)
    _gallery_bell: Bell = field(default_factory=Bell)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: IO[str] | None = None
    on_crash: Callable[[], None] | None = None

    def start(self) -> None:
        """Raises AnotherWorker."""
        if self.database.is_sqlite:
            self._lock = _only_worker(self.database)
        jobs = [self._handle_inbox, self._send_outbox, self._fetch_photos]
        if not self.database.is_sqlite:
            jobs.append(self._listen)
        for job in jobs:
            thread = threading.Thread(target=self._guarded, args=(job,), name=job.__name__, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        self.wake_inbox()
        self._wake_what_follows()
        for thread in self._threads:
            thread.join(timeout=30)
        if self._lock is not None:
            self._lock.close()

    def wake_inbox(self) -> None:
        self._inbox_woken.set()

    def wake_sender(self) -> None:
        self._sender_bell.ring()

    def _wake_what_follows(self) -> None:
        """An item was handled: there may be words to say, and photos to fetch."""
        self._sender_bell.ring()
        self._gallery_bell.ring()

    def _guarded(self, job: Callable[[], None]) -> None:
        """A thread that fails (the database went away, say) begins again; it never just disappears."""
        while not self._stop.is_set():
            try:
                job()
            except Exception:  # noqa: BLE001 - logged, and begun again
                log().exception("worker_thread_failed", thread=job.__name__)
                self._stop.wait(1.0)

    def _handle_inbox(self) -> None:
        worker = InboxWorker(
            database=self.database,
            counsel=self.counsel,
            clock=self.clock,
            wake_sender=self._wake_what_follows,
            burst=timedelta(seconds=self.settings.burst_seconds),
            close_after=timedelta(days=self.settings.close_after_days),
        )
        worker.run(self._stop, self._inbox_woken)

    def _send_outbox(self) -> None:
        asyncio.run(self._send())

    async def _send(self) -> None:
        async with httpx.AsyncClient() as client:
            sender = Sender(
                database=self.database,
                ways=build_ways_out(self.settings, client),
                city=self.counsel.city,
                clock=self.clock,
            )
            await sender.run(self._stop, self._sender_bell.hang())

    def _fetch_photos(self) -> None:
        asyncio.run(self._fill_gallery())

    async def _fill_gallery(self) -> None:
        # No proxy: a connection is tied to the address that was checked.
        async with httpx.AsyncClient(trust_env=False) as client:
            gallery = Gallery(
                database=self.database,
                fetcher=Fetcher(client=client, allowed=Allowed.read(self.settings.media_hosts)),
                counsel=self.counsel,
                album=self.settings.media_dir,
                clock=self.clock,
                wake_sender=self.wake_sender,
            )
            await gallery.run(self._stop, self._gallery_bell.hang())

    def _listen(self) -> None:
        """PostgreSQL says when something was put, whichever process did it."""
        address = self.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("LISTEN inbox")
            connection.execute("LISTEN outbox")
            while not self._stop.is_set():
                for notice in connection.notifies(timeout=1.0, stop_after=1):
                    {"inbox": self.wake_inbox, "outbox": self._wake_what_follows}[notice.channel]()


def refuse_second_worker(database: Database) -> None:
    """Said before a server starts, where it can still be said in a sentence. Raises AnotherWorker."""
    if database.is_sqlite:
        _only_worker(database).close()


def _only_worker(database: Database) -> IO[str]:
    """A lock that falls with the process, however it ends."""
    path = Path(f"{database.url.database}.worker")
    handle = path.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        handle.close()
        raise AnotherWorker("SQLite has one worker; another one is running") from error
    return handle
