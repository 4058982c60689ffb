"""Photos on their way through the city: with their words into one case, to the agency's group, and to the page."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.media.links import FOR_A_PAGE, photo_link
from models.store import media
from models.tables import MediaRow
from tests.city import Citizen, City, Group, living_city, until

DRAIN = "parit di jalan durian tersumbat, air meluap ke jalan tiap hujan"
NO_PLACE = "sampah sudah seminggu menumpuk di depan rumah saya"


@pytest.fixture
def city(sqlite_url: str) -> Iterator[City]:
    with living_city(sqlite_url) as city:
        yield city


@pytest.fixture
def either_city(database_url: str) -> Iterator[City]:
    """On both databases."""
    with living_city(database_url) as city:
        yield city


def sample(city: City, name: str) -> str:
    return f"{city.address}/pretend/photos/{name}.jpg"


def sends(citizen: Citizen, *links: str, text: str = "") -> None:
    attached = [{"type": "image", "url": link} for link in links]
    citizen.city.act(f"/citizens/{citizen.psid}/messages", text=text, attachments=attached)


def shown(group: Group) -> list[dict[str, Any]]:
    return [message for message in group.messages if message["photo"]]


def photos_of_case(city: City) -> list[int]:
    with city.database.read() as session:
        found = media.photos_of_case(session, 1)
    return [photo.id for photo in found]


def settled(city: City, number: int = 1) -> list[MediaRow]:
    def all_settled() -> list[MediaRow]:
        photos = city.photos()
        return photos if len(photos) == number and all(one.state != "waiting" for one in photos) else []

    found: list[MediaRow] = until(all_settled, f"{number} photos settled")
    return found


def test_a_photo_and_then_its_words_are_one_case_with_one_answer(either_city: City) -> None:
    city = either_city
    budi = city.citizen("Budi")

    sends(budi, sample(city, "parit"))
    budi.writes(DRAIN)

    number = city.case()["number"]
    budi.hears(number, "Jalan Durian", "Dinas PUPR")
    settled(city)
    city.settles()
    assert len(photos_of_case(city)) == 1
    assert len(budi.thread) == 1
    assert city.case()["reports"] == 1


def test_words_and_then_a_photo_are_one_case_and_the_words_do_not_wait(city: City) -> None:
    budi = city.citizen("Budi")

    budi.writes(DRAIN)
    number = city.case()["number"]
    budi.hears(number)
    sends(budi, sample(city, "parit"))

    budi.hears(number, "sudah kami tambahkan")
    settled(city)
    assert len(photos_of_case(city)) == 1
    assert len(city.cases()) == 1


def test_a_photo_that_waited_for_its_words_for_minutes_still_belongs_to_them(city: City) -> None:
    budi = city.citizen("Budi")

    sends(budi, sample(city, "parit"))
    budi.hears("lengkapi dengan keterangan")
    settled(city)
    assert city.cases() == []
    budi.writes(DRAIN)

    budi.hears(city.case()["number"])
    assert len(photos_of_case(city)) == 1
    until(lambda: len(shown(city.group("PUPR"))) == 1, "the photo in the group")


def test_an_album_with_words_is_one_case_one_answer_and_three_photos(city: City) -> None:
    budi = city.citizen("Budi")

    sends(budi, *(sample(city, name) for name in ("parit", "lubang", "sampah")), text=DRAIN)

    budi.hears(city.case()["number"])
    settled(city, 3)
    city.settles()
    assert len(photos_of_case(city)) == 3
    assert len(budi.thread) == 1
    assert len(shown(city.group("PUPR"))) == 3


def test_words_under_a_photo_that_say_nothing_more_are_its_caption(city: City) -> None:
    budi = city.citizen("Budi")
    budi.writes(DRAIN)
    number = city.case()["number"]
    budi.hears(number)

    sends(budi, sample(city, "parit"))
    budi.writes("ini fotonya pak")

    budi.hears(number, "sudah kami tambahkan")
    settled(city)
    city.settles()
    assert len(budi.thread) == 2
    assert len(photos_of_case(city)) == 1


def test_the_group_sees_the_photo_once_right_after_the_card(city: City) -> None:
    budi = city.citizen("Budi")

    sends(budi, sample(city, "parit"), text=DRAIN)

    number = city.case()["number"]
    until(lambda: shown(city.group("PUPR")), "the photo in the group")
    city.settles()
    card, photo = city.group("PUPR").messages
    assert "Terima" in str(card["rows"])
    assert number in photo["text"]
    assert photo["rows"] == []
    seen = city.client.get(f"{city.address}{photo['photo']}")
    assert seen.content.startswith(b"\xff\xd8\xff")
    words = [word for word in city.outbox() if word["because"] == "photo"]
    assert [(word["to"], word["state"]) for word in words] == [("opd", "sent")]

    # The card moves on, the photo stays as it is.
    city.group("PUPR").presses("Terima", number)
    city.group("PUPR").shows(number, "Diterima")
    city.settles()
    assert len(shown(city.group("PUPR"))) == 1


def test_a_photo_that_knows_its_place_answers_where(either_city: City) -> None:
    city = either_city
    siti = city.citizen("Siti")

    siti.writes(NO_PLACE)
    number = city.case()["number"]
    siti.hears(number, "di jalan dan kelurahan mana")
    assert city.case()["state"] == "perlu_verifikasi"
    sends(siti, sample(city, "sampah"))

    siti.hears(number, "sudah kami tambahkan")
    siti.hears(number, "Sukajadi", "kami teruskan ke")
    city.settles()
    assert city.case()["state"] == "diteruskan"
    assert city.case()["kecamatan"] == "Sukajadi"
    assert len(siti.thread) == 3


def test_a_photo_that_knows_its_place_and_then_the_words_need_no_question(city: City) -> None:
    siti = city.citizen("Siti")
    sends(siti, sample(city, "sampah"))
    siti.hears("lengkapi dengan keterangan")
    settled(city)

    siti.writes(NO_PLACE)

    heard = siti.hears("Sukajadi", "kami teruskan ke")
    assert "mana?" not in heard
    assert city.case()["state"] == "diteruskan"


def test_a_photo_of_a_comment_and_a_video_are_noted_each_in_its_way(city: City) -> None:
    rina = city.citizen("Rina")
    rina.comments(DRAIN, photo=sample(city, "parit"))
    number = city.case()["number"]
    rina.hears(number)
    attached = [{"type": "video", "url": f"{city.address}/pretend/video.mp4"}]
    city.act(f"/citizens/{rina.psid}/messages", text="", attachments=attached)

    photo, video = settled(city, 2)
    assert (photo.kind, photo.state) == ("image", "kept")
    assert (video.kind, video.state, video.file) == ("video", "noted", None)


def test_a_link_to_elsewhere_is_refused_and_the_report_goes_on(city: City) -> None:
    budi = city.citizen("Budi")

    sends(budi, "http://169.254.169.254/latest/meta-data", f"{city.address}/pretend", text=DRAIN)

    budi.hears(city.case()["number"])
    private, page = settled(city, 2)
    assert (private.state, private.why) == ("refused", "only https links are followed")
    assert page.state == "refused"
    assert "not a photo" in page.why
    city.settles()
    assert shown(city.group("PUPR")) == []


def test_a_photo_is_seen_by_its_link_until_that_expires(city: City) -> None:
    budi = city.citizen("Budi")
    sends(budi, sample(city, "parit"), text=DRAIN)
    (photo,) = settled(city)
    at = photo.at

    def seen(link: str) -> Any:  # noqa: ANN401 - httpx's own answer
        return city.client.get(link.replace("localhost", "127.0.0.1"))

    link = photo_link(city.settings, photo.id, lives=FOR_A_PAGE, at=at)
    answer = seen(link)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private")
    assert b"Exif" not in answer.content

    over = photo_link(city.settings, photo.id, lives=FOR_A_PAGE, at=at - 2 * FOR_A_PAGE)
    unknown = photo_link(city.settings, photo.id + 1, lives=FOR_A_PAGE, at=at)
    for other in (over, unknown, link.replace("/m/", "/m/1"), f"{city.address}/m/x.jpg"):
        assert seen(other).status_code == 404
