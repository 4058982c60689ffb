"""Makes the pictures of the README: the waste point on Jalan Rajawali, halfway through. `make pictures`."""

import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import HOW_TO_GET_IT, SWITCHES, first_that_starts
from tests.browser.screens import PATIENCE, Desk, Phone
from tests.city import City, living_city

DOCS = Path(__file__).parents[2] / "docs"
LARGEST = 300_000
RAJAWALI = "Pak Wali, TPS di Jalan Rajawali sudah seminggu sampahnya menumpuk dan bau"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: on what, and at which time of the day."""

    name: str
    screen: type[Desk]
    width: int
    height: int
    scheme: str
    sharpness: float


SHOTS = (
    Shot(name="pretend-desktop", screen=Desk, width=1280, height=800, scheme="light", sharpness=1.5),
    Shot(name="pretend-desktop-dark", screen=Desk, width=1280, height=800, scheme="dark", sharpness=1.5),
    Shot(name="pretend-phone", screen=Phone, width=390, height=844, scheme="light", sharpness=2),
    Shot(name="pretend-phone-dark", screen=Phone, width=390, height=844, scheme="dark", sharpness=2),
)


def take_all(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        living_city(f"sqlite:///{place}/city.db") as city,
        sync_playwright() as playwright,
    ):
        program = first_that_starts(playwright)
        if program is None:
            raise SystemExit(HOW_TO_GET_IT)
        switches = [*SWITCHES, "--no-sandbox"] if os.geteuid() == 0 else SWITCHES
        browser = playwright.chromium.launch(executable_path=program, args=switches)
        tell_the_story(browser, city)
        made = [take(browser, city, shot, folder) for shot in SHOTS]
        browser.close()
    return made


def tell_the_story(browser: Browser, city: City) -> None:
    """Rina writes and sends a photo; the agency has taken the case and begun."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID")
    screen = Desk(page=context.new_page(), address=city.address)
    screen.opens()
    screen.page.get_by_label("Tulis pesan").fill(RAJAWALI)
    screen.page.get_by_role("button", name="Kirim foto contoh").click()
    screen.page.get_by_role("button", name="Sampah di TPS").click()
    screen.gets_a_number()
    city.settles()
    screen.presses("Terima")
    screen.hears("sudah diterima petugas")
    screen.presses("Mulai")
    screen.hears("sedang dikerjakan")
    city.settles()
    # Seven seconds later the toast is gone, as it is for whoever looks.
    expect(screen.page.locator("#groups .toast")).to_be_hidden(timeout=PATIENCE)
    city.forward(hours=0.01)
    context.close()


def take(browser: Browser, city: City, shot: Shot, folder: Path) -> Path:
    phone = shot.screen is Phone
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=shot.sharpness,
        is_mobile=phone,
        has_touch=phone,
        locale="id-ID",
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    screen = shot.screen(page=context.new_page(), address=city.address)
    screen.opens()
    screen.page.wait_for_load_state("load")
    screen.page.evaluate("document.fonts.ready")
    path = folder / f"{shot.name}.png"
    path.write_bytes(with_few_colours(screen.page.screenshot()))
    context.close()
    return path


def with_few_colours(png: bytes) -> bytes:
    """A quarter of the size. Most of the palette is for what is large, the rest for what is rare and bright."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    large = picture.quantize(176, method=Image.Quantize.MEDIANCUT).getpalette() or []
    bright = picture.quantize(80, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(large[: 176 * 3] + bright[: 80 * 3])
    file = io.BytesIO()
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    for picture in take_all(DOCS):
        print(f"{picture.name}: {picture.stat().st_size // 1000} kB")
        if picture.stat().st_size > LARGEST:
            raise SystemExit(f"{picture.name} is larger than {LARGEST // 1000} kB")
