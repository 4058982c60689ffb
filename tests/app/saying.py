"""The sender against the pretend Facebook and groups, without a port: whoever calls is answered in this process."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
from pydantic import SecretStr

from app.pretend import PretendConfig, create_pretend
from app.pretend.faults import Fault
from app.pretend.stage import Stage
from app.sending.errand import claim_errands
from app.sending.say import say
from app.sending.sender import Sender
from app.settings import Settings
from app.wiring import build_ways_out
from bot.conversation.names import CityNames
from models.db import Database
from models.domain.outgoing import Audience, Way, Word
from models.store import conversations, outbox
from tests.posts import NOON, PAGE, SECRET, Clock

GROUP = "-1001"


@dataclass(slots=True)
class Post:
    """The outbox, its sender, and what stands on the phones at the other end."""

    database: Database
    clock: Clock
    stage: Stage
    sender: Sender

    def put(self, *words: Word) -> list[bool]:
        with self.database.write() as session:
            return [outbox.put(session, word, at=self.clock()) for word in words]

    def wrote(self, psid: str) -> None:
        """The citizen did something in Messenger, so that Facebook's window is open."""
        self.stage.world.keep_citizen(psid, last_act=self.stage.world.now())
        with self.database.write() as session:
            conversations.acted(conversations.find_or_make(session, psid), at=self.clock())
            outbox.release_held(session, [psid], at=self.clock())

    async def go_round(self) -> None:
        """Say what can be said now, one after the other, until nothing more can."""
        self.sender.tick()
        while self.sender.begin():
            await asyncio.gather(*self.sender._underway)

    async def dies_while_saying(self, *, after_it_left: bool) -> None:
        """Another sender takes the next word and is killed: before it said it, or before it could note so."""
        with self.database.write() as session:
            errands = claim_errands(session, at=self.clock(), limit=1, paused=())
        for errand in errands * after_it_left:
            await say(errand, self.sender.ways.page, self.sender.ways.telegram, self.sender.ways.album)

    def trouble(self, where: str, *, times: int = 1, code: int | None = None, lost: bool = False) -> None:
        status = 401 if code == 190 else 400
        self.stage.faults.put(
            Fault(where=where, times=times, code=code, status=status, after_acting=lost, lost=lost)
        )

    def hears(self, psid: str) -> list[str]:
        return [said.text for said in self.stage.world.threads.get(psid, []) if said.from_page]

    def group_reads(self) -> list[str]:
        return [said.text for said in self.stage.world.group_messages.get(int(GROUP), [])]

    def states(self) -> list[str]:
        with self.database.read() as session:
            return [row.state for row in outbox.every(session)]


def to(psid: str, text: str, *, about: str = "") -> Word:
    """An answer to a citizen."""
    return Word(
        to=Audience.CITIZEN,
        recipient=psid,
        way=Way.MESSENGER,
        text=text,
        because="answer",
        about=about or text,
    )


def alert(text: str, *, case_id: int | None = None) -> Word:
    """A card for the agency's group."""
    return Word(
        to=Audience.OPD,
        recipient=GROUP,
        way=Way.TELEGRAM,
        text=text,
        because="forwarded",
        about=text,
        case_id=case_id,
    )


@contextlib.asynccontextmanager
async def post_office(database: Database, city: CityNames) -> AsyncIterator[Post]:
    """Open for one test. Its clock stands still at noon until it is moved."""
    config = PretendConfig(app_secret=SECRET, page_id=PAGE, page_token="page-token", webhook_url="")
    pretend, clock = create_pretend(config), Clock()
    settings = Settings(
        _env_file=None,
        facebook_page_id=PAGE,
        facebook_app_secret=SecretStr(SECRET),
        facebook_page_token=SecretStr("page-token"),
        facebook_graph_url="http://facebook.localhost/pretend/graph",
        telegram_bot_token=SecretStr("1000:bot-token"),
        telegram_api_url="http://localhost/pretend/telegram",
    )
    stage: Stage = pretend.state.stage
    stage.world.moved = NOON - stage.world.now()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(pretend)) as client:
        sender = Sender(
            database=database,
            ways=build_ways_out(settings, client),
            city=city,
            clock=clock,
            jitter=lambda: 0.0,
        )
        yield Post(database, clock, stage, sender)
        await stage.close()
