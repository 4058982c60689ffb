"""How the talk goes on: changes, a person instead of a bot, neighbours, edits, and what time brings."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.conversation.phrases.dates import WIB
from bot.messenger.split import split_again
from models.domain.opd import NIGHT, URGENT, Group
from models.store import groups, inbox
from models.tables import InboxRow
from tests.city import City, living_city, until

DRAIN = "parit di jalan durian tersumbat, air meluap ke jalan tiap hujan"
LAMP = "lampu jalan mati di jalan rajawali"


@pytest.fixture
def city(sqlite_url: str) -> Iterator[City]:
    with living_city(sqlite_url) as city:
        yield city


def test_the_receipt_offers_to_be_put_right_and_silence_means_yes(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(LAMP)
    siti.hears("Jalan Rajawali")

    assert siti.choices() == ["Benar", "Ubah lokasi", "Ubah masalah", "Batalkan"]
    assert city.case()["state"] == "diteruskan"
    siti.taps("Benar")
    siti.hears("kami lanjutkan")


def test_a_wrong_place_is_put_right_under_the_same_number_and_the_card_follows(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(LAMP)
    number = city.case()["number"]
    siti.hears(number)

    siti.taps("Ubah lokasi")
    siti.hears(number, "lokasi yang benar")
    siti.writes("jalan durian")

    siti.hears(number, "Jalan Durian")
    assert city.case()["street"] == "Jalan Durian"
    city.group("DISHUB").shows(number, "Jalan Durian")


def test_a_wrong_matter_goes_to_the_right_agency_and_the_wrong_group_sees_where_it_went(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(LAMP)
    number = city.case()["number"]
    siti.hears(number)

    siti.writes("salah")
    siti.hears("Apa yang perlu diubah")
    siti.taps("Ubah masalah")
    siti.hears("Masalahnya tentang apa")
    siti.taps("Sampah")

    siti.hears(number, "sampah", "DLHK")
    city.group("DLHK").is_alerted(number)
    moved = city.group("DISHUB").shows(number, "Dialihkan ke DLHK")
    assert moved["rows"] == []
    assert city.case()["opd"] == "DLHK"


@pytest.mark.parametrize("word", ["batal", "Batalkan saja pak", "gak jadi min", "tidak jadi"])
def test_cancel_always_works(city: City, word: str) -> None:
    siti = city.citizen("Siti")
    siti.writes(DRAIN)
    siti.hears("Jalan Durian")

    siti.writes(word)

    siti.hears("sudah dibatalkan")
    assert city.case()["state"] == "dibatalkan"


def test_a_person_is_called_and_told_which_report_it_is_about(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(DRAIN)
    number = city.case()["number"]
    siti.hears(number)

    siti.writes("mau bicara dengan petugas")
    siti.hears("serahkan kepada petugas", "tidak perlu mengulang cerita")
    siti.writes("yang kemarin itu lho pak")
    siti.hears("sudah kami teruskan kepada petugas")

    told = [word["text"] for word in city.outbox() if word["to"] == "staff"]
    assert any(number in text for text in told)
    assert any("yang kemarin" in text for text in told)


def test_after_two_messages_that_we_do_not_understand_a_person_takes_over(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes("hmm gitu ya")
    siti.hears("belum menangkap maksud", "petugas")
    siti.writes("ya begitulah")

    siti.hears("serahkan kepada petugas")


def test_what_our_data_know_is_answered_at_once(city: City) -> None:
    siti = city.citizen("Siti")

    siti.writes("berapa nomor telepon darurat pak?")

    siti.hears("112")
    assert [word for word in city.outbox() if word["to"] == "staff"] == []


def test_neighbours_meet_in_one_case_and_all_of_them_are_told(city: City) -> None:
    siti, budi = city.citizen("Siti"), city.citizen("Budi")
    siti.writes("TPS di jalan rajawali penuh sampah sudah seminggu")
    number = city.case()["number"]
    siti.hears(number)

    budi.writes("sampah menumpuk di tps jalan rajawali, bau sekali")
    budi.hears(number, "Warga lain juga melaporkannya")
    assert city.case()["reports"] == 2

    city.group("DLHK").presses("Mulai", number)
    siti.hears(number, "sedang dikerjakan")
    budi.hears(number, "sedang dikerjakan")


def test_one_neighbour_withdraws_and_the_others_go_on(city: City) -> None:
    siti, budi = city.citizen("Siti"), city.citizen("Budi")
    siti.writes("TPS di jalan rajawali penuh sampah sudah seminggu")
    number = city.case()["number"]
    siti.hears(number)
    budi.writes("sampah menumpuk di tps jalan rajawali, bau sekali")
    budi.hears(number)

    siti.writes("batal")
    siti.hears("kami tarik", "tetap ditangani")
    city.group("DLHK").presses("Mulai", number)

    budi.hears("sedang dikerjakan")
    city.settles()
    assert len(siti.thread) == 2


def test_the_same_citizen_tells_the_same_twice_and_it_stays_one_case(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(LAMP)
    number = city.case()["number"]
    siti.hears(number)

    siti.writes("pak lampu jalan di jalan rajawali itu masih mati")

    siti.hears(number, "sudah kami tambahkan")
    assert city.case()["reports"] == 2


def test_belum_in_words_reopens_what_was_called_finished(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(LAMP)
    number = city.case()["number"]
    siti.hears(number)
    city.group("DISHUB").presses("Selesai", number)
    siti.hears("Apakah masalahnya sudah teratasi?")

    siti.writes("belum pak, masih gelap")

    siti.hears(number, "dibuka kembali")


def test_an_edited_comment_changes_what_the_group_reads(city: City) -> None:
    rina = city.citizen("Rina")
    comment = rina.comments(LAMP)
    number = city.case()["number"]
    rina.reads_under(comment, number)

    city.act(f"/comments/{comment}/edit", text=f"{LAMP}, tiangnya juga miring")

    city.group("DISHUB").shows(number, "tiangnya juga miring")


def test_under_a_removed_comment_nothing_more_is_said(city: City) -> None:
    rina = city.citizen("Rina")
    comment = rina.comments(LAMP)
    number = city.case()["number"]
    rina.reads_under(comment, number)
    rina.hears(number)

    city.act(f"/comments/{comment}/remove")
    city.settles()
    city.group("DISHUB").presses("Mulai", number)

    until(lambda: city.case()["state"] == "diproses", "the move")
    until(lambda: [word for word in city.outbox() if word["state"] == "held"], "a word that is held")
    assert len(city.public_replies(comment)) <= 1


def test_danger_to_life_also_reaches_the_people_set_for_it(city: City) -> None:
    with city.database.write() as session:
        groups.set_group(session, Group(opd=URGENT, area=None, chat_id="-1009"))
    siti = city.citizen("Siti")

    siti.writes("kebakaran rumah di jalan nangka, ada orang terjebak!!")

    number = city.case()["number"]
    siti.hears(number)
    alerted = until(lambda: [word for word in city.outbox() if word["to"] == "opd"], "alerts")
    assert len(alerted) == 2


def test_silence_after_selesai_closes_the_case(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(LAMP)
    number = city.case()["number"]
    siti.hears(number)
    city.group("DISHUB").presses("Selesai", number)
    siti.hears("Apakah masalahnya sudah teratasi?")

    city.forward(hours=24 * 11)

    until(lambda: city.case()["state"] == "ditutup", "the end")


def test_a_missing_place_is_asked_for_once_more_within_a_day_and_then_a_person_looks(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes("lampu jalan mati sudah seminggu")
    siti.hears("Mohon bantu kami menemukan lokasinya")

    city.forward(hours=21)
    siti.hears("masih menunggu lokasi")
    city.forward(hours=30)

    until(lambda: [word for word in city.outbox() if word["because"] == "triage"], "a person")
    city.settles()
    assert len(siti.thread) == 2


def test_what_comes_in_at_night_also_reaches_the_people_set_for_the_night(city: City) -> None:
    with city.database.write() as session:
        groups.set_group(session, Group(opd=NIGHT, area=None, chat_id="-1010"))
    now = datetime.now(WIB)
    city.forward(hours=(23 - now.hour) % 24 or 24)
    siti = city.citizen("Siti")

    siti.writes(LAMP)

    siti.hears("Jalan Rajawali")
    alerted = until(lambda: [word for word in city.outbox() if word["to"] == "opd"], "alerts")
    assert len(alerted) == 2


def test_a_neighbours_case_is_not_changed_by_one_of_those_who_follow_it(city: City) -> None:
    siti, budi = city.citizen("Siti"), city.citizen("Budi")
    siti.writes("TPS di jalan rajawali penuh sampah sudah seminggu")
    number = city.case()["number"]
    siti.hears(number)
    budi.writes("sampah menumpuk di tps jalan rajawali, bau sekali")
    budi.hears(number)

    budi.writes("ubah lokasi")

    budi.hears(number, "juga milik warga lain")
    assert any(number in word["text"] for word in city.outbox() if word["to"] == "staff")


def test_a_replayed_cancel_does_not_cancel_the_case_of_another_day(city: City) -> None:
    siti = city.citizen("Siti")
    siti.writes(LAMP)
    siti.hears("Jalan Rajawali")
    siti.writes("batal")
    siti.hears("sudah dibatalkan")
    siti.writes(DRAIN)
    siti.hears("Jalan Durian")

    with city.database.write() as session:
        messages = session.scalars(select(InboxRow).where(InboxRow.kind == "messages"))
        (row,) = [row for row in messages if b'"batal"' in row.body]
        again = split_again(row.body, page_id=city.settings.facebook_page_id)
        inbox.take_again(session, row, again, at=row.received_at)

    city.settles()
    assert [case["state"] for case in city.cases()] == ["dibatalkan", "diteruskan"]
