"""Photos for tests, made on the spot: with a camera's notes, with a stowaway behind them, far too large."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

pillow_heif.register_heif_opener()

#: In Kampung Tengah, Sukajadi.
RAJAWALI = (0.514039, 101.43356)
MONAS = (-6.175392, 106.827153)
SCRIPT = b"<html><script>alert(1)</script></html>"


def photo(
    size: tuple[int, int] = (640, 480),
    *,
    kind: str = "JPEG",
    at: tuple[float, float] | None = None,
    colour: str = "darkolivegreen",
    turned: bool = False,
) -> bytes:
    """A picture of one colour whose upper left corner is white. ``turned``: the camera was held sideways."""
    image = Image.new("RGB", size, colour)
    image.paste("white", (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[Base.Artist] = "Siti Aminah"
    exif[Base.Model] = "Telepon 12"
    if turned:
        exif[Base.Orientation] = 6
    if at is not None:
        gps = exif.get_ifd(IFD.GPSInfo)
        gps[GPS.GPSLatitudeRef], gps[GPS.GPSLatitude] = "N" if at[0] >= 0 else "S", _parts(at[0])
        gps[GPS.GPSLongitudeRef], gps[GPS.GPSLongitude] = "E" if at[1] >= 0 else "W", _parts(at[1])
    out = io.BytesIO()
    image.save(out, kind, exif=exif.tobytes())
    return out.getvalue()


def _parts(degrees: float) -> tuple[float, float, float]:
    minutes = abs(degrees) % 1 * 60
    return float(int(abs(degrees))), float(int(minutes)), round(minutes % 1 * 60, 4)


def polyglot() -> bytes:
    """A photo to whoever looks at its beginning, a page and an archive to whoever looks further."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("run.html", SCRIPT)
    whole = photo()
    # A comment segment right after the first marker, and the archive behind the end of the picture.
    comment = b"\xff\xfe" + struct.pack(">H", len(SCRIPT) + 2) + SCRIPT
    return whole[:2] + comment + whole[2:] + SCRIPT + packed.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A picture of so many pixels in a few kilobytes, valid to the last byte."""
    rows = zlib.compressobj(9)
    line = b"\x00" + bytes((width + 7) // 8)
    data = b"".join(rows.compress(line) for _ in range(height)) + rows.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
