"""A citizen reports, as people write: at once, in pieces, in capitals, in Minang, at length, with no words at all."""

from tests.scenarios.story import Story, scenario


@scenario(1)
def test_a_complaint_that_stands_alone_is_answered_at_once(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan di jalan kesadaran sudah seminggu mati, gelap sekali kalau malam")
    siti.reads(story.number, "Jalan Kesadaran", "Dishub", "asisten otomatis")
    assert siti.choices == ["Benar", "Ubah lokasi", "Ubah masalah", "Batalkan"]


@scenario(2)
def test_three_half_sentences_make_one_report(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati", "udah 3 hari", "di jalan durian dekat masjid")
    siti.reads("Jalan Durian", "Dishub")
    assert (story.case()["street"], story.case()["state"]) == ("Jalan Durian", "diteruskan")


@scenario(3)
def test_a_greeting_and_a_wish_to_report_come_before_the_matter(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("assalamualaikum pak")
    siti.reads("Waalaikumsalam")
    siti.writes("mau lapor")
    siti.writes("parit tersumbat di jalan kereta api")
    siti.reads("Jalan Kereta Api", "Dinas PUPR")


@scenario(4)
def test_more_is_told_moments_later_and_it_stays_one_report(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("TPS di jalan nelayan rumbai penuh, sampah meluber")
    number = story.number
    budi.writes("baunya sampai ke masjid pak")
    budi.writes("tolong cepat ya")
    story.card_shows("DLHK", "tolong cepat ya")
    assert story.number == number


@scenario(5)
def test_an_edited_message_changes_the_report(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("jalan berlubang di jalan abdul muis")
    budi.edits("jalan berlubang di jalan abdul muis depan nomor 12, dalam sekali")
    budi.reads_nothing()
    story.card_shows("PUPR", "depan nomor 12")


@scenario(6)
def test_an_unsent_message_takes_its_words_back_from_the_group(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("parit di jalan abu nawas tersumbat")
    budi.unsends()
    budi.reads_nothing()
    assert story.city.group("PUPR").is_alerted(story.number)


@scenario(7)
def test_capitals_are_a_complaint_and_no_emergency(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("JALAN AMIR HAMZAH RUSAK PARAH!!! KAPAN DIPERBAIKI PAK WALI???")
    budi.reads("Jalan Amir Hamzah", "Dinas PUPR")
    assert story.case()["emergency"] is False


@scenario(8)
def test_emoji_alone_are_asked_what_is_the_matter(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("😡😡😡")
    budi.reads("masalah dan lokasinya", "petugas")
    assert story.cases() == []


@scenario(9)
def test_a_very_long_text_is_understood_and_not_repeated(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes(
        "Selamat siang Bapak Wali Kota yang kami hormati. Saya Budi, sudah 20 tahun tinggal di sini. Dulu jalan "
        "kami bagus, anak-anak bisa bersepeda. Sejak truk tanah lewat setiap malam, aspalnya pecah dan lubangnya "
        "makin dalam. Sudah kami tambal dengan tanah dan batu, tapi kalau hujan habis lagi. Minggu lalu ibu saya "
        "jatuh dari motor karena jalan berlubang ini. Kami bayar pajak, kami taat, kami hanya minta jalan yang "
        "layak. Lokasinya di Jalan Andalas, Sidomulyo Barat, dekat masjid. Mohon perhatian Bapak. Terima kasih "
        "banyak sebelumnya, semoga Bapak sehat selalu."
    )
    told = budi.reads(story.number, "Jalan Andalas", "Dinas PUPR")
    assert len(told) < 500


@scenario(10)
def test_two_problems_in_one_message_are_both_heard(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("sampah di jalan nilam menumpuk dan lampu jalan di jalan anggur mati")
    budi.reads("Jalan Nilam")


@scenario(11)
def test_minang_words_are_understood_and_answered_in_plain_indonesian(story: Story) -> None:
    uni = story.citizen("Uni Rosma")
    uni.writes("pak uda 3 hari aie PDAM mati di jalan sumatera, ndak bisa mandi awak")
    uni.reads("Jalan Sumatera", "PDAM Tirta Siak")


@scenario(12)
def test_malay_words_are_understood(story: Story) -> None:
    atuk = story.citizen("Atuk Zainal")
    atuk.writes("assalamualaikum pak wali, paret tesumbat kat jalan bakti sari, dah banjir depan rumah awak")
    atuk.reads("Jalan Bakti Sari", "Dinas PUPR")


@scenario(13)
def test_the_same_citizen_tells_it_again_and_the_number_stays(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati di jalan hang jebat")
    number = story.number
    siti.writes("pak lampu jalan di jalan hang jebat itu masih mati")
    siti.reads(number, "sudah kami tambahkan")
    assert story.number == number


@scenario(14)
def test_two_reports_of_one_citizen_have_two_numbers(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati di jalan kuda laut")
    siti.writes("jalan berlubang di jalan bahana")
    assert {case["opd"] for case in story.cases()} == {"DISHUB", "PUPR"}


@scenario(15)
def test_a_phone_number_in_the_words_stays_hidden_from_the_group(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("tiang lampu jalan di jalan bakti karya miring, lampunya mati. WA saya 0812-3456-7890")
    card = story.city.group("DISHUB").is_alerted(story.number)
    assert "3456" not in card["text"]
