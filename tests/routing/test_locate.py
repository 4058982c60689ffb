"""Where: streets, gangs, wards, old names, map links; and what is not a place."""

import pytest

from app.knowledge import Knowledge
from models.domain.place import NOWHERE, Place
from routing.locate import locate, place_at
from routing.normalise import read_words


def where(text: str, knowledge: Knowledge) -> Place:
    return locate(read_words(text, knowledge.rules.spelling), knowledge.gazetteer).place


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("di Jl.A.Yani macet", "Jalan Ahmad Yani"),
        ("arengka macet", "Jalan Soekarno Hatta"),
        ("jln arengka 2", "Jalan SM Amin"),
        ("nangka ujung kena banjir", "Jalan Tuanku Tambusai"),
        ("harapanraya gelap", "Jalan Imam Munandar"),
        ("jl hrapan raya", "Jalan Imam Munandar"),
        ("jalan Soebrantas panam", "Jalan HR Soebrantas"),
        ("JL CIPTAKARYA", "Jalan Cipta Karya"),
        ("jl rajawalii", "Jalan Rajawali"),
        ("gg melati rt 2", "Gang Melati"),
        ("hangtuah ujung", "Jalan Hang Tuah Ujung"),
        ("jl kartma", "Jalan Kartama"),
        ("simpang garuda sakti", "Jalan Garuda Sakti"),
    ],
)
def test_a_street_is_found_however_it_is_spelt(text: str, street: str, knowledge: Knowledge) -> None:
    assert where(text, knowledge).street == street


@pytest.mark.parametrize(
    "text",
    [
        "pak wali tampan kali",
        "damai itu indah",
        "warga riau hebat",
        "air hitam dan bau dari kran",
        "bayar ke tirta siak tiap bulan",
        "bunga mawar melati semuanya indah",
        "jalan rusak parah",
        "jalan di depan rumah saya",
        "masuk sekolah jam 7",
    ],
)
def test_common_words_are_no_places(text: str, knowledge: Knowledge) -> None:
    assert where(text, knowledge) == NOWHERE


@pytest.mark.parametrize(
    ("text", "kelurahan", "kecamatan"),
    [
        ("kelurahan simpang baru", "Simpang Baru", "Bina Widya"),
        ("kel. Tampan", "Tampan", "Payung Sekaki"),
        ("di tabek gadang", "Tobek Godang", "Bina Widya"),
        ("kel sidomulyobarat", "Sidomulyo Barat", "Tuah Madani"),
        ("di kulim", None, "Kulim"),
        ("kec bukit raya", None, "Bukit Raya"),
        ("jl melati kel delima", "Delima", "Bina Widya"),
        ("https://maps.google.com/?q=0.4761,101.3814", "Simpang Baru", "Bina Widya"),
        ("https://www.google.com/maps/@0.4761,101.3814,17z", "Simpang Baru", "Bina Widya"),
        ("pasar pagi arengka", "Sidomulyo Timur", "Marpoyan Damai"),
        ("Delima", "Delima", "Bina Widya"),
        ("Kulim", None, "Kulim"),
        ("rt 4 rw 2 tuah karya", "Tuah Karya", "Tuah Madani"),
    ],
)
def test_the_ward_is_settled(text: str, kelurahan: str | None, kecamatan: str, knowledge: Knowledge) -> None:
    place = where(text, knowledge)

    assert (place.kelurahan, place.kecamatan, place.in_city) == (kelurahan, kecamatan, True)
    assert place.kecamatan_candidates == (kecamatan,)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("di kec tampan", {"Bina Widya", "Tuah Madani", "Payung Sekaki"}),
        ("rumbai", {"Rumbai", "Rumbai Barat", "Rumbai Timur"}),
        ("rumbai pesisir", {"Rumbai", "Rumbai Timur"}),
        ("tangkerang", {"Marpoyan Damai", "Bukit Raya", "Tenayan Raya"}),
    ],
)
def test_old_and_shared_names_give_candidates(text: str, candidates: set[str], knowledge: Knowledge) -> None:
    place = where(text, knowledge)

    assert (set(place.kecamatan_candidates), place.kecamatan) == (candidates, None)
    assert not place.is_known


def test_a_name_in_several_kecamatan_is_not_guessed(knowledge: Knowledge) -> None:
    place = where("jl melati", knowledge)

    assert place.ambiguous
    assert not place.is_known
    assert len(place.kecamatan_candidates) > 1


def test_one_long_street_is_not_ambiguous(knowledge: Knowledge) -> None:
    place = where("jl sudirman", knowledge)

    assert place.is_known
    assert (place.kelurahan, place.kecamatan) == (None, None)


@pytest.mark.parametrize("text", ["di pandau jaya", "Pasir Putih Kampar", "kabupaten siak", "di dumai"])
def test_places_outside_the_city_are_recognised(text: str, knowledge: Knowledge) -> None:
    assert where(text, knowledge).in_city is False


def test_rt_and_rw_are_read(knowledge: Knowledge) -> None:
    place = where("rt 003/rw.05 kel delima", knowledge)

    assert (place.rt, place.rw) == ("3", "5")


def test_rt_and_rw_said_together_are_read(knowledge: Knowledge) -> None:
    place = where("RT/RW 03/05", knowledge)

    assert (place.rt, place.rw) == ("3", "5")


def test_a_new_street_is_kept_as_written(knowledge: Knowledge) -> None:
    place = where("jl. Zamzam Barokah rusak", knowledge)

    assert place.street == "Jalan Zamzam Barokah"
    assert place.confidence < 0.5


@pytest.mark.parametrize(
    ("lat", "lon", "in_city"),
    [(0.5330, 101.4450, True), (0.3359, 101.0253, False), (1.6692, 101.4478, False)],
)
def test_a_pin_lies_in_the_city_or_not(lat: float, lon: float, in_city: bool, knowledge: Knowledge) -> None:  # noqa: FBT001
    assert place_at(lat, lon, knowledge.gazetteer).in_city is in_city


def test_every_centre_of_a_ward_lies_in_that_ward(knowledge: Knowledge) -> None:
    wards = knowledge.gazetteer.wards

    assert len(wards) == 83
    assert {w.kelurahan for w in wards} == {
        k.name for found in knowledge.gazetteer.kelurahan.by_forms.values() for k in found
    }
