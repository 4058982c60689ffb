"""What every test may ask for by name: a database of either engine, and a browser's page."""

import os
import pathlib
from collections.abc import Iterator

import pytest
from hypothesis import settings

from app.settings import Settings
from app.wiring import build_counsel
from bot.counsel import Counsel
from models.db import Database
from models.schema import migrate
from tests.browser import browser, desk, phone
from tests.postgres import Server, running_postgres

__all__ = ["browser", "desk", "phone"]

# No deadline: a busy machine is slow now and then, and that says nothing about our code.
settings.register_profile("quick", deadline=None, max_examples=60)
settings.register_profile("ci", deadline=None, max_examples=150, derandomize=True, print_blob=True)
settings.register_profile("deep", deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "quick"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """`@pytest.mark.anyio` runs an async test on the loop that the service runs on, and on no other."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for each worker of pytest-xdist."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: pathlib.Path) -> str:
    """An empty SQLite database of this test's own."""
    return f"sqlite:///{tmp_path / 'pekanbaru.db'}"


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """An empty PostgreSQL database of this test's own."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of either engine: a test that asks for this runs on both."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The same with every table, opened."""
    yield from _with_tables(database_url)


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """SQLite alone: for what is so only where there is one worker."""
    yield from _with_tables(sqlite_url)


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    """PostgreSQL alone: for what only several processes at once can do."""
    yield from _with_tables(postgres_url)


def _with_tables(url: str) -> Iterator[Database]:
    database = Database(url)
    migrate(database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def counsel() -> Counsel:
    """What the city knows, as the service knows it."""
    return build_counsel(Settings(_env_file=None))
