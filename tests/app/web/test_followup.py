"""The citizen's page: everything for the one who holds the link, next to nothing for all others."""

import re
from datetime import timedelta

import pytest

from models.domain.case import CaseState, Role
from tests.app.web.city import City

pytestmark = pytest.mark.anyio


async def test_the_citizen_reads_what_where_who_until_when_and_how_far_it_is(city: City) -> None:
    city.forward("PKU-7F3K9")
    city.accept("PKU-7F3K9")
    city.move("PKU-7F3K9", CaseState.DIPROSES)

    page = await city.browser().get(city.link("PKU-7F3K9"))

    assert page.status_code == 200
    for words in (
        "PKU-7F3K9",
        "Sampah menumpuk",
        "Jalan Rajawali",
        "Sukajadi",
        "Jumat, 27 November",
        "Laporan diterima",
        "Diteruskan ke DLHK",
        "Diterima petugas DLHK",
        "Dikerjakan oleh DLHK",
        "Selasa, 24 November, pukul 08.30 WIB",
        "Langkah berikutnya",
    ):
        assert words in page.text


@pytest.mark.parametrize(
    "key", ["", "?k=", "?k=0123456789abcdef0123456789abcdef01234567", "?k=%C3%A9", "?k=a&k=b"]
)
async def test_without_the_key_no_street_and_no_agency_is_shown(city: City, key: str) -> None:
    city.forward("PKU-7F3K9")

    page = await city.browser().get(f"/l/PKU-7F3K9{key}")

    assert page.status_code == 200
    for shown in ("Sampah menumpuk", "Sukajadi", "Sudah diteruskan"):
        assert shown in page.text
    for hidden in ("Rajawali", "Kampung Melayu", "RT 02", "DLHK", "November", "PKU-7F3K9"):
        assert hidden not in page.text


async def test_the_key_of_one_case_opens_no_other(city: City) -> None:
    city.forward("PKU-7F3K9")
    city.forward("PKU-8G4M2")
    key = city.link("PKU-8G4M2").partition("?")[2]

    page = await city.browser().get(f"/l/PKU-7F3K9?{key}")

    assert "Rajawali" not in page.text


@pytest.mark.parametrize("code", ["PKU-22222", "hello", "PKU-", "../../etc/passwd", "%F0%9F%98%80"])
async def test_an_unknown_number_is_answered_kindly(city: City, code: str) -> None:
    page = await city.browser().get(f"/l/{code}", headers={"Accept": "text/html"})

    assert page.status_code == 404
    assert "tidak ditemukan" in page.text


async def test_a_number_typed_in_small_letters_is_found(city: City) -> None:
    city.forward("PKU-7F3K9")

    assert (
        await city.browser().get(city.link("PKU-7F3K9").replace("PKU-7F3K9", "pku-7f3k9"))
    ).status_code == 200


async def test_no_officer_is_named_and_no_note_is_shown(city: City) -> None:
    city.forward("PKU-7F3K9")
    city.move("PKU-7F3K9", CaseState.DIPROSES, name="Budi Petugas")

    page = await city.browser().get(city.link("PKU-7F3K9"))

    assert "Budi" not in page.text


async def test_a_late_case_is_not_made_to_look_well(city: City) -> None:
    city.forward("PKU-7F3K9", due=timedelta(days=-2), age=timedelta(days=6))

    page = await city.browser().get(city.link("PKU-7F3K9"))

    assert "target ini sudah lewat" in page.text


async def test_a_returned_case_is_with_the_triage_team_and_not_with_the_agency(city: City) -> None:
    city.forward("PKU-7F3K9")
    city.move("PKU-7F3K9", CaseState.BUKAN_KEWENANGAN)

    page = await city.browser().get(city.link("PKU-7F3K9"))

    assert "Ternyata bukan bagian DLHK" in page.text
    assert '<dd class="card__title">Humas Pemko Pekanbaru</dd>' in page.text


async def test_an_earlier_agency_is_not_confused_with_the_present_one(city: City) -> None:
    city.forward("PKU-7F3K9")
    city.move("PKU-7F3K9", CaseState.BUKAN_KEWENANGAN)
    city.move("PKU-7F3K9", CaseState.DITERUSKAN, role=Role.TRIAGE)

    page = await city.browser().get(city.link("PKU-7F3K9"))

    assert page.text.count("Diteruskan ke DLHK") == 1
    assert "Diteruskan ke instansi terkait" in page.text


async def test_who_says_that_it_is_done_is_asked_whether_it_is(city: City) -> None:
    city.forward("PKU-7F3K9")
    city.move("PKU-7F3K9", CaseState.SELESAI)

    page = await city.browser().get(city.link("PKU-7F3K9"))

    assert "Dinyatakan selesai oleh DLHK" in page.text
    assert "Apakah masalahnya sudah teratasi?" in page.text
    assert "Langkah berikutnya" not in page.text


async def test_in_danger_the_first_thing_to_read_is_112(city: City) -> None:
    city.forward("PKU-7F3K9", emergency=True)

    page = await city.browser().get(city.link("PKU-7F3K9"))

    assert page.text.index("112") < page.text.index("<h1>")


@pytest.mark.parametrize("state", list(CaseState))
async def test_every_state_has_words_of_its_own_with_and_without_the_key(
    city: City, state: CaseState
) -> None:
    city.forward("PKU-7F3K9")
    city.put_in("PKU-7F3K9", state)

    with_key = await city.browser().get(city.link("PKU-7F3K9"))
    without = await city.browser().get("/l/PKU-7F3K9")

    assert (with_key.status_code, without.status_code) == (200, 200)
    for page in (with_key, without):
        assert 'class="pill' in page.text
        assert "_" not in words_of(page.text)
        assert "ditolak" not in page.text.lower()


def words_of(html: str) -> str:
    """What is left for a reader: no code of ours, such as ``bukan_kewenangan``, may be in it."""
    return re.sub(r"<[^>]*>", " ", html)
