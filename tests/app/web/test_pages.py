"""What is true of every page: it guards itself, it needs no script, and its files may be kept."""

import re

import pytest
from fastapi.routing import APIRoute

from app.web import followup, legal, signin
from app.web.desk import routes
from tests.app.web.city import City

pytestmark = pytest.mark.anyio


async def every_page(city: City) -> dict[str, tuple[int, str, dict[str, str]]]:
    """Each page a person can come to: status, text, headers."""
    city.forward("PKU-7F3K9")
    city.report("PKU-7F3K9", conversation="psid-1")
    city.ask_triage("kapan kantor buka?")
    stranger, mayor = city.browser(), await city.signed_in()
    humas = await city.signed_in(name="Siti", role="humas")
    html = {"Accept": "text/html"}
    answers = {
        "/": await stranger.get("/"),
        "/ signed in": await mayor.get("/"),
        "/ fragment": await mayor.get("/", headers={"HX-Request": "true"}),
        "/masuk/{token}": await stranger.get(city.invite(name="Siti")),
        "/masuk/{token} used": await stranger.get("/masuk/used"),
        "/masuk/{token} from elsewhere": await stranger.post(
            "/masuk/x", headers={"Origin": "https://evil.test"}
        ),
        "/kasus": await mayor.get("/kasus?q=sampah"),
        "/kasus/{number}": await mayor.get("/kasus/PKU-7F3K9"),
        "/kasus/{number} of triage": await humas.get("/kasus/PKU-7F3K9"),
        "/kasus/{number} signed out": await stranger.get("/kasus/PKU-7F3K9"),
        "/kasus/{number}/koreksi": await humas.get("/kasus/PKU-7F3K9/koreksi?place=jalan+durian"),
        "/kasus/{number}/gabung": await humas.get("/kasus/PKU-7F3K9/gabung"),
        "/kasus/{number}/{deed}": await humas.post("/kasus/PKU-7F3K9/batal"),
        "/triase": await humas.get("/triase"),
        "/triase/{word_id}/dibaca": await humas.post("/triase/1/dibaca"),
        "/keluar": await mayor.post("/keluar"),
        "/l/{code}": await stranger.get("/l/PKU-7F3K9"),
        "/l/{code} with its key": await stranger.get(city.link("PKU-7F3K9")),
        "/l/{code} unknown": await stranger.get("/l/PKU-22222"),
        "/privasi": await stranger.get("/privasi"),
        "no such page": await stranger.get("/nowhere", headers=html),
    }
    return {name: (page.status_code, page.text, dict(page.headers)) for name, page in answers.items()}


async def test_every_route_for_people_is_among_the_pages_that_are_checked(city: City) -> None:
    routers = (signin.router, *routes.routers, followup.router, legal.router)
    paths = {route.path for router in routers for route in router.routes if isinstance(route, APIRoute)}

    assert paths <= set(await every_page(city))


async def test_every_page_is_guarded_by_a_strict_policy(city: City) -> None:
    for name, (_, _, headers) in (await every_page(city)).items():
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert headers["referrer-policy"] == "no-referrer", name
        assert headers["x-content-type-options"] == "nosniff", name


async def test_no_page_carries_what_its_policy_forbids(city: City) -> None:
    for name, (_, text, _) in (await every_page(city)).items():
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", text), name


async def test_pages_of_one_person_are_neither_kept_nor_found_by_search_engines(city: City) -> None:
    pages = await every_page(city)
    pages.pop("/privasi")

    for name, (_, _, headers) in pages.items():
        assert headers["cache-control"] == "no-store", name
        assert "noindex" in headers["x-robots-tag"], name


async def test_the_privacy_page_may_be_found_and_names_the_law_and_whom_to_write_to(city: City) -> None:
    page = await city.browser().get("/privasi")

    assert "x-robots-tag" not in page.headers
    for words in ("Undang-Undang Nomor 27 Tahun 2022", "Humas Pemko Pekanbaru", "NIK"):
        assert words in page.text


async def test_a_file_asked_for_by_its_content_may_be_kept_for_ever(city: City) -> None:
    page = await city.browser().get("/")
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    assert len(addresses) >= 3

    for address in addresses:
        file = await city.browser().get(address)
        assert file.status_code == 200, address
        assert "immutable" in file.headers["Cache-Control"], address


@pytest.mark.parametrize("address", ["/static/app.css", "/static/app.css?v=0123456789abcdef"])
async def test_a_file_asked_for_by_another_content_is_kept_for_a_day_only(city: City, address: str) -> None:
    file = await city.browser().get(address)

    assert "immutable" not in file.headers["Cache-Control"]


async def test_a_program_that_asks_for_nothing_gets_no_page(city: City) -> None:
    answer = await city.browser().get("/nowhere", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()) == (404, {"detail": "Not Found"})
