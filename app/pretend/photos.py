"""Sample photos for a citizen to send, drawn by code: nobody's street, face or number plate is in them."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from fastapi import APIRouter, HTTPException, Response
from PIL import Image, ImageDraw

router = APIRouter()

SIZE = (640, 480)
# Drawn twice as large and then made smaller: that is what smooths the edges.
FINE = 2
GPS = 0x8825
Point = tuple[float, float]
Pen = ImageDraw.ImageDraw


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """``at`` is what the camera noted of the place (latitude, longitude), as phones do."""

    name: str
    title: str
    draw: Callable[[Pen], None]
    at: Point | None = None


def _oval(pen: Pen, x: float, y: float, width: float, height: float, colour: str) -> None:
    pen.ellipse((x * FINE, y * FINE, (x + width) * FINE, (y + height) * FINE), fill=colour)


def _shape(pen: Pen, colour: str, *corners: Point) -> None:
    pen.polygon([(x * FINE, y * FINE) for x, y in corners], fill=colour)


def _box(pen: Pen, x: float, y: float, width: float, height: float, colour: str) -> None:
    pen.rectangle((x * FINE, y * FINE, (x + width) * FINE, (y + height) * FINE), fill=colour)


def _street(pen: Pen) -> None:
    """A morning, houses, and a road that goes away from who looks."""
    for line in range(250):
        _box(pen, 0, line, 640, 1, f"#{150 + line // 4:02x}{196 + line // 8:02x}{214 + line // 12:02x}")
    for x, y, width, wall, roof in (
        (-20, 140, 170, "#e8d9bd", "#9c4a35"),
        (150, 165, 120, "#cfdcd3", "#6b5a50"),
        (430, 150, 140, "#efe3cd", "#37635a"),
        (560, 128, 120, "#d8c7b4", "#8a4535"),
    ):
        _box(pen, x, y, width, 140, wall)
        _shape(pen, roof, (x - 12, y), (x + width / 2, y - 46), (x + width + 12, y))
        _box(pen, x + width * 0.55, y + 34, width * 0.22, 36, "#4f6b75")
    for x, y, size in ((290, 120, 96), (350, 140, 74), (392, 126, 60)):
        _box(pen, x + size / 2 - 5, y + size / 2, 10, 110, "#6d5238")
        _oval(pen, x, y, size, size, "#4d7a45")
        _oval(pen, x + 8, y + 6, size * 0.6, size * 0.6, "#5f8f52")
    _box(pen, 0, 246, 640, 234, "#8d9a6c")
    _shape(pen, "#6a6f72", (250, 246), (390, 246), (700, 480), (-60, 480))
    for top, bottom, half in ((262, 282, 3), (306, 340, 5), (380, 440, 8)):
        _shape(
            pen,
            "#e4dfcd",
            (320 - half, top),
            (320 + half, top),
            (320 + 2 * half, bottom),
            (320 - 2 * half, bottom),
        )


def _waste(pen: Pen) -> None:
    _street(pen)
    _shape(pen, "#b9b3a4", (60, 250), (330, 232), (330, 330), (60, 372))
    _shape(pen, "#a39c8b", (60, 250), (30, 262), (30, 396), (60, 372))
    _oval(pen, 20, 372, 400, 80, "#555a55")
    for x, y, width, height, colour in (
        (40, 320, 130, 110, "#2b2f33"), (120, 286, 140, 130, "#33383d"), (215, 312, 130, 110, "#26292c"),
        (90, 356, 120, 88, "#3b4147"), (300, 352, 96, 76, "#2e3337"), (180, 356, 130, 92, "#1f2326"),
        (250, 262, 70, 64, "#3f6f8f"), (82, 290, 62, 56, "#b04a3a"), (350, 388, 62, 50, "#c9a24a"),
    ):  # fmt: skip
        _oval(pen, x, y, width, height, colour)
        _oval(pen, x + width * 0.2, y + height * 0.14, width * 0.26, height * 0.2, "#8b9399")
    for x, y, colour in ((70, 430, "#e9e4d6"), (164, 442, "#d4563f"), (262, 436, "#e9e4d6"), (396, 430, "#5f9fc4"),
                         (430, 446, "#e9e4d6"), (30, 410, "#5f9fc4"), (344, 446, "#d8b34a")):  # fmt: skip
        _shape(pen, colour, (x, y), (x + 26, y - 8), (x + 32, y + 8), (x + 5, y + 14))


def _pothole(pen: Pen) -> None:
    _street(pen)
    for x, y, width, height, colour in (
        (150, 336, 330, 112, "#55595b"), (166, 344, 300, 94, "#3f4243"), (184, 356, 264, 74, "#6d5c45"),
        (206, 370, 214, 50, "#7f9aa5"), (232, 378, 120, 20, "#a9c0c8"), (96, 300, 84, 24, "#53575a"),
        (470, 300, 70, 20, "#53575a"),
    ):  # fmt: skip
        _oval(pen, x, y, width, height, colour)
    for x, y in ((150, 438), (492, 410), (132, 372), (470, 446), (520, 372)):
        _shape(pen, "#4a4e50", (x, y), (x + 22, y - 7), (x + 30, y + 7), (x + 8, y + 13))


def _drain(pen: Pen) -> None:
    _street(pen)
    _shape(pen, "#b5b2a6", (30, 250), (150, 250), (330, 480), (-60, 480))
    _shape(pen, "#5d6b52", (66, 262), (122, 262), (260, 480), (10, 480))
    _shape(pen, "#7b7f58", (80, 300), (140, 300), (232, 440), (50, 440))
    for x, y, width, height, colour in (
        (60, 350, 90, 44, "#e5e0d2"), (110, 380, 96, 46, "#c65a44"), (90, 330, 60, 30, "#5d9cc0"),
        (140, 420, 84, 38, "#d8b34a"), (50, 410, 90, 40, "#8fa08a"), (120, 344, 44, 24, "#f1eee4"),
    ):  # fmt: skip
        _oval(pen, x, y, width, height, colour)
    _shape(pen, "#93a79b", (230, 410), (640, 380), (640, 480), (276, 480))
    for x, y, width in ((300, 424, 120), (420, 446, 160), (360, 462, 90)):
        _oval(pen, x, y, width, 7, "#b9c9be")


SAMPLES = {
    sample.name: sample
    for sample in (
        Sample(name="sampah", title="Sampah di TPS", draw=_waste, at=(0.514039, 101.43356)),
        Sample(name="lubang", title="Jalan berlubang", draw=_pothole),
        Sample(name="parit", title="Parit tersumbat", draw=_drain),
    )
}


@cache
def drawn(name: str) -> bytes:
    """The sample as a JPEG; a phone's camera would have written the place into it."""
    sample = SAMPLES[name]
    picture = Image.new("RGB", (SIZE[0] * FINE, SIZE[1] * FINE))
    sample.draw(ImageDraw.Draw(picture))
    exif = Image.Exif()
    if sample.at is not None:
        latitude, longitude = sample.at
        exif[GPS] = {1: "N", 2: _degrees(latitude), 3: "E", 4: _degrees(longitude)}
    file = io.BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(file, "JPEG", quality=82, exif=exif)
    return file.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds; Pekanbaru lies north and east."""
    minutes = value % 1 * 60
    return float(int(value)), float(int(minutes)), round(minutes % 1 * 60, 3)


@router.get("/photos/{name}.jpg")
def photo(name: str) -> Response:
    if name not in SAMPLES:
        raise HTTPException(404, "no such photo")
    return Response(drawn(name), media_type="image/jpeg", headers={"Cache-Control": "max-age=3600"})
