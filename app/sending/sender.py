"""The worker's second half: says the words of the outbox side by side, at most one per recipient at a time."""

import asyncio
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session

from app.clock import Clock
from app.observe import WORDS, log
from app.sending import pauses
from app.sending.errand import LEASE, Errand, claim_errands
from app.sending.group_messages import bring_up_to_date, remind_of_doubtful_alerts
from app.sending.outcome import Keeping, keep_failed, keep_looking, keep_sent
from app.sending.say import Said, look_for, say
from app.wiring import WaysOut
from bot.conversation.names import CityNames
from bot.messenger.after_failure import BEFORE_LOOKING
from bot.messenger.errors import MaybeSent, SendFailed
from models.db import Database
from models.domain.outgoing import Way
from models.store import outbox

AT_ONCE = 20
#: After so long without an echo, and with no way to look, a word that may have arrived did not.
ECHO_COMES_WITHIN = timedelta(seconds=60)
LOOK_AGAIN = timedelta(seconds=10)
TICK = 5.0
IDLE = 0.5
TIDY = 0.5


@dataclass(slots=True, kw_only=True)
class Sender:
    """``jitter`` spreads retries, so that all do not come back at once."""

    database: Database
    ways: WaysOut
    city: CityNames
    clock: Clock
    jitter: Callable[[], float] = random.random
    _underway: set[asyncio.Task[None]] = field(default_factory=set)
    _tidying: asyncio.Task[None] | None = None
    _settled: Callable[[], None] = lambda: None

    async def run(self, stop: threading.Event, woken: asyncio.Event) -> None:
        """Until ``stop``; then the sends that are under way are finished and nothing new is begun."""
        loop = asyncio.get_running_loop()
        ticked, tidied = -TICK, -TIDY
        # A word that is settled frees a hand, and its recipient for the next word.
        self._settled = woken.set
        self.take_over()
        while not stop.is_set():
            woken.clear()
            if loop.time() - ticked >= TICK:
                ticked = loop.time()
                self.tick()
            if loop.time() - tidied >= TIDY:
                tidied = loop.time()
                self.tidy()
            if not self.begin():
                await _wait(woken, IDLE)
        if unfinished := self._underway | ({self._tidying} if self._tidying else set()):
            await asyncio.wait(unfinished, timeout=LEASE.total_seconds())

    def take_over(self) -> None:
        """SQLite has one sender. When it begins, whatever was being said was cut off when the last one ended."""
        if self.database.is_sqlite:
            with self.database.write() as session:
                look_at = self.clock() + timedelta(seconds=BEFORE_LOOKING)
                if lost := outbox.all_leases_are_lost(session, look_at=look_at):
                    log().warning("leases_lost", count=lost)

    def tick(self) -> None:
        """What time alone brings: lost leases, and alerts of which nobody knows whether they arrived."""
        with self.database.write() as session:
            if lost := outbox.lost_leases_are_doubtful(session, at=self.clock()):
                log().warning("leases_lost", count=lost)
            remind_of_doubtful_alerts(session, self.city, at=self.clock())

    def begin(self) -> int:
        """Claim as many words as there are free hands, and send them off; how many."""
        free = AT_ONCE - len(self._underway)
        if free <= 0:
            return 0
        at = self.clock()
        with self.database.read() as session:
            if not outbox.anything_due(session, at=at):
                return 0
        with self.database.write() as session:
            errands = claim_errands(session, at=at, limit=free, paused=self._closed_ways(session))
        for errand in errands:
            task = asyncio.create_task(self.carry(errand))
            self._underway.add(task)
            task.add_done_callback(self._done)
        return len(errands)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._underway.discard(task)
        self._settled()
        if not task.cancelled() and (error := task.exception()) is not None:
            # The word is left as it is: its lease runs out, and then it is looked for.
            log().error("outcome_not_kept", error=type(error).__name__)

    def _closed_ways(self, session: Session) -> tuple[Way, ...]:
        closed = set(pauses.paused(session, at=self.clock()))
        closed |= {pauses.Line.FACEBOOK} if self.ways.page is None else set()
        closed |= {pauses.Line.TELEGRAM} if self.ways.telegram is None else set()
        return tuple(way for line in closed for way in pauses.WAYS_OF[line])

    async def carry(self, errand: Errand) -> None:
        """Say one word and keep what came of it."""
        try:
            if errand.look_first and not await self._is_to_be_said_again(errand):
                return
            said = await say(errand, self.ways.page, self.ways.telegram, self.ways.album)
        except SendFailed as error:
            self._keep_failed(errand, error)
        except Exception as error:  # noqa: BLE001 - a fault of ours after the word may have left
            log().exception("send_broke", word=errand.id, error=type(error).__name__)
            self._keep_failed(errand, MaybeSent(f"our own fault: {type(error).__name__}"))
        else:
            self._keep_sent(errand, said)

    async def _is_to_be_said_again(self, errand: Errand) -> bool:
        """Look for a word that may have arrived. What is found is not said twice."""
        try:
            found = await look_for(errand, self.ways.page)
        except SendFailed as error:
            waited = self.clock() - errand.first_tried_at
            if not errand.in_doubt or waited >= ECHO_COMES_WITHIN:
                return True
            with self.database.write() as session:
                keep_looking(Keeping(session=session, at=self.clock()), errand, error, again=LOOK_AGAIN)
            return False
        if found is None:
            return True
        self._keep_sent(errand, Said(external_id=found))
        return False

    def _keep_sent(self, errand: Errand, said: Said) -> None:
        with self.database.write() as session:
            keep_sent(Keeping(session=session, at=self.clock()), errand, said)
        WORDS.labels(errand.way.value, "sent").inc()

    def _keep_failed(self, errand: Errand, error: SendFailed) -> None:
        log().warning("word_not_sent", word=errand.id, way=errand.way.value, error=str(error))
        with self.database.write() as session:
            keep_failed(Keeping(session=session, at=self.clock(), jitter=self.jitter()), errand, error)
        WORDS.labels(errand.way.value, error.consequence.value).inc()

    def tidy(self) -> None:
        """Beside the words, for a slow Telegram must not hold up Facebook. Raises what the last time raised."""
        if self._tidying is None or self._tidying.done():
            last, self._tidying = self._tidying, asyncio.create_task(self.tidy_groups())
            if last is not None:
                last.result()

    async def tidy_groups(self) -> None:
        """Edit group messages so that they show how their case stands."""
        if self.ways.telegram is not None:
            await bring_up_to_date(self.database, self.ways.telegram, self.city)


async def _wait(woken: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(woken.wait(), seconds)
    except TimeoutError:
        return
