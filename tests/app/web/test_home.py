"""The list at the desk: who sees which cases, in which order, and what a card says."""

from datetime import timedelta

import pytest

from models.domain.case import CaseState
from models.domain.category import Category
from models.domain.place import Place
from tests.app.web.city import City

pytestmark = pytest.mark.anyio

HTMX = {"HX-Request": "true"}


def in_order(text: str, *numbers: str) -> bool:
    places = [text.index(number) for number in numbers]
    return places == sorted(places)


async def test_a_stranger_sees_nothing_and_is_told_how_to_get_in(city: City) -> None:
    city.forward("PKU-AAAAA")

    page = await city.browser().get("/")

    assert page.status_code == 200
    assert "Mohon minta tautan masuk kepada admin" in page.text
    assert "PKU-" not in page.text
    assert "Rajawali" not in page.text


async def test_a_stranger_gets_no_list_by_asking_for_the_fragment(city: City) -> None:
    city.forward("PKU-AAAAA")

    answer = await city.browser().get("/", headers=HTMX)

    assert answer.status_code == 401
    assert answer.text == ""
    assert answer.headers["HX-Redirect"] == "/"


@pytest.mark.parametrize("role", ["wali", "humas", "admin", "auditor"])
async def test_who_answers_for_the_city_sees_the_cases_of_every_agency(city: City, role: str) -> None:
    city.forward("PKU-AAAAA", opd="DLHK")
    city.forward("PKU-BBBBB", opd="PUPR", category=Category.JALAN_RUSAK)

    page = await (await city.signed_in(role=role)).get("/")

    assert "PKU-AAAAA" in page.text
    assert "PKU-BBBBB" in page.text


@pytest.mark.parametrize("role", ["opd_admin", "opd_petugas", "magang"])
@pytest.mark.parametrize("headers", [{}, HTMX])
async def test_an_officer_does_not_see_another_agencys_case(
    city_on_either: City, role: str, headers: dict[str, str]
) -> None:
    city = city_on_either
    city.forward("PKU-AAAAA", opd="DLHK")
    city.forward("PKU-BBBBB", opd="PUPR", category=Category.JALAN_RUSAK, due=timedelta(hours=-1))

    page = await (await city.signed_in(role=role, opd="DLHK")).get("/", headers=headers)

    assert "PKU-AAAAA" in page.text
    assert "PKU-BBBBB" not in page.text
    assert figures(page.text) == [1, 1, 0]


async def test_an_officer_of_one_area_sees_that_area_alone(city: City) -> None:
    city.forward("PKU-AAAAA", opd="LPS", area="Sukajadi")
    city.forward("PKU-BBBBB", opd="LPS", area="Tampan")

    page = await (await city.signed_in(role="opd_petugas", opd="LPS", area="Sukajadi")).get("/")

    assert "PKU-AAAAA" in page.text
    assert "PKU-BBBBB" not in page.text


async def test_an_officer_without_an_agency_sees_nothing(city: City) -> None:
    city.forward("PKU-AAAAA")

    page = await (await city.signed_in(role="opd_petugas", opd="")).get("/")

    assert "PKU-" not in page.text


async def test_urgent_comes_first_then_late_then_by_deadline_and_what_is_done_last(
    city_on_either: City,
) -> None:
    city = city_on_either
    city.forward("PKU-DAYS3", due=timedelta(days=3))
    city.forward("PKU-DUNE2", due=timedelta(days=-5), age=timedelta(days=9))
    city.forward("PKU-LATE2", due=timedelta(days=-2), age=timedelta(days=5))
    city.forward("PKU-URGE2", due=timedelta(hours=1), emergency=True, category=Category.KEBAKARAN)
    city.forward("PKU-DAYS5", due=timedelta(days=5))
    city.move("PKU-DUNE2", CaseState.SELESAI)

    page = await (await city.signed_in()).get("/")

    assert in_order(page.text, "PKU-URGE2", "PKU-LATE2", "PKU-DAYS3", "PKU-DAYS5", "PKU-DUNE2")


async def test_three_numbers_say_how_the_day_stands(city_on_either: City) -> None:
    city = city_on_either
    city.forward("PKU-AAAAA", age=timedelta(hours=2))
    city.forward("PKU-BBBBB", age=timedelta(days=1))
    city.forward("PKU-CCCCC", age=timedelta(days=5), due=timedelta(days=-1))
    city.forward("PKU-DDDDD", age=timedelta(days=5), due=timedelta(days=-1))
    city.move("PKU-DDDDD", CaseState.SELESAI)

    page = await (await city.signed_in()).get("/")

    assert figures(page.text) == [1, 3, 1]


def figures(text: str) -> list[int]:
    parts = text.split('class="figure__value">')[1:]
    return [int(part.split("<", 1)[0]) for part in parts]


async def test_a_card_says_what_where_who_until_when_and_how_many(city: City) -> None:
    city.forward("PKU-AAAAA", due=timedelta(days=-2), age=timedelta(days=6))
    for citizen in ("psid-1", "psid-2"):
        city.report("PKU-AAAAA", conversation=citizen)

    page = await (await city.signed_in()).get("/")

    for words in (
        "Sampah menumpuk",
        "Jalan Rajawali, RT 02 RW 05, Kampung Melayu, Sukajadi",
        "DLHK",
        "Menunggu diterima",
        "lewat 2 hari",
        "pill--bad",
        "batas Minggu, 22 November",
        "2 warga",
    ):
        assert words in page.text


async def test_a_citizens_words_and_identity_are_not_on_the_list(city: City) -> None:
    city.forward("PKU-AAAAA")
    city.report("PKU-AAAAA", conversation="psid-secret", text="kata kata warga")

    page = await (await city.signed_in()).get("/")

    assert "psid-secret" not in page.text
    assert "kata kata warga" not in page.text


async def test_what_a_name_contains_never_becomes_a_tag(city: City) -> None:
    city.forward("PKU-AAAAA", place=Place(landmark="<script>alert(1)</script>"))

    page = await (await city.signed_in(name="<b>Siti</b>")).get("/")

    assert "<script>alert" not in page.text
    assert "<b>Siti" not in page.text


async def test_htmx_gets_the_list_alone_and_a_browser_the_whole_page_around_the_same(city: City) -> None:
    city.forward("PKU-AAAAA")
    browser = await city.signed_in()

    whole, part = await browser.get("/"), await browser.get("/", headers=HTMX)

    assert "<html" not in part.text
    assert part.text.strip() in whole.text
    assert "HX-Request" in whole.headers["Vary"]


async def test_an_empty_list_says_so(city: City) -> None:
    page = await (await city.signed_in()).get("/")

    assert "Belum ada laporan yang diteruskan" in page.text


async def test_a_long_list_ends_where_searching_is_quicker(city: City) -> None:
    letters = "ABCDEFGHJK"
    for first in letters[:6]:
        for second in letters:
            city.forward(f"PKU-{first}{second}AAA")

    page = await (await city.signed_in()).get("/?tampil=baru")

    assert page.text.count("<article") == 50
    assert 'href="/kasus?hanya=baru"' in page.text
