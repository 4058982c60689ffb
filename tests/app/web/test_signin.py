"""Who gets in: by a link of their own, once, in time, and from our own page."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.tables import AuditRow, SessionRow
from tests.app.web.city import City

pytestmark = pytest.mark.anyio


async def test_the_link_says_whom_it_lets_in_before_it_does(city: City) -> None:
    page = await city.browser().get(city.invite(name="Siti Aminah", role="opd_petugas", opd="PUPR"))

    assert page.status_code == 200
    assert "Siti Aminah" in page.text
    assert "Petugas OPD" in page.text
    assert "Dinas PUPR" in page.text


async def test_a_preview_that_fetches_the_link_does_not_use_it_up(city: City) -> None:
    link = city.invite()
    for _ in range(3):
        await city.browser().get(link)

    answer = await city.browser().post(link)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


async def test_a_used_link_lets_nobody_in(city: City) -> None:
    link = city.invite()
    await city.browser().post(link)
    thief = city.browser()

    looked, tried = await thief.get(link), await thief.post(link)

    assert (looked.status_code, tried.status_code) == (410, 410)
    assert "sudah tidak berlaku" in tried.text
    assert not thief.cookies


async def test_a_late_link_lets_nobody_in(city: City) -> None:
    link = city.invite()
    city.now += timedelta(minutes=61)

    answer = await city.browser().post(link)

    assert answer.status_code == 410


async def test_an_invented_link_is_answered_like_a_used_one(city: City) -> None:
    assert (await city.browser().get("/masuk/guess")).status_code == 410


async def test_on_localhost_the_cookie_is_plain_so_that_http_keeps_it(city: City) -> None:
    answer = await city.browser().post(city.invite())

    attributes = answer.headers["Set-Cookie"].split("; ")
    assert attributes[0].startswith("sid=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(attributes)
    assert "Secure" not in attributes


async def test_in_production_the_cookie_belongs_to_this_host_and_to_https(public_city: City) -> None:
    answer = await public_city.browser().post(public_city.invite())

    attributes = answer.headers["Set-Cookie"].split("; ")
    assert attributes[0].startswith("__Host-sid=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(attributes)
    assert not any(attribute.startswith("Domain") for attribute in attributes)


async def test_of_a_session_only_its_hash_is_kept_and_the_way_in_is_audited(city: City) -> None:
    browser = await city.signed_in(name="Siti", role="humas")

    with city.database.read() as session:
        kept = session.scalars(select(SessionRow)).one()
        audited = session.scalars(select(AuditRow)).one()
    assert kept.token_hash != browser.cookies["sid"]
    assert len(browser.cookies["sid"]) >= 43
    assert (audited.by, audited.what) == ("Siti", "signed in")


async def test_who_signs_out_is_out_and_so_is_every_copy_of_the_cookie(city: City) -> None:
    browser = await city.signed_in()
    copy = city.browser()
    copy.cookies.set("sid", browser.cookies["sid"])
    assert "Keluar" in (await copy.get("/")).text

    answer = await browser.post("/keluar")

    assert answer.status_code == 303
    assert not browser.cookies
    assert "Anda belum masuk" in (await copy.get("/")).text


async def test_a_session_ends_by_itself(city: City) -> None:
    browser = await city.signed_in()
    city.now += timedelta(days=31)

    assert "Anda belum masuk" in (await browser.get("/")).text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8000"}, 403),
        ({"Origin": "http://localhost:8000"}, 303),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "http://localhost:8000.evil.test"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 303),
    ],
)
@pytest.mark.parametrize("form", ["/masuk", "/keluar"])
async def test_a_form_of_another_site_acts_for_nobody(
    city: City, form: str, headers: dict[str, str], status: int
) -> None:
    path = city.invite() if form == "/masuk" else form

    answer = await city.browser().post(path, headers=headers)

    assert answer.status_code == status


async def test_a_refused_form_leaves_the_link_unused(city: City) -> None:
    link = city.invite()
    await city.browser().post(link, headers={"Sec-Fetch-Site": "cross-site"})

    assert (await city.browser().post(link)).status_code == 303
