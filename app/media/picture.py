"""A photo drawn anew: nothing but its pixels goes on, at most 1600 of them a side. Where it was taken is told apart.

Whatever a file was besides a picture (a page, a program, an archive behind the last byte of the JPEG, somebody's
name in its metadata) is not in what comes out.
"""

import io
import math
import warnings
from dataclasses import dataclass
from functools import cache

import pillow_heif
from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
_GPS = 0x8825
_WHITE = (255, 255, 255)


class NotAPhoto(Exception):
    """It is none of the kinds of picture that we take, or it is broken."""


class TooManyPixels(Exception):
    """Decoding it would take more memory than a photo is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The new JPEG; ``lat`` and ``lon`` are what the camera noted, in WGS 84 degrees."""

    jpeg: bytes
    width: int
    height: int
    lat: float | None = None
    lon: float | None = None


@cache
def _set_up() -> None:
    """Once in a process: Pillow learns HEIC, and to refuse a decompression bomb instead of warning of it."""
    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def draw_anew(raw: bytes) -> Drawn:
    """Raises NotAPhoto or TooManyPixels. Takes up to a second of one core: for a thread."""
    _set_up()
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
            _check_size(image)
            return _drawn(image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many() from None
    except TooManyPixels:
        raise
    except Exception as error:
        # Whatever a decoder stumbles over, in whichever way: this file is no photo to us.
        raise NotAPhoto(f"not a photo that can be read ({type(error).__name__})") from error


def _check_size(image: Image.Image) -> None:
    """Only the header has been read until here."""
    if image.width * image.height > MOST_PIXELS:
        raise _too_many()


def _too_many() -> TooManyPixels:
    return TooManyPixels(f"more than {MOST_PIXELS // 1_000_000} megapixels")


def _drawn(image: Image.Image) -> Drawn:
    where = _taken_at(image)
    # A JPEG can be decoded at a fraction of its size; other kinds ignore this.
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = _only_pixels(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    lat, lon = where or (None, None)
    return Drawn(jpeg=out.getvalue(), width=clean.width, height=clean.height, lat=lat, lon=lon)


def _only_pixels(image: Image.Image) -> Image.Image:
    """A new image with these pixels on white: comments, profiles and texts stay behind with the old one."""
    canvas = Image.new("RGB", image.size, _WHITE)
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        canvas.paste(seen, mask=seen.getchannel("A"))
    else:
        canvas.paste(image.convert("RGB"))
    return canvas


def _taken_at(image: Image.Image) -> tuple[float, float] | None:
    """(lat, lon) of the camera; broken metadata does not make a photo worthless."""
    try:
        gps = image.getexif().get_ifd(_GPS)
        lat = _degrees(gps[2]) * (-1 if str(gps[1]).upper().startswith("S") else 1)
        lon = _degrees(gps[4]) * (-1 if str(gps[3]).upper().startswith("W") else 1)
    except Exception:  # noqa: BLE001 - somebody else's bytes, read by somebody else's code
        return None
    possible = math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180
    # Cameras without a fix write zeros: nobody in Pekanbaru stands in the Gulf of Guinea.
    return (lat, lon) if possible and (lat, lon) != (0.0, 0.0) else None


def _degrees(parts: tuple[float, float, float]) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600
