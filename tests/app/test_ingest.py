"""The door keeps many POSTs in one go; a bad one harms nobody, and a store that is down is told to Facebook."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import text

from app.main import create_app
from app.settings import Settings
from app.web.ingest import Ingest, NotKept
from models.db import Database
from models.domain.inbox import Item
from models.store import inbox
from tests.postgres import Server
from tests.posts import PAGE, SECRET, Clock, body_of, item, signed, wrote

pytestmark = pytest.mark.anyio

# Nobody can say when that was, so no database takes it.
BAD = replace(item("budi", "halo", mid="bad"), happened_at=datetime(2026, 11, 24))  # noqa: DTZ001


@pytest.fixture
def ingest(database: Database) -> Iterator[Ingest]:
    opened = Ingest(database, clock=Clock(), on_kept=lambda: None)
    opened.start()
    yield opened
    opened.close()


def kept(database: Database) -> int:
    with database.read() as session:
        return inbox.count(session)


async def outcome(ingest: Ingest, items: Sequence[Item]) -> str:
    try:
        await ingest.keep(items)
    except NotKept:
        return "not kept"
    return "kept"


def posts(number: int) -> list[list[Item]]:
    return [[item(f"warga-{one}", "Banjir", mid=f"m{one}")] for one in range(number)]


async def test_fifty_posts_at_once_are_all_on_the_disk_when_they_are_answered(
    ingest: Ingest, database: Database
) -> None:
    answers = await asyncio.gather(*(outcome(ingest, items) for items in posts(50)))

    assert set(answers) == {"kept"}
    assert kept(database) == 50


async def test_one_bad_post_among_fifty_takes_none_of_its_neighbours_down(
    ingest: Ingest, database: Database
) -> None:
    crowd = posts(49)
    crowd.insert(20, [BAD])

    answers = await asyncio.gather(*(outcome(ingest, items) for items in crowd))

    assert [number for number, answer in enumerate(answers) if answer == "not kept"] == [20]
    assert kept(database) == 49


async def test_the_door_goes_on_after_a_bad_post(ingest: Ingest) -> None:
    assert [await outcome(ingest, items) for items in ([BAD], *posts(2))] == ["not kept", "kept", "kept"]


async def test_an_item_of_a_post_that_nobody_waits_for_any_more_is_kept_or_sent_again(
    ingest: Ingest, database: Database
) -> None:
    given_up = asyncio.create_task(ingest.keep(posts(1)[0]))
    given_up.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await given_up

    assert await outcome(ingest, posts(1)[0]) == "kept"
    assert kept(database) == 1


@contextlib.asynccontextmanager
async def open_door(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(
        _env_file=None,
        facebook_page_id=PAGE,
        facebook_app_secret=SecretStr(SECRET),
        public_url="http://localhost",
    )
    app = create_app(settings, database, with_worker=False, clock=Clock())
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client,
    ):
        yield client


async def status(client: httpx.AsyncClient, mid: str) -> int:
    body = body_of(wrote("siti", "Banjir", mid=mid))
    return (await client.post("/webhook/facebook", content=body, headers=signed(body))).status_code


async def test_a_store_without_a_place_for_items_is_a_503_until_it_has_one_again(database: Database) -> None:
    async with open_door(database) as client:
        answers = [await status(client, "first")]
        with database.write() as session:
            session.execute(text("ALTER TABLE inbox RENAME TO elsewhere"))
        answers.append(await status(client, "second"))
        with database.write() as session:
            session.execute(text("ALTER TABLE elsewhere RENAME TO inbox"))
        answers.append(await status(client, "second"))

    assert answers == [200, 503, 200]
    assert kept(database) == 2


async def test_a_postgresql_that_lets_nobody_in_is_a_503_until_it_does(
    postgres: Server, postgres_database: Database
) -> None:
    name = postgres_database.url.database
    async with open_door(postgres_database) as client:
        answers = [await status(client, "first")]
        with postgres.administrator() as admin:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            answers += [await status(client, "second") for _ in range(3)]
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        answers.append(await status(client, "second"))

    assert answers == [200, 503, 503, 503, 200]
    assert kept(postgres_database) == 2


async def test_a_sqlite_that_is_held_by_another_program_is_a_503_in_time_for_facebook(
    sqlite_database: Database,
) -> None:
    async with open_door(sqlite_database) as client:
        other = Database(sqlite_database.url.render_as_string())
        begun = asyncio.get_running_loop().time()
        with other.write() as session:
            session.execute(text("SELECT 1"))  # now it holds the lock
            answer = await status(client, "first")
        took = asyncio.get_running_loop().time() - begun
        other.close()

        assert (answer, took < 5) == (503, True)
        assert await status(client, "first") == 200
    assert kept(sqlite_database) == 1


async def test_what_facebook_did_not_sign_is_refused_without_a_word(database: Database) -> None:
    async with open_door(database) as client:
        body = body_of(wrote("siti", "Banjir", mid="m1"))
        answer = await client.post("/webhook/facebook", content=body, headers=signed(body + b" "))

    assert (answer.status_code, answer.content, kept(database)) == (401, b"", 0)
