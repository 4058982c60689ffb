"""The pages in a real browser: its own headers, its own cookie rules, its own reading of our policy."""

import pathlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.main import create_app
from models.db import Database
from models.schema import migrate
from tests.app.web.city import NOW, City, settings_for
from tests.city import free_port, serving


@pytest.fixture
def city(tmp_path: pathlib.Path) -> Iterator[City]:
    port = free_port()
    settings = settings_for(f"sqlite:///{tmp_path / 'city.db'}", f"http://localhost:{port}")
    database = Database(settings.database_url)
    migrate(database)
    app = create_app(settings, database, with_worker=False, clock=lambda: NOW)
    with serving(app, port):
        yield City(app=app, database=database, settings=settings)
    database.close()


def test_the_mayor_comes_in_with_one_tap_and_new_cases_come_to_him(phone: Page, city: City) -> None:
    city.forward("PKU-7F3K9")
    phone.clock.install()
    phone.goto(city.settings.public_url + city.invite(name="Pak Wali"))
    phone.get_by_role("button", name="Masuk sebagai Pak Wali").click()

    expect(phone).to_have_url(f"{city.settings.public_url}/")
    expect(phone.get_by_text("PKU-7F3K9")).to_be_visible()

    city.forward("PKU-8G4M2", emergency=True)
    phone.clock.run_for(31_000)

    expect(phone.get_by_role("article").first).to_contain_text("PKU-8G4M2")
    expect(phone.get_by_role("article")).to_have_count(2)


def test_the_citizens_page_and_the_way_in_need_no_script(browser: Browser, city: City) -> None:
    city.forward("PKU-7F3K9")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(city.settings.public_url + city.link("PKU-7F3K9"))
    expect(page.get_by_role("listitem").filter(has_text="Diteruskan ke DLHK")).to_be_visible()

    page.goto(city.settings.public_url + city.invite(name="Pak Wali"))
    page.get_by_role("button", name="Masuk sebagai Pak Wali").click()
    expect(page.get_by_text("PKU-7F3K9")).to_be_visible()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_text("Anda belum masuk")).to_be_visible()
    context.close()


@pytest.mark.parametrize("phone", ["light", "dark"], indirect=True)
def test_nothing_is_wider_than_the_smallest_phone(phone: Page, city: City) -> None:
    city.forward("PKU-7F3K9", emergency=True)
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(city.settings.public_url + city.invite(name="Pak Wali"))
    phone.get_by_role("button").click()

    for path in ("/", city.link("PKU-7F3K9"), "/l/PKU-7F3K9", "/l/PKU-22222", "/privasi"):
        phone.goto(city.settings.public_url + path)
        assert phone.evaluate("document.documentElement.scrollWidth") == 320, path
