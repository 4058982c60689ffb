"""The job that fetches photos: what it tries again, what it gives up, and whom it waits for."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from app.demo import demo_settings
from app.media.addresses import Allowed
from app.media.fetch import Fetcher
from app.media.gallery import AGAIN_AFTER, LEASE, Gallery
from app.wiring import build_counsel
from models.db import Database
from models.domain.inbox import Item, ItemKind
from models.domain.media import Sent
from models.schema import migrate
from models.store import conversations, inbox, media
from models.tables import MediaRow
from tests.app.media.drawn import RAJAWALI, huge_png, photo

pytestmark = pytest.mark.anyio

LINK = "https://scontent.fbcdn.net/photo.jpg"
PSID = "7001"
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@dataclass(slots=True)
class Room:
    """A gallery whose internet is this test. ``answer`` is what the photo's host says; ``woken`` counts."""

    database: Database
    album: Path
    answer: Callable[[], httpx.Response] = lambda: httpx.Response(404)
    now: datetime = NOON
    asked: int = 0
    woken: int = 0
    gallery: Gallery = field(init=False)

    def __post_init__(self) -> None:
        client = httpx.AsyncClient(transport=httpx.MockTransport(self.tell))
        self.gallery = Gallery(
            database=self.database,
            fetcher=Fetcher(client=client, allowed=Allowed.read("fbcdn.net"), resolve=_public),
            counsel=build_counsel(demo_settings(8000, database_url="sqlite://")),
            album=self.album,
            clock=lambda: self.now,
            wake_sender=self.ring,
        )

    def note(self, *kinds: str) -> None:
        sent = [Sent(part=part, kind=kind, url=LINK, at=NOON) for part, kind in enumerate(kinds)]
        with self.database.write() as session:
            conversations.find_or_make(session, PSID)
            media.note(session, "m_1", PSID, sent, at=self.now)

    async def go_round(self) -> int:
        taken = self.gallery.begin(lambda: None)
        await asyncio.gather(*self.gallery._underway)
        return taken

    def rows(self) -> list[MediaRow]:
        with self.database.read() as session:
            return media.every(session)

    def files(self) -> list[Path]:
        return [path for path in self.album.rglob("*") if path.is_file()]

    def says(self, content: bytes, status: int = 200) -> None:
        self.answer = lambda: httpx.Response(status, content=_given(content))

    def tell(self, _: httpx.Request) -> httpx.Response:
        self.asked += 1
        return self.answer()

    def ring(self) -> None:
        self.woken += 1


async def _given(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _public(host: str, port: int) -> list[str]:
    del host, port
    return ["157.240.1.1"]


@pytest.fixture
def room(database_url: str, tmp_path: Path) -> Iterator[Room]:
    database = Database(database_url)
    migrate(database)
    yield Room(database=database, album=tmp_path / "album")
    database.close()


async def test_a_photo_is_fetched_once_and_its_sender_woken(room: Room) -> None:
    room.says(photo(at=RAJAWALI))
    room.note("image", "video")
    room.note("image", "video")

    assert await room.go_round() == 1
    assert await room.go_round() == 0

    picture, video = room.rows()
    assert (picture.state, video.state) == ("kept", "noted")
    assert (picture.width, picture.height) == (640, 480)
    assert picture.lat == pytest.approx(RAJAWALI[0], abs=1e-6)
    assert [path.relative_to(room.album).as_posix() for path in room.files()] == [picture.file]
    assert (room.asked, room.woken) == (1, 1)


async def test_a_host_in_trouble_is_asked_again_ever_later_and_at_last_no_more(room: Room) -> None:
    room.says(b"", status=503)
    room.note("image")

    for wait in AGAIN_AFTER:
        assert await room.go_round() == 1
        assert await room.go_round() == 0
        room.now += wait
    assert await room.go_round() == 1
    room.now += timedelta(days=1)
    assert await room.go_round() == 0

    (row,) = room.rows()
    assert (row.state, row.tries) == ("failed", 1 + len(AGAIN_AFTER))
    assert row.why == "given up after 5 tries: HTTP 503"


async def test_a_photo_comes_after_all_when_its_host_is_well_again(room: Room) -> None:
    room.says(b"", status=500)
    room.note("image")
    await room.go_round()
    room.says(photo())
    room.now += AGAIN_AFTER[0]

    await room.go_round()

    assert room.rows()[0].state == "kept"


@pytest.mark.parametrize(
    ("content", "status", "state", "why"),
    [
        (b"URL signature expired", 403, "failed", "the link no longer works (HTTP 403)"),
        (huge_png(10_000, 6_000), 200, "refused", "more than 50 megapixels"),
        (b"<html>", 200, "refused", "not a photo that can be read (UnidentifiedImageError)"),
    ],
    ids=["expired", "60 megapixels", "a page"],
)
async def test_what_will_never_do_is_settled_at_once_with_its_reason(
    room: Room, content: bytes, status: int, state: str, why: str
) -> None:
    room.says(content, status)
    room.note("image")

    await room.go_round()
    room.now += timedelta(days=1)
    await room.go_round()

    assert [(row.state, row.why) for row in room.rows()] == [(state, why)]
    assert room.asked == 1
    assert room.files() == []


async def test_a_photo_without_a_link_is_refused(room: Room) -> None:
    with room.database.write() as session:
        conversations.find_or_make(session, PSID)
        media.note(session, "m_2", PSID, [Sent(part=0, kind="image", url=None, at=NOON)], at=NOON)

    await room.go_round()

    assert room.rows()[0].state == "refused"


async def test_a_worker_that_dies_with_a_photo_in_its_hands_leaves_it_to_the_next(room: Room) -> None:
    room.says(photo())
    room.note("image")
    with room.database.write() as session:
        media.claim(session, at=room.now, lease=LEASE, limit=1)

    assert await room.go_round() == 0
    room.now += LEASE
    assert await room.go_round() == 1
    assert room.rows()[0].state == "kept"


async def test_a_photo_waits_while_another_worker_handles_its_citizen(
    postgres_url: str, tmp_path: Path
) -> None:
    """Whether it belongs to a case may change under our hands; only PostgreSQL has two workers."""
    database, other = Database(postgres_url), Database(postgres_url)
    migrate(database)
    room = Room(database=database, album=tmp_path / "album")
    room.says(photo())
    room.note("image")

    with other.write() as session:
        assert conversations.lock(session, PSID) is not None
        room.gallery.begin(lambda: None)
        await asyncio.sleep(0.3)
        assert room.rows()[0].state == "waiting"
    await asyncio.gather(*room.gallery._underway)

    assert room.rows()[0].state == "kept"
    assert len(room.files()) == 1
    database.close()
    other.close()


async def test_a_photo_whose_words_wait_behind_it_does_not_hold_up_the_words(room: Room) -> None:
    def item(key: str, at: datetime) -> Item:
        return Item(key=key, kind=ItemKind.MESSAGE, conversation=PSID, happened_at=at, body=b"{}")

    def waiting() -> list[str]:
        with room.database.read() as session:
            return inbox.conversations_waiting(session, at=NOON, limit=9)

    with room.database.write() as session:
        inbox.accept(session, [item("m_1", NOON)], at=NOON)
        first = inbox.first_waiting(session, PSID)
        assert first is not None
        inbox.wait_for_more(session, first.id, until=NOON + timedelta(seconds=3))
    assert waiting() == []

    with room.database.write() as session:
        inbox.accept(session, [item("m_2", NOON + timedelta(seconds=1))], at=NOON)
        assert inbox.is_followed(session, first, within=timedelta(minutes=10))
        assert not inbox.is_followed(session, first, within=timedelta(milliseconds=1))
    assert waiting() == [PSID]

    # A failure is another matter: what comes later waits with it.
    with room.database.write() as session:
        inbox.failed(session, first.id, error="x", try_at=NOON + timedelta(seconds=3))
    assert waiting() == []
