"""What a photo's position is worth: as much as a pin, where words leave off, and only in the city."""

import pytest

from app.demo import demo_settings
from app.wiring import build_counsel
from bot.counsel import Counsel
from bot.reading import with_photos
from models.domain.category import Channel
from models.domain.media import Photo, Picture
from models.domain.place import Place
from tests.app.media.drawn import MONAS, RAJAWALI
from tests.app.media.test_gallery import NOON, PSID

NO_PLACE = "sampah sudah seminggu menumpuk di depan rumah saya"


@pytest.fixture(scope="module")
def counsel() -> Counsel:
    return build_counsel(demo_settings(8000, database_url="sqlite://"))


def taken(*places: tuple[float, float] | None) -> list[Photo]:
    return [
        Photo(
            id=number,
            conversation=PSID,
            sent_at=NOON,
            picture=Picture(
                file="x.jpg",
                width=1,
                height=1,
                sha256="0" * 64,
                lat=place[0] if place else None,
                lon=place[1] if place else None,
            ),
        )
        for number, place in enumerate(places)
    ]


def placed(text: str, photos: list[Photo], counsel: Counsel) -> Place:
    words = counsel.understands.understand(text, Channel.MESSENGER)
    return with_photos(text, words, photos, counsel).place


def test_a_photo_from_the_city_tells_where(counsel: Counsel) -> None:
    place = placed(NO_PLACE, taken(None, RAJAWALI), counsel)

    assert place.is_known
    assert place.kecamatan == "Sukajadi"
    assert (place.lat, place.lon) == pytest.approx(RAJAWALI, abs=1e-6)


def test_a_photo_from_another_city_or_without_a_position_tells_nothing(counsel: Counsel) -> None:
    assert not placed(NO_PLACE, taken(None, MONAS), counsel).is_known
    assert not placed(NO_PLACE, [], counsel).is_known


def test_what_the_words_say_stands_before_where_the_camera_was(counsel: Counsel) -> None:
    place = placed("parit di jalan durian tersumbat", taken(RAJAWALI), counsel)

    assert place.street == "Jalan Durian"
    assert place.lat is None


def test_a_photo_keeps_the_matter_that_the_words_named(counsel: Counsel) -> None:
    words = counsel.understands.understand(NO_PLACE, Channel.MESSENGER)
    both = with_photos(NO_PLACE, words, taken(RAJAWALI), counsel)

    assert (both.category, both.intent) == (words.category, words.intent)
