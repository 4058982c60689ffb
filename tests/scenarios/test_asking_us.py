"""Greetings, thanks, questions, how a report stands, anger and advertisement: answered, and no case is made of it."""

from tests.scenarios.story import Story, scenario


@scenario(57)
def test_get_started_is_greeted_and_told_how(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.opens_menu("Get Started", "GET_STARTED")
    siti.reads("masalah dan lokasinya", "asisten otomatis", "tidak pernah meminta uang")


@scenario(58)
def test_thanks_are_answered(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("makasih pak, jalan kami sudah bagus")
    siti.reads("Terima kasih kembali")
    assert story.cases() == []


@scenario(59)
def test_thanks_with_a_problem_are_a_report(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("makasih ya min, tapi lampu jalan di jalan anak bangsa masih mati")
    siti.reads(story.number, "Jalan Anak Bangsa")


@scenario(60)
def test_a_question_that_our_data_know_is_answered(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("identitas pelapor aman gak pak?")
    siti.reads("Nama Bapak/Ibu tidak kami tampilkan")


@scenario(61)
def test_a_question_that_our_data_do_not_know_goes_to_a_person(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("gimana cara bikin ktp hilang pak?")
    siti.reads("Disdukcapil", "petugas Humas")
    assert story.cases() == []


@scenario(62)
def test_status_by_words_tells_every_report(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati di jalan ali haji")
    siti.writes("jalan berlubang di jalan bakti husada kulim")
    siti.writes("laporan saya gimana min?")
    siti.reads(*[case["number"] for case in story.cases()])


@scenario(63)
def test_status_by_number_is_read_however_it_is_written(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("parit tersumbat di jalan arimbi")
    siti.writes(f"cek {story.number.lower().replace('-', ' ')}")
    siti.reads(story.number, "sudah diteruskan ke Dinas PUPR")


@scenario(64)
def test_status_without_a_report_shows_how_to_make_one(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("sudah sampai mana laporan saya")
    siti.reads("belum punya laporan")


@scenario(65)
def test_another_persons_number_reveals_nothing(story: Story) -> None:
    siti, budi = story.citizen("Siti"), story.citizen("Budi")
    siti.writes("sampah menumpuk di jalan angkatan 66")
    budi.writes(f"cek {story.number}")
    told = budi.reads("tidak ada di antara laporan Bapak/Ibu")
    assert "Angkatan" not in told


@scenario(66)
def test_anger_is_met_calmly(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("pemerintah bodoh semua, kerja cuma makan gaji buta")
    siti.reads("mengerti")
    assert story.cases() == []


@scenario(67)
def test_anger_with_a_problem_is_a_report(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("anjing lah, sampah di jalan sumatera gak pernah diangkut! kerja kalian apa")
    siti.reads(story.number, "Jalan Sumatera")


@scenario(68)
def test_an_advertisement_makes_no_case(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("promo pinjaman online cepat cair klik bit.ly/xyz")
    siti.reads("khusus untuk laporan warga")
    assert story.cases() == []
