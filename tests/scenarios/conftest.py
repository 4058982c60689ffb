"""A city for all scenarios of a file, and a story for each."""

from collections.abc import Iterator

import pytest

from app.wiring import build_counsel
from bot.counsel import Counsel
from models.store import outbox
from tests.city import City, living_city
from tests.scenarios.story import Story
from tests.scenarios.transcript import Transcript
from tests.scenarios.watcher import Watcher


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("city")
    with living_city(f"sqlite:///{folder / 'pekanbaru.db'}") as city:
        yield city


@pytest.fixture(scope="module")
def counsel_of_the_city(city: City) -> Counsel:
    """It makes the same links as the service does."""
    return build_counsel(city.settings)


@pytest.fixture
def story(city: City, counsel_of_the_city: Counsel) -> Story:
    with city.database.read() as session:
        said = max((row.id for row in outbox.every(session)), default=0)
    return Story(
        city=city,
        counsel=counsel_of_the_city,
        transcript=Transcript(name="", title=""),
        old=frozenset(case["number"] for case in city.cases()),
        watcher=Watcher(city, last_word=said),
    )
