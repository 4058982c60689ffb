"""One case on its page: what everybody needs, and nothing that is not theirs to read."""

from datetime import timedelta

import httpx
import pytest

from models.domain.case import CaseState, Role
from models.domain.media import Picture, Sent
from models.domain.outgoing import Way, WordState
from models.domain.place import Place
from models.store import groups, media, outbox
from tests.app.web.city import City

pytestmark = pytest.mark.anyio

NUMBER = "PKU-7F3K9"
WORDS = "TPS di Jalan Rajawali penuh, hubungi 0812-3456-7890"


@pytest.fixture
def told(city: City) -> City:
    """A case that two citizens reported, one of whom has a telephone."""
    city.forward(NUMBER)
    city.report(NUMBER, conversation="psid-secret", text=WORDS, evidence=(("street", "Jalan Rajawali"),))
    city.report(NUMBER, conversation="comment-author", text="betul, bau", wrote=None)
    return city


async def page_of(city: City, role: str, opd: str = "") -> httpx.Response:
    browser = await city.signed_in(name="Pembaca", role=role, opd=opd)
    return await browser.get(f"/kasus/{NUMBER}")


async def test_an_officer_reads_what_where_and_until_when(told: City) -> None:
    page = await page_of(told, "opd_petugas", "DLHK")

    for words in (
        "Sampah menumpuk",
        "Jalan Rajawali, RT 02 RW 05, Kampung Melayu, Sukajadi",
        "Jumat, 27 November, 09.30",
        "3 hari lagi",
        "2 warga",
        "https://www.google.com/maps/search/?api=1&amp;query=0.510000%2C101.430000",
        "TPS di Jalan Rajawali penuh",
        "Laporan masuk",
        "Terima",
        "Bukan kewenangan kami",
    ):
        assert words in page.text


@pytest.mark.parametrize("role", ["opd_admin", "opd_petugas"])
async def test_an_officer_does_not_read_who_reported_nor_how_to_reach_them(told: City, role: str) -> None:
    page = await page_of(told, role, "DLHK")

    assert "[nomor disembunyikan]" in page.text
    for hidden in ("psid-secret", "comment-author", "3456", "Warga 1", "Messenger", "<mark", "?k="):
        assert hidden not in page.text


@pytest.mark.parametrize("role", ["wali", "auditor"])
async def test_the_mayor_tells_citizens_apart_by_number_alone(told: City, role: str) -> None:
    page = await page_of(told, role)

    for words in ("Warga 1", "Warga 2", "Messenger", "[nomor disembunyikan]"):
        assert words in page.text
    for hidden in ("psid-secret", "comment-author", "3456"):
        assert hidden not in page.text


async def test_the_triage_team_reads_all_words_with_the_evidence_in_them(told: City) -> None:
    page = await page_of(told, "humas")

    assert "0812-3456-7890" in page.text
    assert ">Jalan Rajawali</mark>" in page.text
    assert "psid-secret" not in page.text
    assert "jendela terbuka" in page.text
    assert "belum pernah menulis lewat Messenger" in page.text


@pytest.mark.parametrize(
    ("wrote", "words"),
    [
        (timedelta(hours=1), "jendela terbuka"),
        (timedelta(days=2), "hanya sebagai petugas"),
        (timedelta(days=8), "lebih dari 7 hari"),
    ],
)
async def test_the_reply_box_says_how_far_the_window_stands_open(
    city: City, wrote: timedelta, words: str
) -> None:
    city.forward(NUMBER)
    city.report(NUMBER, conversation="psid-1", wrote=wrote)

    page = await page_of(city, "humas")

    assert words in page.text
    assert ("Kirim balasan" in page.text) is (wrote < timedelta(days=7))


async def test_sharing_names_the_case_and_no_citizen(told: City) -> None:
    page = await page_of(told, "opd_petugas", "DLHK")

    shared = page.text.split('href="https://wa.me/?text=')[1].split('"')[0]
    assert NUMBER in shared
    assert "%2Fkasus%2FPKU-7F3K9" in shared
    assert "penuh" not in shared
    assert "0812" not in shared


async def test_without_pins_the_map_is_asked_for_the_place_and_without_a_place_not_at_all(city: City) -> None:
    city.forward(NUMBER, place=Place(street="Jalan Durian", kecamatan="Payung Sekaki"))
    city.forward("PKU-8G4M2", place=Place())
    mayor = await city.signed_in()

    assert "query=Jalan+Durian%2C+Payung+Sekaki%2C+Pekanbaru" in (await mayor.get(f"/kasus/{NUMBER}")).text
    assert "Buka di peta" not in (await mayor.get("/kasus/PKU-8G4M2")).text


async def test_what_has_not_arrived_is_said(told: City) -> None:
    told.accept(NUMBER)
    with told.database.write() as session:
        first, second, *_ = [row for row in outbox.every(session) if row.audience == "citizen"]
        outbox.sent(session, first.id, way=Way.MESSENGER, external_id="m1", at=told.now)
        outbox.not_sent(session, second.id, state=WordState.HELD, error="no lawful way now")

    officers, triage = await page_of(told, "opd_petugas", "DLHK"), await page_of(told, "humas")

    assert "1 pemberitahuan kepada warga tersampaikan" in officers.text
    assert "1 belum tersampaikan" in officers.text
    assert "menunggu warga menulis lagi" in triage.text
    assert "?k=" not in triage.text


async def test_the_groups_card_is_shown_as_current_or_behind(city_on_either: City) -> None:
    city = city_on_either
    city.give_group("DLHK", topic=7)
    city.give_group("PUPR", topic=8)
    case = city.forward(NUMBER)
    with city.database.write() as session:
        (row,) = outbox.every(session)
        groups.message_sent(
            session,
            case_id=case.id,
            outbox_id=row.id,
            recipient=row.recipient,
            message_id="1",
            version=row.case_version,
        )
    assert row.recipient == "-1001#7"

    page = await page_of(city, "humas")
    assert "Grup DLHK" in page.text
    assert "kartu terbaru" in page.text
    assert "Grup Dinas PUPR" not in page.text

    city.accept(NUMBER)
    mayor = await city.signed_in()
    assert "kartu sedang diperbarui" in (await mayor.get(f"/kasus/{NUMBER}")).text


async def test_a_photo_is_shown_by_an_address_of_our_own(told: City) -> None:
    sent = Sent(part=0, kind="image", url="https://example.test/a.jpg", at=told.now)
    picture = Picture(file="a.jpg", width=10, height=10, sha256="0" * 64)
    with told.database.write() as session:
        media.note(session, f"{NUMBER}-psid-secret", "psid-secret", [sent], at=told.now)
        (row,) = media.every(session)
        media.kept(session, row.id, picture)

    page = await page_of(told, "opd_petugas", "DLHK")

    assert '<img class="card__photo" src="/m/' in page.text
    assert "example.test" not in page.text


async def test_two_refusals_stand_in_red(city: City) -> None:
    city.forward(NUMBER)
    mayor = await city.signed_in()
    for times in range(2):
        city.move(NUMBER, CaseState.BUKAN_KEWENANGAN)
        city.move(NUMBER, CaseState.DITERUSKAN, role=Role.TRIAGE)
        shown = "dua kali dikembalikan" in (await mayor.get("/")).text
        assert shown is (times == 1)

    assert "Dua kali dikembalikan" in (await mayor.get(f"/kasus/{NUMBER}")).text
    assert f"/kasus/{NUMBER}" in (await mayor.get("/?tampil=dikembalikan")).text
    assert f"/kasus/{NUMBER}" in (await mayor.get("/kasus?hanya=dikembalikan")).text


async def test_words_that_were_taken_back_are_the_triage_teams_alone(told: City) -> None:
    with told.database.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE reports SET removed_at = '2026-11-24 02:00:00' WHERE text = 'betul, bau'"
        )

    assert "betul, bau" not in (await page_of(told, "opd_petugas", "DLHK")).text
    assert "dihapus penulisnya" in (await page_of(told, "humas")).text


async def test_what_was_written_to_a_citizen_is_not_the_agencys_to_read(told: City) -> None:
    humas = await told.signed_in(name="Siti", role="humas")
    await humas.post(
        f"/kasus/{NUMBER}/balas",
        data={"version": told.version(NUMBER), "citizen": 1, "text": "Baik Ibu Rahmah"},
    )

    page = await page_of(told, "opd_petugas", "DLHK")

    assert "Balasan petugas kepada warga" in page.text
    assert "Rahmah" not in page.text


@pytest.mark.parametrize("state", list(CaseState))
@pytest.mark.parametrize("role", ["wali", "humas"])
async def test_every_state_has_a_page_without_codes(told: City, role: str, state: CaseState) -> None:
    told.put_in(NUMBER, state)

    page = await page_of(told, role)

    assert page.status_code == 200
    if "_" in state.value:
        assert f">{state.value}<" not in page.text


async def test_a_number_typed_in_small_letters_opens_the_case(told: City) -> None:
    mayor = await told.signed_in()

    assert (await mayor.get("/kasus/pku-7f3k9")).status_code == 200
    assert (await mayor.get("/kasus/hello")).status_code == 404
