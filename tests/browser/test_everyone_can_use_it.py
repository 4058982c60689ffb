"""The pretend page for every eye and thumb: axe finds nothing, nothing scrolls sideways, targets are large enough."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import PATIENCE, Desk, Phone, small_targets, violations, width_needed
from tests.city import City

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
COLUMNS = ("citizen", "groups", "mayor")


def busy(screen: Desk, city: City) -> Desk:
    """A page with something of everything: two chats, a photo, a question, a comment that was answered."""
    rina = city.citizen("Rina Wulandari")
    rina.comments("min lampu jalan di jalan durian mati semua, gelap kali")
    screen.opens()
    screen.writes("parit di jalan durian tersumbat, air meluap ke jalan tiap hujan")
    screen.gets_a_number()
    city.settles()
    screen.presses("Selesai")
    screen.hears("Apakah masalahnya sudah teratasi?")
    return screen


def show_wall(screen: Desk) -> None:
    screen.turns_to("citizen")
    screen.page.get_by_role("link", name="Komentar").click()
    expect(screen.wall).to_contain_text("PKU-", timeout=PATIENCE)


@pytest.mark.parametrize("desk", ["light", "dark"], indirect=True)
def test_axe_finds_nothing_on_a_desk(city: City, desk: Page) -> None:
    screen = Desk(page=desk, address=city.address)
    screen.opens()
    assert violations(desk, AXE) == []

    busy(screen, city)
    assert violations(desk, AXE) == []
    show_wall(screen)
    assert violations(desk, AXE) == []
    desk.get_by_role("button", name="Buka meja").click()
    assert violations(desk, AXE) == []


@pytest.mark.parametrize("phone", ["light", "dark"], indirect=True)
def test_axe_finds_nothing_on_a_phone(city: City, phone: Page) -> None:
    screen = busy(Phone(page=phone, address=city.address), city)

    for column in COLUMNS:
        screen.turns_to(column)
        assert violations(phone, AXE) == [], column
    show_wall(screen)
    assert violations(phone, AXE) == []


def test_nothing_scrolls_sideways_and_thumbs_hit_on_small_phones(city: City, phone: Page) -> None:
    screen = busy(Phone(page=phone, address=city.address), city)

    for width in (390, 320):
        phone.set_viewport_size({"width": width, "height": 640})
        for column in COLUMNS:
            screen.turns_to(column)
            assert width_needed(phone) == width, column
            assert small_targets(phone) == [], column
        show_wall(screen)
        assert width_needed(phone) == width
        assert small_targets(phone) == []
        phone.get_by_role("link", name="Pesan", exact=True).click()


def test_text_twice_as_large_still_fits(city: City, phone: Page) -> None:
    screen = busy(Phone(page=phone, address=city.address), city)
    phone.evaluate("document.documentElement.style.setProperty('font-size', '200%')")

    for column in COLUMNS:
        screen.turns_to(column)
        assert width_needed(phone) == 390, column
