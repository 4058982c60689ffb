"""The desk on a phone: an officer, the triage team and the mayor, each with one thumb."""

import pathlib
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from app.clock import now
from app.demo import invite_to_desk
from app.main import create_app
from models.db import Database
from models.domain.case import CaseState
from models.domain.category import Category
from models.domain.outgoing import Audience
from models.domain.place import Place
from models.schema import migrate
from tests.app.web.city import NOW, City, settings_for
from tests.browser.screens import small_targets, violations, width_needed
from tests.city import City as LivingCity
from tests.city import free_port, serving

AXE = (pathlib.Path(__file__).parent / "axe.min.js").read_text("utf-8")
NUMBER = "PKU-7F3K9"
DURIAN = Place(street="Jalan Durian", kelurahan="Labuh Baru Timur", kecamatan="Payung Sekaki")
TEAM = {"name": "Siti Humas", "role": "humas"}
MAYOR = {"name": "Pak Wali", "role": "wali"}
OFFICER = {"name": "Budi Petugas", "role": "opd_petugas", "opd": "DLHK"}


@pytest.fixture
def office(tmp_path: pathlib.Path) -> Iterator[City]:
    port = free_port()
    settings = settings_for(f"sqlite:///{tmp_path / 'city.db'}", f"http://localhost:{port}")
    database = Database(settings.database_url)
    migrate(database)
    app = create_app(settings, database, with_worker=False, clock=lambda: NOW)
    with serving(app, port):
        yield City(app=app, database=database, settings=settings)
    database.close()


def comes_in(page: Page, office: City, who: dict[str, str]) -> None:
    page.goto(office.settings.public_url + office.invite(**who))
    page.get_by_role("button", name="Masuk sebagai").click()
    expect(page).to_have_url(f"{office.settings.public_url}/")


def opens(page: Page, office: City, path: str) -> None:
    page.goto(office.settings.public_url + path)


def busy(office: City) -> None:
    """Something of everything."""
    office.give_group("DLHK")
    office.forward(NUMBER)
    office.report(
        NUMBER,
        conversation="psid-1",
        text="sampah menumpuk di jalan rajawali, hubungi 0812-3456-7890",
        evidence=(("category", "sampah menumpuk"), ("street", "jalan rajawali")),
    )
    office.report(NUMBER, conversation="psid-2", text="betul, bau", wrote=timedelta(days=3))
    office.forward("PKU-8G4M2", due=timedelta(days=2))
    office.report("PKU-8G4M2", conversation="psid-3", text="TPS rajawali penuh", wrote=timedelta(days=9))
    office.forward("PKU-9URGE", category=Category.KEBAKARAN, opd="DPKP", emergency=True, place=DURIAN)
    office.forward("PKU-2RETN", category=Category.JALAN_RUSAK, place=DURIAN, age=timedelta(days=6))
    office.report("PKU-2RETN", conversation="psid-4", text="jalan durian berlubang besar")
    office.move("PKU-2RETN", CaseState.BUKAN_KEWENANGAN)
    office.ask_triage("kantor disdukcapil buka jam berapa?")


def test_an_officer_walks_a_case_to_its_end_with_one_thumb(phone: Page, office: City) -> None:
    busy(office)
    comes_in(phone, office, OFFICER)
    phone.get_by_role("article").filter(has_text=NUMBER).get_by_role("link").tap()

    for button, standing in (
        ("Terima", "Diterima"),
        ("Mulai kerjakan", "Sedang dikerjakan"),
        ("Selesai", "Selesai, menunggu konfirmasi warga"),
    ):
        phone.get_by_role("button", name=button, exact=True).tap()
        expect(phone.locator("dl.facts")).to_contain_text(standing)
        expect(phone.get_by_role("status")).to_be_visible()

    expect(phone.get_by_role("button", name="Selesai", exact=True)).to_have_count(0)
    expect(phone.get_by_role("list").filter(has_text="Dinyatakan selesai")).to_contain_text("Budi Petugas")


def test_what_is_not_theirs_goes_back_with_a_reason(phone: Page, office: City) -> None:
    busy(office)
    comes_in(phone, office, OFFICER)
    opens(phone, office, f"/kasus/{NUMBER}")

    phone.get_by_text("Bukan kewenangan kami").tap()
    phone.get_by_label("Alasan (wajib)").fill("ini saluran air")
    phone.get_by_label("Seharusnya ke instansi").select_option("PUPR")
    phone.get_by_role("button", name="Kembalikan laporan").tap()

    expect(phone.get_by_text("ini saluran air (saran: Dinas PUPR)")).to_be_visible()


def test_the_team_sends_a_returned_case_to_the_right_agency(phone: Page, office: City) -> None:
    busy(office)
    comes_in(phone, office, TEAM)
    phone.get_by_role("link", name=re.compile("Triase")).tap()

    card = phone.get_by_role("article").filter(has_text="PKU-2RETN")
    expect(card.locator("mark, blockquote").first).to_contain_text("jalan durian berlubang besar")
    card.get_by_role("button", name="Teruskan ke Dinas PUPR").tap()

    expect(phone.locator("dl.facts")).to_contain_text("Dinas PUPR")
    assert office.case("PKU-2RETN").opd == "PUPR"


def test_the_team_corrects_a_place_after_seeing_how_it_is_read(phone: Page, office: City) -> None:
    busy(office)
    comes_in(phone, office, TEAM)
    opens(phone, office, f"/kasus/{NUMBER}")

    phone.get_by_role("link", name="Koreksi masalah atau lokasi").tap()
    phone.get_by_label("Lokasi yang benar").fill("jl durian")
    phone.get_by_role("button", name="Periksa").tap()
    expect(phone.get_by_role("status")).to_contain_text("Jalan Durian")
    phone.get_by_role("button", name="Simpan koreksi").tap()

    expect(phone.get_by_text("Koreksi disimpan")).to_be_visible()
    assert office.case(NUMBER).place.street == "Jalan Durian"


def test_the_team_merges_two_cases_side_by_side(phone: Page, office: City) -> None:
    busy(office)
    comes_in(phone, office, TEAM)
    opens(phone, office, f"/kasus/{NUMBER}")

    phone.get_by_role("link", name="Gabung dengan laporan lain").tap()
    expect(phone.get_by_text("TPS rajawali penuh")).to_be_visible()
    phone.get_by_role("button", name="Gabungkan ke PKU-8G4M2").tap()

    expect(phone.get_by_text("Penanganan dilanjutkan di sana")).to_be_visible()
    assert office.case(NUMBER).state is CaseState.DUPLIKAT


def test_the_team_answers_a_citizen_whose_window_is_open(phone: Page, office: City) -> None:
    busy(office)
    comes_in(phone, office, TEAM)
    opens(phone, office, f"/kasus/{NUMBER}")

    phone.get_by_text("Balas warga sebagai petugas").tap()
    expect(phone.get_by_text("jendela terbuka")).to_be_visible()
    phone.get_by_label("Balasan").fill("Petugas kami datang siang ini.")
    phone.get_by_role("button", name="Kirim balasan").tap()

    expect(phone.get_by_text("Balasan dikirim")).to_be_visible()
    assert office.words(to=Audience.CITIZEN)[-1].text == "Petugas kami datang siang ini."


def test_an_overtaken_form_is_told_and_can_be_sent_again(phone: Page, office: City) -> None:
    busy(office)
    comes_in(phone, office, MAYOR)
    opens(phone, office, f"/kasus/{NUMBER}")
    office.accept(NUMBER)

    phone.get_by_label("Atau tulis sendiri").fill("tolong malam ini")
    phone.get_by_role("button", name="Kirim arahan").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Tidak ada yang tertimpa")
    phone.get_by_role("button", name="Tetap lakukan").tap()

    expect(phone.get_by_text("Arahan tersimpan dan disampaikan")).to_be_visible()
    assert office.history(NUMBER)[-1].note == "tolong malam ini"


def test_a_list_does_not_move_under_a_thumb_that_is_about_to_tap(phone: Page, office: City) -> None:
    busy(office)
    phone.clock.install()
    comes_in(phone, office, MAYOR)
    phone.get_by_role("article").filter(has_text=NUMBER).get_by_text("Beri arahan").tap()
    office.forward("PKU-NEWER", emergency=True, due=timedelta(minutes=5))

    phone.clock.run_for(31_000)
    expect(phone.get_by_text("PKU-NEWER")).to_have_count(0)

    phone.get_by_role("article").filter(has_text=NUMBER).get_by_text("Beri arahan").tap()
    phone.clock.run_for(31_000)
    expect(phone.get_by_text("PKU-NEWER")).to_be_visible()


def test_the_mayors_word_reaches_the_group_in_two_taps(phone: Page, city: LivingCity) -> None:
    city.citizen("Siti").writes("parit di jalan durian tersumbat, air meluap ke jalan tiap hujan")
    city.group("PUPR").is_alerted("PKU-")
    number = city.case()["number"]
    phone.goto(city.address + invite_to_desk(city.database, "wali", now()))
    phone.get_by_role("button", name="Masuk sebagai").tap()

    card = phone.get_by_role("article").filter(has_text=number)
    card.get_by_text("Beri arahan").tap()
    card.get_by_role("button", name="Mohon segera ditangani hari ini.").tap()

    expect(phone.get_by_role("status")).to_contain_text(number)
    city.group("PUPR").is_alerted(f"Arahan Wali Kota untuk {number}")
    phone.goto(f"{city.address}/kasus/{number}")
    expect(phone.locator(".timeline")).to_contain_text("Arahan Wali Kota")


def every_page(page: Page, office: City) -> Iterator[str]:
    """The desk as each role sees it, page by page."""
    case = f"/kasus/{NUMBER}"
    tour = (
        (OFFICER, ("/", case, "/kasus")),
        (MAYOR, ("/", case, f"/?arahan={NUMBER}", "/kasus?q=sampah&hanya=baru", "/kasus?q=tidakada")),
        (TEAM, ("/triase", case, f"{case}/koreksi?place=jl+durian", f"{case}/gabung")),
    )
    for who, paths in tour:
        comes_in(page, office, who)
        for path in paths:
            opens(page, office, path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            yield f"{who['role']} {path}"
    page.context.clear_cookies()
    for path in ("/", case, office.link(NUMBER), f"/l/{NUMBER}", "/privasi"):
        opens(page, office, path)
        yield f"stranger {path}"


@pytest.mark.parametrize("phone", ["light", "dark"], indirect=True)
def test_every_page_is_for_every_eye_and_thumb_on_a_phone(phone: Page, office: City) -> None:
    busy(office)
    for name in every_page(phone, office):
        assert violations(phone, AXE) == [], name
        # A box or a dot is tapped by the whole row that it stands in.
        assert [one for one in small_targets(phone) if "<input" not in one or "hidden" in one] == [], name
        for width in (390, 320):
            phone.set_viewport_size({"width": width, "height": 844})
            assert width_needed(phone) == width, name


@pytest.mark.parametrize("desk", ["light", "dark"], indirect=True)
def test_every_page_is_for_every_eye_on_a_desk(desk: Page, office: City) -> None:
    busy(office)
    for name in every_page(desk, office):
        assert violations(desk, AXE) == [], name
        assert width_needed(desk) == 1280, name


def test_the_desk_reads_and_acts_without_scripts(browser: Browser, office: City) -> None:
    busy(office)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    comes_in(page, office, OFFICER)
    opens(page, office, f"/kasus/{NUMBER}")

    page.get_by_role("button", name="Terima", exact=True).click()
    page.get_by_text("Tulis catatan").click()
    page.get_by_label("Catatan", exact=True).fill("alat berat datang besok")
    page.get_by_role("button", name="Simpan catatan").click()

    expect(page.get_by_text("alat berat datang besok")).to_be_visible()
    context.close()
