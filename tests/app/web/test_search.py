"""Finding a case by number, word or street, and narrowing what is found."""

from datetime import timedelta

import pytest

from models.domain.case import CaseState
from models.domain.category import Category
from models.domain.place import Place
from tests.app.web.city import City

pytestmark = pytest.mark.anyio

DURIAN = Place(street="Jalan Durian", kelurahan="Labuh Baru Timur", kecamatan="Payung Sekaki")


def fill(city: City) -> None:
    city.forward("PKU-AAAAA")
    city.report("PKU-AAAAA", conversation="psid-1", text="TPS Meluber, 100% penuh")
    city.forward(
        "PKU-BBBBB", opd="PUPR", category=Category.DRAINASE_BANJIR, place=DURIAN, age=timedelta(days=9)
    )
    city.report("PKU-BBBBB", conversation="psid-2", text="parit tersumbat")
    city.forward("PKU-CCCCC", opd="DPKP", category=Category.KEBAKARAN, emergency=True)
    city.forward("PKU-DDDDD", due=timedelta(days=-1), age=timedelta(days=4))
    city.move("PKU-DDDDD", CaseState.DIPROSES)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", "DDDDD CCCCC BBBBB AAAAA"),
        ("q=pku-bbbbb", "BBBBB"),
        ("q=BBBBB", "BBBBB"),
        ("q=durian", "BBBBB"),
        ("q=meluber", "AAAAA"),
        ("q=parit+durian", "BBBBB"),
        ("q=parit+rajawali", ""),
        ("q=100%25", "AAAAA"),
        ("q=%25", "AAAAA"),
        ("q=_%27--", ""),
        ("opd=PUPR", "BBBBB"),
        ("kategori=kebakaran", "CCCCC"),
        ("kecamatan=Payung+Sekaki", "BBBBB"),
        ("status=diproses", "DDDDD"),
        ("hanya=lewat", "DDDDD"),
        ("hanya=darurat", "CCCCC"),
        ("hanya=baru&opd=DLHK", "AAAAA"),
        ("hanya=dikembalikan", ""),
        ("status=nonsense&kategori=nonsense&hanya=nonsense", "DDDDD CCCCC BBBBB AAAAA"),
        ("halaman=-3", "DDDDD CCCCC BBBBB AAAAA"),
        ("halaman=99999999999999999999", "DDDDD CCCCC BBBBB AAAAA"),
        ("q=%00", "DDDDD CCCCC BBBBB AAAAA"),
    ],
)
async def test_a_case_is_found_by_what_people_remember_of_it(
    city_on_either: City, asked: str, found: str
) -> None:
    city = city_on_either
    fill(city)

    page = await (await city.signed_in()).get(f"/kasus?{asked}")

    shown = [part[:5] for part in page.text.split('href="/kasus/PKU-')[1:]]
    assert page.status_code == 200
    assert shown == found.split()


async def test_fifty_stand_on_a_page_and_the_rest_on_the_next(city: City) -> None:
    letters = "ABCDEFGHJK"
    for first in letters[:6]:
        for second in letters:
            city.forward(f"PKU-{first}{second}AAA")
    mayor = await city.signed_in()

    first_page = await mayor.get("/kasus?opd=DLHK")
    assert first_page.text.count("<article") == 50
    assert 'href="/kasus?opd=DLHK&amp;halaman=2"' in first_page.text

    second_page = await mayor.get("/kasus?opd=DLHK&halaman=2")
    assert second_page.text.count("<article") == 10
    assert 'rel="prev"' in second_page.text
    assert 'rel="next"' not in second_page.text


async def test_an_agency_is_not_offered_to_choose_another(city: City) -> None:
    officer = await city.signed_in(role="opd_petugas", opd="DLHK")

    assert "Semua instansi" not in (await officer.get("/kasus")).text


@pytest.mark.parametrize(
    ("chip", "found"), [("lewat", "DDDDD"), ("darurat", "CCCCC"), ("baru", "CCCCC BBBBB AAAAA")]
)
async def test_the_mayors_chips_narrow_his_list(city_on_either: City, chip: str, found: str) -> None:
    city = city_on_either
    fill(city)

    page = await (await city.signed_in()).get(f"/?tampil={chip}")

    shown = {part[:5] for part in page.text.split('card__cover" href="/kasus/PKU-')[1:]}
    assert shown == set(found.split())
    assert f'hx-get="/?tampil={chip}"' in page.text
