"""What becomes of a photo: new pixels, and nothing else of what was sent."""

import io
import zipfile

import pytest
from PIL import Image

from app.media.picture import LONGEST_SIDE, NotAPhoto, TooManyPixels, draw_anew
from tests.app.media.drawn import MONAS, RAJAWALI, SCRIPT, huge_png, photo, polyglot


def test_a_polyglot_comes_out_as_pixels_alone() -> None:
    sent = polyglot()
    assert SCRIPT in sent
    assert zipfile.is_zipfile(io.BytesIO(sent))

    kept = draw_anew(sent).jpeg

    assert SCRIPT not in kept
    assert b"alert" not in kept
    assert not zipfile.is_zipfile(io.BytesIO(kept))
    assert kept.endswith(b"\xff\xd9")


def test_nothing_that_the_camera_noted_is_kept_but_the_place_is_told() -> None:
    sent = photo(at=RAJAWALI)
    assert b"Siti Aminah" in sent

    drawn = draw_anew(sent)

    assert b"Siti" not in drawn.jpeg
    with Image.open(io.BytesIO(drawn.jpeg)) as kept:
        assert dict(kept.getexif()) == {}
        assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (drawn.lat, drawn.lon) == pytest.approx(RAJAWALI, abs=1e-6)


def test_south_and_west_have_a_minus() -> None:
    assert draw_anew(photo(at=MONAS)).lat == pytest.approx(MONAS[0], abs=1e-6)


@pytest.mark.parametrize("at", [None, (0.0, 0.0)])
def test_a_camera_without_a_fix_tells_no_place(at: tuple[float, float] | None) -> None:
    assert draw_anew(photo(at=at)).lat is None


def test_sixty_megapixels_are_refused_before_they_are_decoded() -> None:
    sent = huge_png(10_000, 6_000)
    assert len(sent) < 100_000

    with pytest.raises(TooManyPixels, match="more than 50 megapixels"):
        draw_anew(sent)


def test_a_bomb_of_a_gigapixel_is_refused_in_the_same_words() -> None:
    with pytest.raises(TooManyPixels, match="more than 50 megapixels"):
        draw_anew(huge_png(60_000, 20_000))


def test_a_large_photo_is_made_smaller_and_keeps_its_shape() -> None:
    drawn = draw_anew(photo((4000, 3000)))

    assert (drawn.width, drawn.height) == (LONGEST_SIDE, 1200)


def test_a_photo_taken_sideways_stands_upright() -> None:
    drawn = draw_anew(photo((400, 200), turned=True))

    assert (drawn.width, drawn.height) == (200, 400)
    with Image.open(io.BytesIO(drawn.jpeg)) as kept:
        # A quarter turn to the right: what was the upper left corner is the upper right one.
        corners = [kept.convert("L").getpixel(xy) for xy in ((5, 5), (195, 5))]
    assert corners[0] < 150 < corners[1]  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_phones_own_kinds_are_read_and_become_a_jpeg(kind: str) -> None:
    drawn = draw_anew(photo(kind=kind, at=RAJAWALI))

    assert drawn.jpeg.startswith(b"\xff\xd8\xff")
    assert drawn.lat == pytest.approx(RAJAWALI[0], abs=1e-5)


def test_what_is_see_through_is_seen_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")

    with Image.open(io.BytesIO(draw_anew(out.getvalue()).jpeg)) as kept:
        assert kept.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xd8\xff",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"<html>Content not available</html>",
        photo()[:600],
    ],
    ids=["empty", "three bytes", "svg", "pdf", "page", "cut"],
)
def test_what_is_no_whole_photo_is_refused(sent: bytes) -> None:
    with pytest.raises(NotAPhoto):
        draw_anew(sent)


def test_kinds_that_nobody_sends_are_not_even_tried() -> None:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "TIFF")

    with pytest.raises(NotAPhoto):
        draw_anew(out.getvalue())
