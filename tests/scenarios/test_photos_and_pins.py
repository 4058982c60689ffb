"""What citizens send instead of words: photos before and after them, albums, stickers, voices, pins, map links."""

from tests.scenarios.story import Person, Story, scenario

WONOREJO = (0.5071, 101.4478)


def photo(story: Story, name: str) -> str:
    return f"{story.city.address}/pretend/photos/{name}.jpg"


def sends_pin(person: Person, lat: float, lon: float) -> None:
    person.sends("a location pin", attachments=[{"type": "location", "lat": lat, "lon": lon}])


@scenario(16)
def test_a_photo_comes_before_its_words(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.sends("a photo", photo=photo(story, "lubang"))
    siti.reads("keterangan")
    siti.writes("jalan berlubang di jalan ali haji")
    siti.reads("Jalan Ali Haji", "Dinas PUPR")
    assert story.case()["reports"] == 1


@scenario(17)
def test_a_photo_comes_after_its_words(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("parit tersumbat di jalan almanak")
    siti.sends("a photo", photo=photo(story, "parit"))
    siti.reads(story.number, "tambahkan")


@scenario(18)
def test_a_photo_with_its_words_is_one_message(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.sends("a photo", text="jalan amblas di jalan amarta", photo=photo(story, "lubang"))
    siti.reads("Jalan Amarta")
    assert story.case()["reports"] == 1


@scenario(19)
def test_an_album_gets_one_answer(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("parit di jalan ambu ambu penuh sampah, air tidak mengalir")
    pictures = [{"type": "image", "url": photo(story, name)} for name in ("parit", "lubang")]
    siti.sends("an album of two photos", attachments=pictures)
    assert len(siti.heard) == 1


@scenario(20)
def test_a_photo_that_knows_its_place_saves_the_question(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.sends("a photo with a place in it", text="sampah menumpuk pak, bau", photo=photo(story, "sampah"))
    siti.reads(story.number)


@scenario(21)
def test_a_sticker_alone_is_greeted(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.sends("a thumbs-up", attachments=[{"type": "image", "sticker_id": 369239263222822}])
    siti.reads("Ada yang bisa kami bantu?")
    assert story.cases() == []


@scenario(22)
def test_a_thumbs_up_after_the_receipt_is_thanked(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan padam di jalan arimbi")
    siti.sends("a thumbs-up", attachments=[{"type": "image", "sticker_id": 369239263222822}])
    siti.reads("Terima kasih kembali")
    assert story.case()["reports"] == 1


@scenario(23)
def test_a_voice_message_is_not_pretended_to_be_heard(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.sends("a voice message", attachments=[{"type": "audio", "url": photo(story, "suara")}])
    siti.reads("pesan suara", "tuliskan")
    assert story.cases() == []


@scenario(24)
def test_a_pin_answers_where_it_is(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("pohon tumbang menutup jalan, motor tidak bisa lewat")
    siti.reads("lokasinya")
    sends_pin(siti, *WONOREJO)
    siti.reads("Wonorejo")
    assert story.case()["state"] == "diteruskan"


@scenario(25)
def test_a_pin_that_comes_first_is_remembered(story: Story) -> None:
    siti = story.citizen("Siti")
    sends_pin(siti, 0.5301, 101.4501)
    siti.writes("sampah menumpuk di sini pak, sudah seminggu tidak diangkut")
    siti.reads(story.number)
    assert story.case()["state"] == "diteruskan"


@scenario(26)
def test_a_map_link_in_the_words_tells_the_place(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("jalan rusak di sini pak https://maps.google.com/?q=0.5071,101.4478")
    siti.reads("Wonorejo")
    assert story.case()["state"] == "diteruskan"


@scenario(27)
def test_a_map_link_alone_answers_where_it_is(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati")
    siti.writes("https://maps.google.com/?q=0.5071,101.4478")
    siti.reads("Wonorejo", "Dishub")
