"""What is missing is asked for once; two questions at most, then a person looks at it."""

from tests.scenarios.story import Story, scenario


@scenario(28)
def test_a_missing_place_is_asked_for_once(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("lampu jalan mati sudah 3 hari")
    budi.reads("lokasinya", story.number)
    budi.writes("di jalan agus salim")
    budi.reads("Jalan Agus Salim", "Dishub")


@scenario(29)
def test_a_missing_matter_is_asked_for_and_tapped(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("tolong pak urusan kami di jalan nilam ini tidak beres")
    budi.reads("Masalahnya tentang apa")
    budi.taps("Sampah")
    budi.reads("sampah menumpuk di Jalan Nilam", "DLHK")


@scenario(30)
def test_a_missing_matter_is_told_in_one_word(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("tolong pak ada masalah di jalan angkatan 66")
    budi.reads("Masalahnya tentang apa")
    budi.writes("parit")
    budi.reads("parit", "Dinas PUPR")


@scenario(31)
def test_two_missing_things_are_two_questions_and_no_more(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("tolong lah pak ada yang buang sembarangan")
    budi.reads("Masalahnya tentang apa")
    budi.taps("Sampah")
    budi.reads("lokasinya")
    budi.writes("di jalan asrama AD")
    budi.reads("Jalan Asrama AD")
    assert story.case()["state"] == "diteruskan"


@scenario(32)
def test_there_is_never_a_third_question(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("tolong lah pak ada yang buang sembarangan")
    budi.writes("jalan rusak")
    budi.writes("jalan melati")
    told = budi.reads("Petugas Humas", story.number)
    assert "?" not in told.split("?k=")[0]
    assert story.case()["state"] == "perlu_verifikasi"


@scenario(33)
def test_a_street_of_several_kecamatan_is_asked_and_tapped(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("jalan melati berlubang besar")
    budi.reads("kecamatan mana")
    budi.taps("Tenayan Raya")
    budi.reads("Jalan Melati", "Tenayan Raya", "Dinas PUPR")


@scenario(34)
def test_a_street_of_several_kecamatan_is_told_in_words(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("jalan cempaka berlubang, tadi ada ibu-ibu jatuh")
    budi.writes("yang di sukajadi pak")
    budi.reads("Jalan Cempaka", "Sukajadi", "Dinas PUPR")


@scenario(35)
def test_a_kecamatan_that_is_known_is_not_offered_as_a_choice(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("pak aie PDAM mati di kulim, ndak bisa mandi awak")
    budi.reads("lokasinya")
    assert budi.choices == []


@scenario(36)
def test_who_does_not_know_is_not_asked_again(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("lampu jalan mati sepanjang jalan")
    budi.writes("tidak tahu pak nama jalannya")
    budi.reads("Petugas Humas")
    assert story.case()["state"] == "perlu_verifikasi"


@scenario(37)
def test_a_good_answer_that_comes_late_is_still_understood(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("lampu jalan mati sepanjang jalan")
    budi.writes("entahlah pak, saya cuma lewat")
    budi.writes("oh di jalan bakti husada kulim pak")
    budi.reads("Jalan Bakti Husada", "Dishub")
    assert story.case()["state"] == "diteruskan"


@scenario(38)
def test_a_question_in_between_is_answered_and_ours_stays_open(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("sampah menumpuk, bau sekali")
    budi.writes("berapa nomor telepon darurat pak?")
    budi.reads("112")
    budi.writes("di jalan anak bangsa")
    budi.reads("Jalan Anak Bangsa")


@scenario(39)
def test_another_matter_in_between_is_a_report_of_its_own(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("lampu jalan mati dekat rumah kami")
    budi.writes("jalan berlubang di jalan arofah kulim")
    budi.reads("Jalan Arofah", "Dinas PUPR")
    assert len(story.cases()) == 2


@scenario(40)
def test_one_reminder_comes_within_the_day_and_then_a_person_looks_at_it(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("lampu jalan mati pak")
    story.time_passes(hours=20.5)
    budi.reads("masih menunggu lokasi", story.number)
    story.time_passes(hours=30)
    assert story.case()["state"] == "perlu_verifikasi"


@scenario(41)
def test_an_answer_after_the_reminder_completes_the_report(story: Story) -> None:
    budi = story.citizen("Budi")
    budi.writes("lampu jalan mati pak")
    story.time_passes(hours=20.5)
    budi.writes("di jalan angrek putih")
    budi.reads("Jalan Angrek Putih", "Dishub")
