"""The worker's first half: takes waiting items, listens to each, and handles it in one transaction."""

import random
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.clock import Clock
from app.observe import HANDLED, log
from bot.case_moves import CaseFile
from bot.counsel import Counsel
from bot.handle import Overtaken, handle, set_aside_kindly
from bot.listen import Listened, listen, words_may_follow
from bot.passing_time import let_time_pass
from models.db import Database, wake
from models.domain.number import new_number
from models.store import conversations, facts, inbox

#: A poison item is tried this often within half a minute, then set aside for a person.
MAX_TRIES = 5
#: How many waiting conversations one look takes; several workers begin at different ones.
LOOK_AT = 32
HEARTBEAT = "worker"
HEARTBEAT_EVERY = timedelta(seconds=10)


@dataclass(slots=True, kw_only=True)
class InboxWorker:
    """``wake_sender`` tells the other halves that there are words to say and photos to fetch. A photo without words
    waits a ``burst`` long for them.
    """

    database: Database
    counsel: Counsel
    clock: Clock
    wake_sender: Callable[[], None]
    burst: timedelta = timedelta(seconds=3)
    close_after: timedelta = timedelta(days=10)

    def run(self, stop: threading.Event, woken: threading.Event) -> None:
        """Until ``stop``: work while there is work, then sleep until woken, at most a second."""
        beaten = self.clock() - HEARTBEAT_EVERY
        while not stop.is_set():
            woken.clear()
            if self.clock() - beaten >= HEARTBEAT_EVERY:
                beaten = self.clock()
                self.beat()
                self.tick()
            if not self.look():
                woken.wait(1.0)

    def tick(self) -> None:
        """What time alone brings: reminders, cases that end by silence."""
        with self.database.write() as session:
            file = CaseFile(session=session, city=self.counsel.city, at=self.clock())
            if let_time_pass(file, close_after=self.close_after):
                wake(session, "outbox")
                self.wake_sender()

    def beat(self) -> None:
        """Say that a worker lives: /readyz listens."""
        with self.database.write() as session:
            facts.remember(session, HEARTBEAT, "alive", at=self.clock())

    def look(self) -> int:
        """Handle one item of each waiting conversation that is free; how many were handled."""
        with self.database.read() as session:
            keys = inbox.conversations_waiting(session, at=self.clock(), limit=LOOK_AT)
        if not self.database.is_sqlite:
            # Several workers that all began with the oldest would stand in each other's way.
            random.shuffle(keys)
        return sum(self.take(key) for key in keys)

    def take(self, key: str) -> bool:
        """One item of one citizen. An error is counted outside the transaction that it undid."""
        listened: Listened | None = None
        item_id: int | None = None
        try:
            with self.database.read() as session:
                conversation = conversations.get(session, key)
                row = inbox.first_waiting(session, key)
                if row is None or conversation is None:
                    return False
                item_id = row.id
                until = words_may_follow(session, row, burst=self.burst, at=self.clock())
                number = new_number(secrets.choice)
                listened = listen(session, conversation, row, self.counsel, number=number, at=self.clock())
            return self._let_wait(item_id, until) if until else self._handle(key, listened)
        except Overtaken:
            return True
        except Exception as error:
            if item_id is None:
                raise
            self._failed(key, item_id, error)
            return False

    def _let_wait(self, item_id: int, until: datetime) -> bool:
        with self.database.write() as session:
            inbox.wait_for_more(session, item_id, until=until)
        return False

    def _handle(self, key: str, listened: Listened) -> bool:
        with self.database.write() as session:
            handled = handle(session, key, listened, self.counsel.city, at=self.clock())
            if handled:
                wake(session, "outbox")
        if handled:
            HANDLED.labels("done").inc()
            self.wake_sender()
        return handled

    def _failed(self, key: str, item_id: int, error: Exception) -> None:
        # The error's own text may hold a citizen's words: only its kind and place are told.
        log().error("item_failed", item=item_id, error=type(error).__name__, where=_where(error))
        with self.database.write() as session:
            row = inbox.get(session, item_id)
            if row is None:
                return
            again = self.clock() + timedelta(seconds=2**row.tries) if row.tries + 1 < MAX_TRIES else None
            inbox.failed(session, item_id, error=f"{type(error).__name__} in {_where(error)}", try_at=again)
            if again is None:
                set_aside_kindly(session, key, row.dedup_key, self.counsel.city, at=self.clock())
        HANDLED.labels("set_aside" if again is None else "failed").inc()


def _where(error: Exception) -> str:
    """Module and line of the innermost frame."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
