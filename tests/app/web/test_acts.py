"""What people do to a case at the desk: by role, with reasons, and never over somebody else's act."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from app.web.desk.deeds import MAY, Deed
from models.domain.case import CaseState, Role
from models.domain.category import Category
from models.domain.outgoing import Audience
from models.domain.place import Place
from tests.app.web.city import City

pytestmark = pytest.mark.anyio

NUMBER = "PKU-7F3K9"


async def officer(city: City, name: str = "Budi", opd: str = "DLHK") -> httpx.AsyncClient:
    return await city.signed_in(name=name, role="opd_petugas", opd=opd)


async def humas(city: City) -> httpx.AsyncClient:
    return await city.signed_in(name="Siti", role="humas")


async def do(browser: httpx.AsyncClient, city: City, deed: str, **fields: object) -> httpx.Response:
    """The form as the page would send it now."""
    form = {"version": city.version(NUMBER), **fields}
    return await browser.post(f"/kasus/{NUMBER}/{deed}", data=form)


async def test_an_officer_walks_a_case_to_its_end_and_the_history_has_their_name(city: City) -> None:
    city.forward(NUMBER)
    city.report(NUMBER, conversation="psid-1")
    budi = await officer(city)

    for deed in ("terima", "mulai", "selesai"):
        answer = await do(budi, city, deed)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/kasus/{NUMBER}?baru={deed}")

    assert city.case(NUMBER).state is CaseState.SELESAI
    assert [line.by_name for line in city.history(NUMBER)][-3:] == ["Budi", "Budi", "Budi"]
    assert "Apakah masalahnya sudah teratasi?" in city.words(to=Audience.CITIZEN)[-1].text


async def test_not_ours_needs_a_reason_and_keeps_whose_it_is(city: City) -> None:
    city.forward(NUMBER)
    budi = await officer(city)

    refused = await do(budi, city, "bukan-kewenangan", text="  ")
    assert refused.status_code == 422
    assert "Alasannya belum diisi" in refused.text
    assert city.case(NUMBER).state is CaseState.DITERUSKAN

    done = await do(budi, city, "bukan-kewenangan", text="ini jalan", opd="PUPR")
    assert done.status_code == 303
    assert city.history(NUMBER)[-1].note == "ini jalan (saran: PUPR)"


@pytest.mark.parametrize("role", [*MAY, "magang"])
async def test_a_role_does_what_its_table_says_and_nothing_else(city: City, role: str) -> None:
    opd = "DLHK" if role in {"opd_admin", "opd_petugas", "magang"} else ""
    city.forward(NUMBER)
    browser = await city.signed_in(name="Orang", role=role, opd=opd)
    for deed in Deed:
        answer = await do(browser, city, deed.value)
        allowed = deed in MAY.get(role, frozenset())
        assert (answer.status_code == 403) is not allowed, deed


async def test_a_form_that_was_overtaken_changes_nothing_and_tells_what_happened(city: City) -> None:
    city.forward(NUMBER)
    budi = await officer(city)
    seen = city.history(NUMBER)[-1].id
    old = city.version(NUMBER)
    city.move(NUMBER, CaseState.DIPROSES, name="Andi")

    answer = await budi.post(f"/kasus/{NUMBER}/selesai", data={"version": old, "seen": seen})

    assert answer.status_code == 409
    for words in ("baru saja berubah", "Andi", "Mulai dikerjakan", "Tetap lakukan"):
        assert words in answer.text
    assert "Laporan masuk" not in answer.text
    assert city.case(NUMBER).state is CaseState.DIPROSES


async def test_of_two_who_act_at_the_same_moment_one_is_told(city_on_either: City) -> None:
    city = city_on_either
    city.forward(NUMBER)
    two = [await officer(city, name) for name in ("Budi", "Andi")]
    version = city.version(NUMBER)

    answers = await asyncio.gather(
        *(browser.post(f"/kasus/{NUMBER}/mulai", data={"version": version}) for browser in two)
    )

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert [line.to_state for line in city.history(NUMBER)].count("diproses") == 1


async def test_two_who_merge_two_cases_into_each_other_do_not_wait_for_ever(city_on_either: City) -> None:
    city = city_on_either
    city.forward(NUMBER)
    city.forward("PKU-8G4M2")
    two = [await city.signed_in(name=name, role="humas") for name in ("Siti", "Rina")]
    pairs = ((NUMBER, "PKU-8G4M2"), ("PKU-8G4M2", NUMBER))

    answers = await asyncio.gather(
        *(
            browser.post(f"/kasus/{one}/gabung", data={"version": city.version(one), "into": other})
            for browser, (one, other) in zip(two, pairs, strict=True)
        )
    )

    assert sorted(answer.status_code for answer in answers) in ([303, 409], [303, 422])
    assert sum(city.case(number).state is CaseState.DUPLIKAT for number in pairs[0]) == 1


async def test_what_was_written_is_not_lost_when_somebody_was_quicker(city: City) -> None:
    city.forward(NUMBER)
    old = city.version(NUMBER)
    city.accept(NUMBER)
    mayor = await city.signed_in()

    answer = await mayor.post(f"/kasus/{NUMBER}/arahan", data={"version": old, "text": "tolong malam ini"})

    assert answer.status_code == 409
    assert 'value="tolong malam ini"' in answer.text
    assert f'name="version" value="{city.version(NUMBER)}"' in answer.text


async def test_an_impossible_move_shows_how_the_case_stands(city: City) -> None:
    city.forward(NUMBER)
    city.move(NUMBER, CaseState.SELESAI)
    city.move(NUMBER, CaseState.DITUTUP, role=Role.CITIZEN, name="")
    budi = await officer(city)

    answer = await do(budi, city, "mulai")

    assert answer.status_code == 409
    assert "Tindakan ini tidak bisa lagi" in answer.text
    assert "Ditutup" in answer.text


async def test_a_second_tap_is_not_a_second_act(city: City) -> None:
    city.forward(NUMBER)
    city.report(NUMBER, conversation="psid-1")
    budi = await officer(city)
    version = city.version(NUMBER)

    answers = [await budi.post(f"/kasus/{NUMBER}/terima", data={"version": version}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [line.what for line in city.history(NUMBER)].count("diterima_opd") == 1


async def test_a_note_tapped_twice_stands_once(city: City) -> None:
    city.forward(NUMBER)
    budi = await officer(city)
    for _ in range(2):
        assert (await do(budi, city, "catatan", text="alat berat datang besok")).status_code == 303

    assert [line.what for line in city.history(NUMBER)].count("catatan") == 1
    assert city.words(to=Audience.CITIZEN) == []


async def test_the_mayors_word_goes_to_the_agencys_group_and_into_the_history(city: City) -> None:
    city.give_group("DLHK")
    city.forward(NUMBER)
    mayor = await city.signed_in()

    answer = await do(mayor, city, "arahan", chip="Mohon segera ditangani hari ini.", back="daftar")

    assert answer.headers["Location"] == f"/?arahan={NUMBER}"
    assert "Arahan Wali Kota" in city.words(to=Audience.OPD)[-1].text
    assert city.history(NUMBER)[-1].what == "arahan"
    shown = await mayor.get(answer.headers["Location"])
    assert "tersimpan dan disampaikan" in shown.text


async def test_while_nobody_has_a_case_the_mayors_word_reaches_the_triage_team(city: City) -> None:
    city.give_group("DLHK")
    city.forward(NUMBER)
    city.hand_to_triage(NUMBER)
    told = len(city.words(to=Audience.OPD))
    mayor = await city.signed_in()

    await do(mayor, city, "arahan", text="cari tahu lokasinya")

    assert len(city.words(to=Audience.OPD)) == told
    assert "cari tahu lokasinya" in city.words(to=Audience.STAFF)[-1].text
    assert "cari tahu lokasinya" in (await (await humas(city)).get("/triase")).text


async def test_a_returned_case_goes_to_another_agency_with_new_times(city: City) -> None:
    city.give_group("PUPR")
    city.forward(NUMBER, category=Category.JALAN_RUSAK, due=timedelta(days=-1), age=timedelta(days=9))
    city.report(NUMBER, conversation="psid-1")
    city.move(NUMBER, CaseState.BUKAN_KEWENANGAN)

    answer = await do(await humas(city), city, "teruskan", opd="PUPR", text="jalan kota")

    case = city.case(NUMBER)
    assert answer.status_code == 303
    assert (case.state, case.opd) == (CaseState.DITERUSKAN, "PUPR")
    assert case.due_at is not None
    assert case.due_at > city.now
    assert "Dinas PUPR" in city.words(to=Audience.CITIZEN)[-1].text
    assert city.words(to=Audience.OPD)[-1].recipient == "-1001"


@pytest.mark.parametrize("opd", ["", "NOBODY", "DLHK"])
async def test_a_case_is_not_sent_to_nobody_nor_to_whom_has_it(city: City, opd: str) -> None:
    city.forward(NUMBER)

    answer = await do(await humas(city), city, "teruskan", opd=opd, text="salah alamat")

    assert answer.status_code == 422
    assert "Instansinya belum dipilih" in answer.text


@pytest.mark.parametrize("returned", [True, False])
async def test_what_is_not_the_citys_leaves_it_and_its_citizen_is_told_whose_it_is(
    city: City, *, returned: bool
) -> None:
    city.forward(NUMBER, category=Category.LISTRIK_PLN)
    city.report(NUMBER, conversation="psid-1")
    if returned:
        city.move(NUMBER, CaseState.BUKAN_KEWENANGAN)

    siti = await humas(city)

    answer = await do(siti, city, "teruskan", opd="LUAR-PLN", text="meteran listrik")

    case = city.case(NUMBER)
    assert answer.status_code == 303
    assert (case.state, case.opd, case.beyond) == (CaseState.BUKAN_KEWENANGAN, "LUAR-PLN", "LUAR-PLN")
    assert "PLN 123" in city.words(to=Audience.CITIZEN)[-1].text
    assert NUMBER not in (await siti.get("/triase")).text


async def test_a_correction_is_shown_before_it_is_kept(city: City) -> None:
    city.forward(NUMBER)
    siti = await humas(city)

    shown = await siti.get(f"/kasus/{NUMBER}/koreksi?category=jalan_rusak&place=jl.+durian&kelurahan=")
    assert "Akan disimpan sebagai" in shown.text
    assert "Jalan Durian" in shown.text
    assert city.case(NUMBER).category is Category.SAMPAH

    await do(siti, city, "koreksi", category="jalan_rusak", place="jl. durian")
    assert city.case(NUMBER).category is Category.JALAN_RUSAK
    assert city.case(NUMBER).place.street == "Jalan Durian"


async def test_a_chosen_kelurahan_outweighs_what_was_read_and_an_unknown_name_is_a_landmark(
    city: City,
) -> None:
    city.forward(NUMBER)

    await do(await humas(city), city, "koreksi", place="warung Bu Xyzabc", kelurahan="Simpang Baru")

    place = city.case(NUMBER).place
    assert (place.kelurahan, place.kecamatan) == ("Simpang Baru", "Bina Widya")
    assert place.landmark == "warung Bu Xyzabc"


async def test_a_correction_that_changes_nothing_is_refused(city: City) -> None:
    city.forward(NUMBER)

    assert (await do(await humas(city), city, "koreksi", category="sampah")).status_code == 422


async def test_one_trouble_told_twice_becomes_one_case(city: City) -> None:
    city.forward(NUMBER)
    city.forward("PKU-8G4M2")
    city.forward("PKU-9ELSE", place=Place(street="Jalan Durian", kecamatan="Payung Sekaki"))
    city.report(NUMBER, conversation="psid-1", text="sampah TPS")
    city.report("PKU-8G4M2", conversation="psid-2", text="TPS penuh")
    siti = await humas(city)

    page = await siti.get(f"/kasus/{NUMBER}/gabung")
    assert "PKU-8G4M2" in page.text
    assert "masalah dan tempat sama" in page.text
    assert "TPS penuh" in page.text
    assert "PKU-9ELSE" not in page.text

    answer = await do(siti, city, "gabung", into="pku 8g4m2")
    assert answer.status_code == 303
    assert city.case(NUMBER).state is CaseState.DUPLIKAT
    assert "2 warga" in (await siti.get("/kasus/PKU-8G4M2")).text
    assert "/kasus/PKU-8G4M2" in (await siti.get(f"/kasus/{NUMBER}")).text


@pytest.mark.parametrize("into", [NUMBER, "PKU-22222", "", "PKU-8G4M2"])
async def test_a_case_is_not_merged_into_itself_nor_into_one_that_is_over(city: City, into: str) -> None:
    city.forward(NUMBER)
    city.forward("PKU-8G4M2")
    city.move("PKU-8G4M2", CaseState.DIBATALKAN, role=Role.TRIAGE)

    answer = await do(await humas(city), city, "gabung", into=into)

    assert answer.status_code == 422
    assert city.case(NUMBER).state is CaseState.DITERUSKAN


async def test_words_about_another_trouble_become_a_case_of_their_own(city: City) -> None:
    city.forward(NUMBER)
    city.report(NUMBER, conversation="psid-1", text="sampah")
    city.report(NUMBER, conversation="psid-2", text="jalan berlubang")
    siti = await humas(city)

    refused = await do(siti, city, "pisah", reports=[1, 2])
    assert refused.status_code == 422

    await do(siti, city, "pisah", reports=[2])
    assert "1 warga" in (await siti.get(f"/kasus/{NUMBER}")).text
    assert "jalan berlubang" in (await siti.get("/triase")).text


@pytest.mark.parametrize(
    ("wrote", "status"),
    [(timedelta(hours=2), 303), (timedelta(days=3), 303), (timedelta(days=8), 422), (None, 422)],
)
async def test_a_reply_goes_only_while_facebook_lets_an_officer_write(
    city: City, wrote: timedelta | None, status: int
) -> None:
    city.forward(NUMBER)
    city.report(NUMBER, conversation="psid-1", wrote=wrote)

    answer = await do(await humas(city), city, "balas", citizen=1, text="Mohon sebutkan nomor rumahnya.")

    assert answer.status_code == status
    replies = [word for word in city.words(to=Audience.CITIZEN) if word.because == "reply"]
    assert [word.by_officer for word in replies] == ([True] if status == 303 else [])
    if status == 422:
        assert "7 hari" in answer.text


@pytest.mark.parametrize(("deed", "state"), [("tidak-lengkap", "tidak_lengkap"), ("batal", "dibatalkan")])
async def test_a_case_is_laid_aside_only_with_a_reason(city: City, deed: str, state: str) -> None:
    city.forward(NUMBER)
    city.hand_to_triage(NUMBER)
    siti = await humas(city)

    assert (await do(siti, city, deed)).status_code == 422
    assert (await do(siti, city, deed, text="bukan laporan")).status_code == 303
    assert city.case(NUMBER).state == state


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.test"}])
async def test_a_form_of_another_site_does_nothing(city: City, headers: dict[str, str]) -> None:
    city.forward(NUMBER)
    budi = await officer(city)

    answer = await budi.post(f"/kasus/{NUMBER}/terima", data={"version": "1"}, headers=headers)

    assert answer.status_code == 403
    assert city.case(NUMBER).accepted_at is None


@pytest.mark.parametrize("text", ["\x00", "x" * 1501, "<script>alert(1)</script>", "🙏" * 300])
async def test_no_text_breaks_the_desk(city_on_either: City, text: str) -> None:
    city = city_on_either
    city.forward(NUMBER)
    budi = await officer(city)

    answer = await do(budi, city, "catatan", text=text)
    page = await budi.get(f"/kasus/{NUMBER}")

    assert answer.status_code in {303, 422}
    assert "<script>alert" not in page.text
