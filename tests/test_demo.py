"""The demo's city: one clock for the pretend world and the service, and a desk for whoever asks at the page."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx
import pytest

from app.clock import now
from app.worker import HEARTBEAT
from models.store import facts
from tests.city import City, living_city, until

DRAIN = "parit di jalan durian tersumbat, air meluap ke jalan tiap hujan"


@pytest.fixture
def city(sqlite_url: str) -> Iterator[City]:
    with living_city(sqlite_url) as city:
        yield city


def test_a_day_that_is_skipped_on_facebook_passes_for_the_service_too(city: City) -> None:
    siti, budi = city.citizen("Siti"), city.citizen("Budi")
    siti.writes(DRAIN)
    siti.hears("PKU-")

    city.forward(hours=24)
    budi.writes("lampu jalan mati di jalan rajawali")
    budi.hears("PKU-")

    first, second = (case["created_at"][:10] for case in city.cases())
    assert first < second
    ready = city.client.get(f"{city.address}/readyz")
    assert ready.status_code == 200, ready.text


@pytest.mark.parametrize(
    ("key", "name"), [("wali", "Wali Kota"), ("humas", "Humas"), ("pupr", "Petugas PUPR")]
)
def test_the_page_opens_a_desk_with_a_link_of_this_moment(city: City, key: str, name: str) -> None:
    city.forward(hours=48)

    with httpx.Client(base_url=city.address, timeout=10) as browser:
        opened = browser.post(f"/pretend/desks/{key}")

        assert (opened.status_code, opened.headers["location"]) == (303, "/")
        assert name in browser.get("/").text


def test_nobody_gets_a_desk_that_is_not_there_or_is_sent_elsewhere(city: City) -> None:
    desks = f"{city.address}/pretend/desks"

    assert city.client.post(f"{desks}/admin").status_code == 404
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert city.client.post(f"{desks}/wali", params={"to": elsewhere}).status_code == 422


def test_time_does_not_go_back_when_the_demo_is_started_again(sqlite_url: str) -> None:
    with living_city(sqlite_url) as first:
        first.forward(hours=24)
        lived = until(lambda: lives_tomorrow(first), "a worker that lives tomorrow")

    with living_city(sqlite_url) as second:
        assert datetime.fromisoformat(second.pretend_state()["now"]) >= lived


def lives_tomorrow(city: City) -> datetime | None:
    with city.database.read() as session:
        beat = facts.recall(session, HEARTBEAT)
        return beat.at if beat and beat.at > now() + timedelta(hours=23) else None
