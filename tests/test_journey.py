"""One complaint, all the way, through the front door: the two with which this project began, and their neighbours."""

from collections.abc import Iterator

import pytest

from tests.city import City, living_city, until

RAJAWALI = "Pak Wali, TPS di Jalan Rajawali sudah seminggu sampahnya menumpuk dan bau"
DRAIN = "parit di jalan durian tersumbat, air meluap ke jalan tiap hujan"


@pytest.fixture
def city(database_url: str) -> Iterator[City]:
    with living_city(database_url) as city:
        yield city


def test_the_waste_point_on_jalan_rajawali_is_reported_cleared_and_confirmed(city: City) -> None:
    siti = city.citizen("Siti")

    siti.writes(RAJAWALI)

    number = city.case()["number"]
    siti.hears(number, "Jalan Rajawali", "DLHK", "asisten otomatis", "tidak pernah meminta uang")
    card = city.group("DLHK").is_alerted(number)
    assert "Jalan Rajawali" in card["text"]
    assert "Siti" not in card["text"]

    city.group("DLHK").presses("Terima", number)
    siti.hears(number, "sudah diterima petugas DLHK")
    city.group("DLHK").shows(number, "Diterima (Petugas DLHK)")

    city.group("DLHK").presses("Mulai", number)
    siti.hears(number, "sedang dikerjakan")

    city.group("DLHK").presses("Selesai", number)
    siti.hears(number, "selesai", "Apakah masalahnya sudah teratasi?")
    assert siti.choices() == ["Sudah", "Belum"]

    siti.taps("Sudah")
    siti.hears(number, "kami tutup")
    assert city.case()["state"] == "ditutup"
    assert city.case()["closed_at"]


def test_the_clogged_drain_goes_to_public_works_and_comes_back_when_it_is_not_fixed(city: City) -> None:
    budi = city.citizen("Budi")
    budi.writes(DRAIN)
    number = city.case()["number"]
    budi.hears(number, "Jalan Durian", "Dinas PUPR")

    city.group("PUPR").presses("Selesai", number)
    budi.hears(number, "Apakah masalahnya sudah teratasi?")
    budi.taps("Belum")

    budi.hears(number, "dibuka kembali")
    assert city.case()["state"] == "dibuka_kembali"
    until(lambda: len([m for m in city.group("PUPR").messages if number in m["text"]]) == 2, "a second alert")


def test_a_comment_gets_one_public_number_one_private_reply_and_every_change(city: City) -> None:
    rina = city.citizen("Rina")

    comment = rina.comments("min lampu jalan di jalan durian mati semua, gelap kali")

    number = city.case()["number"]
    thanks = rina.reads_under(comment, number)
    assert "Durian" not in thanks
    rina.hears(number, "Jalan Durian", "Dishub", "asisten otomatis")
    assert city.case()["channel"] == "comment"

    city.group("DISHUB").presses("Terima", number)
    rina.reads_under(comment, number, "sudah diterima petugas")
    city.group("DISHUB").presses("Mulai", number)
    rina.reads_under(comment, number, "sedang dikerjakan")
    city.group("DISHUB").presses("Selesai", number)
    rina.reads_under(comment, number, "dinyatakan selesai")
    city.settles()
    assert len(city.public_replies(comment)) == 4
    assert len(rina.thread) == 1


def test_a_commenter_who_answers_the_private_reply_is_told_in_messenger_from_then_on(city: City) -> None:
    rina = city.citizen("Rina")
    comment = rina.comments("jalan cipta karya berlubang besar dekat simpang, sudah ada yang jatuh")
    number = city.case()["number"]
    rina.reads_under(comment, number)
    rina.hears(number)
    rina.writes("makasih min")
    rina.hears("Terima kasih kembali")

    city.group("PUPR").presses("Terima", number)

    rina.hears(number, "sudah diterima petugas")
    city.settles()
    assert len(city.public_replies(comment)) == 1


def test_without_a_place_one_question_is_asked_and_its_answer_completes_the_case(city: City) -> None:
    budi = city.citizen("Budi")

    budi.writes("lampu jalan mati sudah 3 hari")
    budi.hears("Mohon bantu kami menemukan lokasinya")
    assert city.case()["state"] == "perlu_verifikasi"
    budi.writes("di jalan rajawali")

    number = city.case()["number"]
    budi.hears(number, "Jalan Rajawali", "Dishub")
    assert city.case()["state"] == "diteruskan"
    city.group("DISHUB").is_alerted(number)


def test_a_street_name_of_several_kecamatan_is_asked_and_not_guessed(city: City) -> None:
    budi = city.citizen("Budi")
    budi.writes("jalan melati berlubang besar")
    budi.hears("kecamatan mana")

    budi.taps("Tenayan Raya")

    budi.hears("Jalan Melati", "Tenayan Raya", "Dinas PUPR")
    assert city.case()["kecamatan"] == "Tenayan Raya"
    assert city.case()["state"] == "diteruskan"


def test_danger_names_112_first_and_the_fire_service_is_alerted_without_a_question(city: City) -> None:
    siti = city.citizen("Siti")

    siti.writes("kebakaran rumah di jalan nangka, ada orang terjebak!!")

    number = city.case()["number"]
    told = siti.hears(number, "Damkar")
    assert told.startswith("Segera telepon 112")
    assert city.group("DPKP").is_alerted(number)["text"].startswith("🚨 DARURAT")
    assert city.case()["emergency"] is True


def test_what_is_not_the_citys_is_answered_with_the_right_address_and_alerts_nobody(city: City) -> None:
    siti = city.citizen("Siti")

    siti.writes("mati lampu terus di rumah kami di kulim pak")

    siti.hears("PLN", "123", city.case()["number"])
    assert (city.case()["state"], city.case()["opd"]) == ("bukan_kewenangan", "LUAR-PLN")
    city.settles()
    assert [word for word in city.outbox() if word["to"] == "opd"] == []


def test_a_provincial_road_goes_to_public_works_for_coordination(city: City) -> None:
    siti = city.citizen("Siti")

    siti.writes("lubang besar di jl arifin ahmad bahaya kali")

    siti.hears("Dinas PUPR", "Kewenangannya pada Pemprov Riau")
    assert (city.case()["opd"], city.case()["beyond"]) == ("PUPR", "LUAR-PROV")


def test_greetings_thanks_and_questions_are_answered_without_a_case(city: City) -> None:
    siti = city.citizen("Siti")
    for words, answer in (
        ("Assalamualaikum pak", "Waalaikumsalam"),
        ("terima kasih banyak pak wali", "Terima kasih kembali"),
        ("jam berapa disdukcapil buka?", "sampaikan kepada petugas"),
        ("laporan saya gimana?", "belum punya laporan"),
        ("hmm", "belum menangkap maksud"),
    ):
        siti.writes(words)
        siti.hears(answer)

    assert city.cases() == []


def test_a_citizen_asks_how_their_report_stands_and_nobody_elses_number_answers(city: City) -> None:
    siti, budi = city.citizen("Siti"), city.citizen("Budi")
    siti.writes(DRAIN)
    number = city.case()["number"]
    siti.hears(number)

    siti.writes("laporan saya gimana min?")
    siti.hears(number, "sudah diteruskan ke Dinas PUPR")
    siti.writes(number.lower().replace("-", " "))
    siti.hears(number, "sudah diteruskan ke Dinas PUPR")
    budi.writes(f"cek {number}")

    answer = budi.hears("tidak ada di antara laporan Bapak/Ibu")
    assert "Durian" not in answer


def test_a_stranger_in_the_group_moves_nothing_and_learns_how_to_enrol(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(DRAIN)
    number = city.case()["number"]
    siti.hears(number)

    city.group("PUPR").presses("Selesai", number, as_stranger=True)

    press = until(
        lambda: [p for p in city.pretend_state()["presses"] if p["answer"]], "an answer to the press"
    )[0]
    assert "belum terdaftar" in press["answer"]
    assert city.case()["state"] == "diteruskan"


def test_an_officer_of_another_agency_cannot_press_this_agencys_button(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(DRAIN)
    number = city.case()["number"]
    siti.hears(number)

    city.group("PUPR").presses("Mulai", number, user_id=7001, user_name="Petugas DLHK")

    until(lambda: [p for p in city.pretend_state()["presses"] if p["answer"]], "an answer to the press")
    assert city.case()["state"] == "diteruskan"


def test_pressing_the_same_button_twice_tells_the_citizen_once(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(DRAIN)
    number = city.case()["number"]
    siti.hears(number)

    city.group("PUPR").presses("Terima", number)
    siti.hears("sudah diterima petugas")
    city.group("PUPR").presses("Terima", number, data=f"v1:terima:{number}")
    city.group("PUPR").presses("Mulai", number)
    siti.hears("sedang dikerjakan")
    city.group("PUPR").presses("Mulai", number, data=f"v1:mulai:{number}")
    city.group("PUPR").presses("Selesai", number)

    siti.hears("menyatakan", "selesai")
    city.settles()
    assert len(siti.thread) == 4


def test_not_our_job_sends_the_case_to_triage_and_tells_the_citizen_kindly(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(DRAIN)
    number = city.case()["number"]
    siti.hears(number)

    city.group("PUPR").presses("Bukan kewenangan", number)

    told = siti.hears(number, "bukan bagian Dinas PUPR", "mencarikan instansi yang tepat")
    assert "ditolak" not in told
    assert any(word["to"] == "staff" and number in word["text"] for word in city.outbox())


def test_the_city_tells_no_group_a_citizens_phone_number(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(f"{DRAIN}. hubungi saya 0812-3456-7890 atau NIK 1471012345678901")
    number = city.case()["number"]

    text = city.group("PUPR").is_alerted(number)["text"]

    assert "3456" not in text
    assert "12345678" not in text
