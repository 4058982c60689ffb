"""Danger first; and what is not the city's is told kindly, with the right address."""

from tests.scenarios.story import Story, scenario


@scenario(69)
def test_a_fire_names_112_first_and_alerts_without_a_question(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("kebakaran rumah di jalan pemuda, ada orang terjebak!!")
    assert siti.reads(story.number, "Damkar").startswith("Segera telepon 112")
    assert story.case()["emergency"] is True


@scenario(70)
def test_a_fire_without_a_place_is_alerted_all_the_same(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("tolong!! rumah tetangga kebakaran")
    assert siti.reads(story.number, "tulis lokasinya").startswith("Segera telepon 112")
    siti.writes("di jalan lokomotif dekat masjid pak")
    story.card_shows("DPKP", "jalan lokomotif")


@scenario(71)
def test_a_cable_in_the_water_is_plns_and_names_112_first(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("tolong pak ada kabel listrik putus kena air banjir di jalan kopan, anak-anak main di situ")
    assert siti.reads("PLN").startswith("Segera telepon 112")


@scenario(72)
def test_a_power_cut_is_plns(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("mati lampu terus di rumah kami di kulim pak")
    siti.reads("PLN 123", story.number)
    assert story.case()["state"] == "bukan_kewenangan"
    siti.writes("salah pak")
    siti.reads("Petugas Humas", story.number)


@scenario(73)
def test_a_stolen_motorbike_is_for_the_police(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("motor saya dicuri di jalan arengka tadi malam")
    siti.reads("polisi", "110")


@scenario(74)
def test_an_inactive_bpjs_is_for_bpjs(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("bpjs saya tidak aktif padahal bayar terus")
    siti.reads("BPJS 165")


@scenario(75)
def test_a_road_in_kampar_is_the_neighbours(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("jalan rusak di siak hulu kampar pak")
    siti.reads("kabupaten tetangga")


@scenario(76)
def test_a_provincial_road_goes_to_public_works_who_coordinate(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lubang besar di jl arifin ahmad bahaya kali")
    siti.reads("Dinas PUPR", "Kewenangannya pada Pemprov Riau")


@scenario(77)
def test_how_a_report_to_another_owner_stands(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("mati lampu lagi di rumah kami di jalan durian")
    siti.writes("laporan saya gimana?")
    siti.reads("PLN", "di luar kewenangan Pemko")


@scenario(78)
def test_a_matter_that_nobody_is_named_for_goes_to_a_person(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("tolong pak urusan kami di jalan nilam ini tidak beres")
    siti.taps("Lainnya")
    siti.reads("Petugas Humas", story.number)
    assert story.case()["state"] == "perlu_verifikasi"
