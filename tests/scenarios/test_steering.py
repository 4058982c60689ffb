"""The citizen steers: change, cancel, call a person; by button and by word."""

from tests.scenarios.story import Story, scenario


@scenario(42)
def test_benar_is_a_yes_and_invites_a_photo(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati di jalan kesadaran")
    siti.taps("Benar")
    siti.reads("kami lanjutkan", story.number)


@scenario(43)
def test_a_wrong_place_is_put_right_by_button(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati di jalan nelayan")
    siti.taps("Ubah lokasi")
    siti.reads("lokasi yang benar")
    siti.writes("jalan abdul muis")
    siti.reads(story.number, "Jalan Abdul Muis")
    story.card_shows("DISHUB", "Jalan Abdul Muis")


@scenario(44)
def test_a_wrong_matter_is_put_right_by_button_and_goes_to_the_right_agency(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati di jalan amir hamzah")
    siti.taps("Ubah masalah")
    siti.taps("Sampah")
    siti.reads(story.number, "sampah", "DLHK")
    story.card_shows("DISHUB", "Dialihkan ke DLHK")


@scenario(45)
def test_salah_asks_what_is_wrong(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("jalan berlubang di jalan andalas")
    siti.writes("salah")
    siti.reads("Apa yang perlu diubah", story.number)
    siti.taps("Ubah lokasi")
    siti.writes("jalan anak bangsa")
    siti.reads("Jalan Anak Bangsa")


@scenario(46)
def test_bukan_itu_works_before_anything_is_asked(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("parit tersumbat di jalan almanak")
    siti.writes("bukan itu pak")
    siti.reads("Apa yang perlu diubah")
    siti.taps("Ubah masalah")
    siti.writes("lampu jalan")
    siti.reads(story.number, "Dishub")


@scenario(47)
def test_ubah_lokasi_in_words_with_an_answer_that_does_not_help_calls_a_person(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("parit tersumbat di jalan bahana")
    siti.writes("lokasinya salah")
    siti.reads("lokasi yang benar")
    siti.writes("yang dekat warung bu Ani itu")
    siti.reads("Petugas Humas", story.number)


@scenario(48)
def test_batal_by_button_ends_the_report(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("jalan berlubang di jalan balam sakti")
    siti.taps("Batalkan")
    siti.reads(story.number, "dibatalkan")
    assert story.case()["state"] == "dibatalkan"


@scenario(49)
def test_gak_jadi_in_words_ends_the_report(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("sampah menumpuk di jalan arofah")
    siti.writes("gak jadi pak, sudah diangkut barusan")
    siti.reads(story.number, "dibatalkan")


@scenario(50)
def test_batal_while_we_ask_ends_the_question_too(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati")
    siti.writes("batal")
    siti.reads("dibatalkan")
    siti.writes("terima kasih")
    siti.reads("Terima kasih kembali")


@scenario(51)
def test_batal_without_a_report_says_so(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("batal")
    siti.reads("Tidak ada laporan")


@scenario(52)
def test_a_button_of_yesterday_is_told_to_be_over(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("pohon miring mau tumbang di jalan agus salim")
    siti.taps("Batalkan")
    siti.opens_menu("Benar", f"v1:benar:{story.number}")
    siti.reads("sudah tidak berlaku")


@scenario(53)
def test_petugas_calls_a_person_who_knows_the_report(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("parit tersumbat di jalan abu nawas")
    siti.writes("mau bicara dengan petugas")
    siti.reads("serahkan kepada petugas", "tidak perlu mengulang cerita")
    siti.writes("yang kemarin itu lho pak")
    siti.reads("teruskan kepada petugas")


@scenario(54)
def test_after_two_misunderstandings_a_person_takes_over(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("hmm gitu ya")
    siti.reads("belum menangkap maksud")
    siti.writes("ya begitulah")
    siti.reads("serahkan kepada petugas")


@scenario(55)
def test_ok_after_the_receipt_is_no_riddle(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan padam di jalan nilam")
    siti.writes("ok pak")
    siti.reads("kami kabari")
    assert story.case()["reports"] == 1


@scenario(56)
def test_the_matter_is_changed_after_an_officer_began_and_a_person_decides(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati di jalan hang jebat")
    story.presses("DISHUB", "Terima")
    siti.writes("ubah masalah")
    siti.taps("Sampah")
    siti.reads(story.number)
    assert story.case()["opd"] == "DISHUB"
