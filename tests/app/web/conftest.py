"""The city that every test of the pages lives in: one service a module, emptied before each test."""

import pathlib
from collections.abc import AsyncIterator

import pytest

from tests.app.web.city import City, open_city
from tests.postgres import Server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tmp_path_factory.mktemp("city")


@pytest.fixture(scope="module")
async def local_service(folder: pathlib.Path) -> AsyncIterator[City]:
    async with open_city(f"sqlite:///{folder / 'local.db'}") as opened:
        yield opened


@pytest.fixture(scope="module")
async def public_service(folder: pathlib.Path) -> AsyncIterator[City]:
    async with open_city(f"sqlite:///{folder / 'public.db'}", "https://smart.pekanbaru.test") as opened:
        yield opened


@pytest.fixture(scope="module")
async def postgres_service(postgres: Server) -> AsyncIterator[City]:
    with postgres.database() as url:
        async with open_city(url) as opened:
            yield opened


@pytest.fixture
def city(local_service: City) -> City:
    local_service.empty()
    return local_service


@pytest.fixture
def public_city(public_service: City) -> City:
    """The same on https, as in production."""
    public_service.empty()
    return public_service


@pytest.fixture(params=["local_service", "postgres_service"])
def city_on_either(request: pytest.FixtureRequest) -> City:
    """On SQLite, then on PostgreSQL: for what the two might sort or count differently."""
    opened: City = request.getfixturevalue(request.param)
    opened.empty()
    return opened
