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


@dataclass(slots=True, kw_only=True)
class Sender:
    """``jitter`` spreads retries, so that all do not come back at once."""

    database: Database
    ways: WaysOut
    city: CityNames
    clock: Clock
    jitter: Callable[[], float] = random.random
    _underway: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self, stop: threading.Event, woken: asyncio.Event) -> None:
        """Until ``stop``; then the sends that are under way are finished and nothing new is begun."""
        ticked = -TICK
        loop = asyncio.get_running_loop()
        while not stop.is_set():
            woken.clear()
            if loop.time() - ticked >= TICK:
                ticked = loop.time()
                self.tick()
            if not self.begin():
                await self.tidy_groups()
                await _wait(woken, IDLE)
        if self._underway:
            await asyncio.wait(self._underway, timeout=LEASE.total_seconds())

    def tick(self) -> None:
        """What time alone brings: lost leases, and alerts of which nobody knows whether they arrived."""
        with self.database.write() as session:
            if lost := outbox.lost_leases_are_doubtful(session, at=self.clock()):
                log().warning("leases_lost", words=lost)
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
            task.add_done_callback(self._underway.discard)
        return len(errands)

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
            said = await say(errand, self.ways.page, self.ways.telegram)
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

    async def tidy_groups(self) -> None:
        """Edit group messages so that they show how their case stands."""
        if self.ways.telegram is not None:
            await bring_up_to_date(self.database, self.ways.telegram, self.city)


async def _wait(woken: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(woken.wait(), seconds)
    except TimeoutError:
        return
