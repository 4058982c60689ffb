"""A living city of this test's own, and its page on a phone and on a desk."""

from collections.abc import Iterator

import pytest

from tests.browser.screens import Desk, Phone
from tests.city import City, living_city


@pytest.fixture
def city(sqlite_url: str) -> Iterator[City]:
    with living_city(sqlite_url) as city:
        yield city


@pytest.fixture(params=["desk", "phone"])
def screen(request: pytest.FixtureRequest, city: City) -> Desk:
    """The page, opened; a test that asks for it runs on both screens."""
    made: Desk = {"desk": Desk, "phone": Phone}[request.param](
        page=request.getfixturevalue(request.param), address=city.address
    )
    made.opens()
    return made
