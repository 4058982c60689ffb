"""What waits for the triage team, and in which order."""

import pytest
from sqlalchemy import select

from models.domain.case import CaseState
from models.domain.category import Category
from models.tables import AuditRow
from tests.app.web.city import City

pytestmark = pytest.mark.anyio


def in_order(text: str, *numbers: str) -> bool:
    places = [text.index(number) for number in numbers]
    return places == sorted(places)


async def test_urgent_on_top_then_the_oldest_and_only_what_waits_for_a_person(city_on_either: City) -> None:
    city = city_on_either
    city.forward("PKU-AAAAA")
    city.hand_to_triage("PKU-AAAAA")
    city.forward("PKU-BBBBB", category=Category.JALAN_RUSAK)
    city.move("PKU-BBBBB", CaseState.BUKAN_KEWENANGAN)
    city.forward("PKU-CCCCC", emergency=True)
    city.hand_to_triage("PKU-CCCCC")
    city.forward("PKU-DDDDD")
    city.forward("PKU-EEEEE", opd="LUAR-PLN", category=Category.LISTRIK_PLN)
    city.put_in("PKU-EEEEE", CaseState.BUKAN_KEWENANGAN)

    page = await (await city.signed_in(role="humas", name="Siti")).get("/triase")

    assert in_order(page.text, "PKU-CCCCC", "PKU-AAAAA", "PKU-BBBBB")
    assert "PKU-DDDDD" not in page.text
    assert "PKU-EEEEE" not in page.text


async def test_the_guess_stands_beside_the_words_it_was_made_of(city: City) -> None:
    city.forward("PKU-AAAAA")
    city.report(
        "PKU-AAAAA",
        conversation="psid-1",
        text="sampah menumpuk di jalan rajawali",
        evidence=(("category", "sampah menumpuk"),),
    )
    city.hand_to_triage("PKU-AAAAA", why="the place is not clear")

    page = await (await city.signed_in(role="humas", name="Siti")).get("/triase")

    for words in (
        ">sampah menumpuk</mark>",
        "<dt>Sampah</dt>",
        "Jalan Rajawali",
        "%",
        "lokasinya belum jelas",
    ):
        assert words in page.text


async def test_a_returned_case_is_offered_to_whom_the_officer_named(city: City) -> None:
    city.forward("PKU-AAAAA")
    budi = await city.signed_in(name="Budi", role="opd_petugas", opd="DLHK")
    await budi.post(
        "/kasus/PKU-AAAAA/bukan-kewenangan",
        data={"version": city.version("PKU-AAAAA"), "text": "ini pohon", "opd": "PERKIM"},
    )

    page = await (await city.signed_in(role="humas", name="Siti")).get("/triase")

    assert "Teruskan ke Dinas Perkim" in page.text
    assert "ini pohon" in page.text


async def test_a_question_is_read_once_and_who_read_it_is_audited(city_on_either: City) -> None:
    city = city_on_either
    city.ask_triage("kantor disdukcapil buka jam berapa?")
    siti = await city.signed_in(role="humas", name="Siti")
    page = await siti.get("/triase")
    assert "kantor disdukcapil buka jam berapa?" in page.text
    address = page.text.split('action="/triase/')[1].split('"')[0]

    answer = await siti.post(f"/triase/{address}")

    assert answer.headers["Location"] == "/triase"
    assert "disdukcapil" not in (await siti.get("/triase")).text
    with city.database.read() as session:
        (by,) = session.scalars(select(AuditRow.by).where(AuditRow.what == "word read"))
    assert by == "Siti"


async def test_words_about_a_listed_case_are_not_listed_twice(city: City) -> None:
    city.forward("PKU-AAAAA")
    city.move("PKU-AAAAA", CaseState.BUKAN_KEWENANGAN)

    page = await (await city.signed_in(role="humas", name="Siti")).get("/triase")

    assert "Tidak ada pesan yang menunggu" in page.text


async def test_the_bar_counts_what_waits_for_the_team_alone(city: City) -> None:
    city.ask_triage("kapan buka?")
    city.forward("PKU-AAAAA")
    city.hand_to_triage("PKU-AAAAA")

    assert '<span class="badge">2</span>' in (await (await city.signed_in(role="humas")).get("/")).text
    assert "Triase" not in (await (await city.signed_in()).get("/")).text


@pytest.mark.parametrize("number", ["0", "999", str(2**70)])
async def test_a_word_that_is_not_there_is_no_error(city: City, number: str) -> None:
    siti = await city.signed_in(role="humas", name="Siti")

    assert (await siti.post(f"/triase/{number}/dibaca")).status_code == 303
