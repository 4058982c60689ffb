"""A city without a network: the real worker, talk, cases and outbox on SQLite, a clock, and a Facebook that takes all.

Whatever is said leaves by the way that is lawful at that moment, and is remembered by who read it.
"""

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app.sending.errand import claim_errands
from app.sending.outcome import Keeping, keep_sent
from app.sending.say import Said
from app.settings import Settings
from app.wiring import build_counsel
from app.worker import InboxWorker
from bot.counsel import Counsel
from bot.messenger.split import split
from models.db import Database
from models.domain.outgoing import Audience, Way
from models.schema import migrate
from models.store import inbox, outbox
from models.tables import OutboxRow
from tests.posts import NOON, PAGE, Clock, body_of

Json = dict[str, Any]
#: However long an input may wait for its answer.
SOON = timedelta(seconds=30)


@cache
def counsel() -> Counsel:
    return build_counsel(Settings(_env_file=None))


@cache
def _empty_tables() -> Path:
    path = Path(tempfile.mkdtemp(prefix="small-city-")) / "empty.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


def _quickly(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own class
    connection.execute("PRAGMA synchronous=OFF")


@dataclass(slots=True)
class SmallCity:
    """``authors`` are the page-scoped ids behind comments whose author Facebook hid."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="small-city-")))
    clock: Clock = field(default_factory=lambda: Clock(NOON))
    authors: dict[str, str] = field(default_factory=dict)
    happenings: int = 0
    database: Database = field(init=False)
    worker: InboxWorker = field(init=False)

    def __post_init__(self) -> None:
        shutil.copy(_empty_tables(), self.folder / "city.db")
        self.database = Database(f"sqlite:///{self.folder / 'city.db'}")
        # Nothing here must outlive a power cut.
        event.listen(self.database.engine, "connect", _quickly)
        self.worker = InboxWorker(
            database=self.database, counsel=counsel(), clock=self.clock, wake_sender=lambda: None
        )

    def close(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)

    def receives(self, psid: str, **message: object) -> None:
        """A message of a citizen, handled as soon as the worker gets to it."""
        self.happenings += 1
        at = self.clock()
        self._take(
            body_of(
                {
                    "sender": {"id": psid},
                    "recipient": {"id": PAGE},
                    "timestamp": int(at.timestamp() * 1000),
                    "message": {"mid": f"m_{self.happenings}", **message},
                }
            )
        )

    def receives_comment(self, psid: str, text: str, *, hidden: bool) -> None:
        self.happenings += 1
        comment, at = f"77_{self.happenings}", int(self.clock().timestamp())
        self.authors[comment] = psid
        value: Json = {
            "item": "comment",
            "verb": "add",
            "comment_id": comment,
            "post_id": f"{PAGE}_77",
            "parent_id": f"{PAGE}_77",
            "created_time": at,
            "message": text,
        }
        value |= {} if hidden else {"from": {"id": psid, "name": "Warga"}}
        changes = [{"field": "feed", "value": value}]
        entry = {"id": PAGE, "time": at, "changes": changes}
        self._take(json.dumps({"object": "page", "entry": [entry]}).encode())

    def _take(self, body: bytes) -> None:
        with self.database.write() as session:
            inbox.accept(session, split(body, page_id=PAGE), at=self.clock())
        self.work()
        self.say()

    def work(self) -> None:
        """Until everything is handled, within the time that an answer may take."""
        begun = self.clock()
        while self._waits() and self.clock() - begun < SOON:
            if not self.worker.look():
                self.clock.pass_by(seconds=3)
        assert not self._waits(), "an input was not handled in time"
        self.clock.pass_by(seconds=1)

    def _waits(self) -> bool:
        with self.database.read() as session:
            states: Any = inbox.counts(session)["by_state"]
            return bool(states["waiting"] or states["set_aside"])

    def say(self) -> None:
        """Everything that may lawfully be said now arrives."""
        with self.database.write() as session:
            while errands := claim_errands(session, at=self.clock(), limit=50, paused=()):
                for errand in errands:
                    under = errand.word.under or ""
                    psid = self.authors.get(under) if errand.way is Way.PRIVATE_REPLY else None
                    said = Said(external_id=f"said_{errand.id}", psid=psid)
                    keep_sent(Keeping(session=session, at=self.clock()), errand, said)

    def time_passes(self, hours: float) -> None:
        self.clock.pass_by(hours=hours)
        self.worker.tick()
        self.say()

    def words(self, *, to: Audience | None = None) -> Sequence[OutboxRow]:
        with self.database.read() as session:
            return [row for row in outbox.every(session) if to is None or row.audience == to]
