"""A newcomer at the pretend page: from the citizen's first word to the end, live, on a phone and on a desk."""

import re
import time

from playwright.sync_api import Page, Route, expect

from tests.browser.screens import PATIENCE, Desk
from tests.city import City

RAJAWALI = "Pak Wali, TPS di Jalan Rajawali sudah seminggu sampahnya menumpuk dan bau"


def test_a_complaint_is_followed_to_its_end_without_loading_the_page_again(screen: Desk) -> None:
    screen.writes(RAJAWALI)
    number = screen.gets_a_number()
    screen.sees_a_card(number, "Jalan Rajawali")
    screen.the_mayor_sees(number, "DLHK")

    screen.presses("Terima")
    screen.hears("sudah diterima petugas DLHK")
    screen.presses("Mulai")
    screen.hears("sedang dikerjakan")
    screen.the_mayor_sees(number, "Sedang dikerjakan")
    screen.presses("Selesai")
    screen.hears("Apakah masalahnya sudah teratasi?")
    screen.the_mayor_sees(number, "Selesai")
    screen.taps("Sudah")
    screen.hears("kami tutup")

    assert screen.loaded_at() == screen.loaded


def test_one_tap_on_an_example_is_enough_to_begin(screen: Desk, city: City) -> None:
    screen.taps("Sampah Jl. Rajawali")

    number = screen.gets_a_number()
    screen.sees_a_card(number)
    assert city.case()["opd"] == "DLHK"


def test_a_comment_gets_its_number_in_public_and_the_rest_in_private(screen: Desk) -> None:
    screen.comments("min lampu jalan di jalan durian mati semua, gelap kali")

    expect(screen.wall).to_contain_text(re.compile("Pekanbaru Smart.*PKU-", re.DOTALL), timeout=PATIENCE)
    expect(screen.wall.get_by_text("Halaman", exact=True)).to_be_visible()
    screen.page.get_by_role("link", name="Pesan", exact=True).click()
    screen.hears("Membalas komentar Anda")
    screen.hears("Jalan Durian")
    screen.sees_a_card("Jalan Durian")


def test_a_strangers_press_shows_a_word_and_moves_nothing(screen: Desk, city: City) -> None:
    screen.writes(RAJAWALI)
    number = screen.gets_a_number()
    screen.turns_to("groups")
    screen.page.get_by_role("link", name="Orang luar").click()
    expect(screen.page.get_by_text("Tombol ditekan oleh orang luar")).to_be_visible()

    screen.presses("Terima")

    toast = screen.page.locator("#groups .toast")
    expect(toast).to_contain_text("belum terdaftar", timeout=PATIENCE)
    screen.sees_a_card(number)
    expect(screen.chat.get_by_role("button", name="Terima", exact=True)).to_be_visible()
    assert city.case()["state"] == "diteruskan"


def test_the_newest_chat_opens_and_another_can_be_opened_beside_it(screen: Desk) -> None:
    screen.writes(RAJAWALI)
    screen.sees_a_card("Jalan Rajawali")
    screen.writes("parit di jalan durian tersumbat, air meluap ke jalan tiap hujan")
    screen.sees_a_card("Jalan Durian")

    screen.page.get_by_role("link", name="DLHK Kebersihan").click()
    screen.sees_a_card("Jalan Rajawali")
    screen.presses("Terima")
    screen.sees_a_card("Diterima (Petugas DLHK)")


def test_a_photo_goes_with_the_words_that_were_written(screen: Desk) -> None:
    screen.page.get_by_label("Tulis pesan").fill(RAJAWALI)
    screen.page.get_by_role("button", name="Kirim foto contoh").click()
    screen.page.get_by_role("button", name="Sampah di TPS").click()

    photo = screen.thread.get_by_role("img", name="Foto dari warga")
    expect(photo).to_be_visible()
    expect(photo).to_have_js_property("naturalWidth", 640)
    screen.gets_a_number()
    expect(screen.page.get_by_label("Tulis pesan")).to_have_value("")
    expect(screen.page.get_by_role("button", name="Sampah di TPS")).to_be_hidden()


def test_ones_comment_can_be_changed_and_removed_and_the_page_can_hide_it(screen: Desk) -> None:
    screen.comments("Mantap, jalan depan rumah sudah mulus. Terima kasih!")
    expect(screen.wall).to_contain_text("Mantap")

    screen.page.get_by_role("button", name="Ubah", exact=True).click()
    screen.page.get_by_label("Ubah komentar").fill("Alhamdulillah sudah mulus")
    screen.page.get_by_label("Ubah komentar").press("Enter")
    expect(screen.wall.locator(".remark__bubble").first).to_contain_text("Alhamdulillah sudah mulus")
    expect(screen.wall).to_contain_text("Diedit")

    screen.page.get_by_role("button", name="Sembunyikan sebagai halaman").click()
    expect(screen.wall).to_contain_text("Disembunyikan oleh halaman")
    screen.page.get_by_role("button", name="Tampilkan lagi sebagai halaman").click()
    expect(screen.wall).not_to_contain_text("Disembunyikan oleh halaman")

    screen.page.get_by_role("button", name="Hapus", exact=True).click()
    expect(screen.wall).not_to_contain_text("Alhamdulillah")


def test_what_is_being_written_and_an_open_sheet_outlive_the_news(screen: Desk, city: City) -> None:
    screen.page.get_by_label("Tulis pesan").fill("belum selesai saya tu")
    city.citizen("Siti").writes(RAJAWALI)
    screen.sees_a_card("Jalan Rajawali")
    screen.turns_to("citizen")
    expect(screen.page.get_by_label("Tulis pesan")).to_have_value("belum selesai saya tu")

    screen.turns_to("mayor")
    screen.page.get_by_role("button", name="Buka meja").click()
    city.group("DLHK").presses("Terima", city.case()["number"])
    city.settles()
    expect(screen.page.get_by_role("button", name="Humas", exact=True)).to_be_visible()


def test_a_skipped_day_closes_messengers_window_and_the_page_says_so(screen: Desk) -> None:
    screen.writes("Assalamualaikum pak")
    screen.hears("Waalaikumsalam")
    expect(screen.page.get_by_text("Bot boleh menulis 24 jam lagi")).to_be_visible()

    screen.skips_a_day()

    expect(screen.page.get_by_text("Batas 24 jam lewat: bot menunggu warga menulis")).to_be_visible()


def test_the_page_lives_even_when_a_script_comes_late(city: City, desk: Page) -> None:
    def late(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    desk.route("**/hx-sse*", late)
    screen = Desk(page=desk, address=city.address)
    screen.opens()

    city.act("/citizens/7001000000000001/messages", text=RAJAWALI)

    screen.gets_a_number()


def test_a_tap_is_not_taken_back_by_news_that_were_on_their_way(screen: Desk, city: City) -> None:
    screen.page.get_by_role("link", name="Komentar").click()
    expect(screen.wall).to_be_visible()
    screen.page.evaluate(
        """() => {
            const quick = window.fetch;
            window.fetch = async (...asked) => {
                const answer = await quick(...asked);
                if (String(asked[0]).includes("screen=wall")) await new Promise((done) => setTimeout(done, 900));
                return answer;
            };
        }"""
    )

    with screen.page.expect_response("**/columns/citizen*screen=wall"):
        city.citizen("Siti")
    screen.page.get_by_role("link", name="Pesan", exact=True).click()
    expect(screen.thread).to_be_visible()
    screen.page.wait_for_timeout(1500)

    expect(screen.thread).to_be_visible()


def test_the_desk_opens_signed_in_beside_the_page(screen: Desk) -> None:
    screen.writes(RAJAWALI)
    number = screen.gets_a_number()
    screen.the_mayor_sees(number, "DLHK")

    screen.page.get_by_role("button", name="Buka meja").click()
    with screen.page.context.expect_page() as opening:
        screen.page.get_by_role("button", name="Wali kota", exact=True).click()
    opened = opening.value

    expect(opened.get_by_text(number)).to_be_visible(timeout=PATIENCE)
    assert screen.loaded_at() == screen.loaded


def test_a_card_of_the_mayors_leads_to_its_case_at_the_desk(screen: Desk) -> None:
    screen.writes(RAJAWALI)
    number = screen.gets_a_number()
    screen.the_mayor_sees(number, "DLHK")

    with screen.page.context.expect_page() as opening:
        screen.mayors_list.get_by_role("article").get_by_role("link").first.click()
    opened = opening.value

    expect(opened).to_have_url(f"{screen.address}/kasus/{number}", timeout=PATIENCE)
    expect(opened.get_by_text(number).first).to_be_visible()
    assert screen.loaded_at() == screen.loaded


def test_the_mayors_word_reaches_the_group_from_his_column(screen: Desk) -> None:
    screen.writes(RAJAWALI)
    number = screen.gets_a_number()
    screen.the_mayor_sees(number, "DLHK")

    screen.mayors_list.get_by_text("Beri arahan").click()
    screen.mayors_list.get_by_role("button", name="Mohon segera ditangani hari ini.").click()

    screen.sees_a_card("Mohon segera ditangani hari ini.")
    assert screen.loaded_at() == screen.loaded


def test_the_mayors_chips_narrow_his_list_where_it_stands(screen: Desk) -> None:
    screen.writes(RAJAWALI)
    number = screen.gets_a_number()
    screen.the_mayor_sees(number, "DLHK")

    screen.mayors_list.get_by_role("link", name="Darurat").click()
    expect(screen.mayors_list).not_to_contain_text(number)
    screen.mayors_list.get_by_role("link", name="Semua").click()

    screen.the_mayor_sees(number, "DLHK")
    assert screen.loaded_at() == screen.loaded
