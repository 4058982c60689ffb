"""An agency never comes to another's case: not by any address of the desk, and not by any query."""

import ast
import inspect
import pathlib

import pytest
from fastapi.routing import APIRoute

from app.web.desk import routes
from app.web.desk.deeds import Deed
from models.domain.case import CaseState
from models.domain.outgoing import Audience
from models.store import case_lists, case_views, triage_lists
from tests.app.web.city import City

pytestmark = pytest.mark.anyio

DESK = pathlib.Path(inspect.getfile(routes)).parent
#: Where no case is named in the address there is none to come to; what these show is tested below.
LISTS = {("GET", "/"), ("GET", "/kasus")}
#: For the triage team alone, whatever the case.
OF_THE_TEAM = {("GET", "/triase"), ("POST", "/triase/{word_id}/dibaca")}
#: Stores that have nothing to do with a person's cases, or take a case that was found by one of the others.
NOT_ABOUT_CASES = {"facts", "groups", "media", "outbox"}


def addresses() -> set[tuple[str, str]]:
    return {
        (method, route.path)
        for router in routes.routers
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }


async def visit(city: City, method: str, path: str, *, number: str) -> list[int]:
    """The address as an officer of DLHK asks for it; with every deed where it takes one."""
    browser = await city.signed_in(name="Budi", role="opd_petugas", opd="DLHK")
    filled = path.replace("{number}", number).replace("{word_id}", "1")
    form = {"version": str(city.version(number)), "text": "alasan", "opd": "PUPR", "into": "PKU-AAAAA"}
    answers = [
        await browser.request(method, filled.replace("{deed}", deed), data=form if method == "POST" else None)
        for deed in (Deed if "{deed}" in filled else ["-"])
    ]
    return [answer.status_code for answer in answers]


@pytest.mark.parametrize(("method", "path"), sorted(addresses() - LISTS - OF_THE_TEAM))
async def test_no_address_leads_to_another_agencys_case(city: City, method: str, path: str) -> None:
    """A new address without `{number}` has to be given its rule above."""
    assert "{number}" in path
    city.forward("PKU-BBBBB", opd="PUPR")
    before = city.history("PKU-BBBBB")

    assert set(await visit(city, method, path, number="PKU-BBBBB")) == {404}
    assert len(city.history("PKU-BBBBB")) == len(before)


@pytest.mark.parametrize(("method", "path"), sorted(OF_THE_TEAM))
async def test_what_is_the_triage_teams_is_no_agencys(city: City, method: str, path: str) -> None:
    city.forward("PKU-BBBBB", opd="PUPR")
    city.ask_triage("kapan kantor buka?")

    assert await visit(city, method, path, number="PKU-BBBBB") == [403]
    assert city.words(to=Audience.STAFF)[-1].handled_at is None


@pytest.mark.parametrize(("method", "path"), sorted(addresses() - LISTS))
async def test_a_stranger_is_shown_the_door_and_no_case(city: City, method: str, path: str) -> None:
    city.forward("PKU-AAAAA")
    filled = path.replace("{number}", "PKU-AAAAA").replace("{deed}", "terima").replace("{word_id}", "1")

    answer = await city.browser().request(method, filled)

    assert answer.status_code == 401
    assert "Rajawali" not in answer.text


@pytest.mark.parametrize(
    "asked", ["", "?q=rajawali", "?q=PKU-BBBBB", "?q=bau", "?opd=PUPR", "?status=diteruskan", "?hanya=baru"]
)
async def test_no_list_shows_another_agencys_case(city_on_either: City, asked: str) -> None:
    city = city_on_either
    city.forward("PKU-BBBBB", opd="PUPR")
    city.report("PKU-BBBBB", conversation="psid-1", text="bau sekali")
    officer = await city.signed_in(role="opd_petugas", opd="DLHK")

    for path in ("/", "/kasus"):
        page = await officer.get(path + asked)
        # The search box shows what was searched.
        assert "/kasus/PKU-BBBBB" not in page.text
        assert "Rajawali" not in page.text


async def test_an_agency_that_the_bot_only_guessed_does_not_see_the_case(city: City) -> None:
    city.forward("PKU-AAAAA", opd="DLHK")
    city.hand_to_triage("PKU-AAAAA")
    officer = await city.signed_in(role="opd_petugas", opd="DLHK")

    assert (await officer.get("/kasus/PKU-AAAAA")).status_code == 404
    assert "/kasus/PKU-AAAAA" not in (await officer.get("/kasus")).text


async def test_of_one_area_only_that_areas_case_opens(city: City) -> None:
    city.forward("PKU-AAAAA", opd="LPS", area="Sukajadi")
    city.forward("PKU-BBBBB", opd="LPS", area="Tampan")
    officer = await city.signed_in(role="opd_petugas", opd="LPS", area="Sukajadi")

    assert (await officer.get("/kasus/PKU-AAAAA")).status_code == 200
    assert (await officer.get("/kasus/PKU-BBBBB")).status_code == 404


async def test_a_redirected_case_leaves_its_first_agencys_desk(city: City) -> None:
    city.forward("PKU-AAAAA", opd="DLHK")
    city.move("PKU-AAAAA", CaseState.BUKAN_KEWENANGAN)
    officer = await city.signed_in(role="opd_petugas", opd="DLHK")
    assert (await officer.get("/kasus/PKU-AAAAA")).status_code == 200

    humas = await city.signed_in(name="Siti", role="humas")
    await humas.post(
        "/kasus/PKU-AAAAA/teruskan",
        data={"version": city.version("PKU-AAAAA"), "opd": "PUPR", "text": "jalan rusak"},
    )

    assert (await officer.get("/kasus/PKU-AAAAA")).status_code == 404


async def test_numbers_of_persons_are_not_found_by_an_agency_that_does_not_read_them(city: City) -> None:
    city.forward("PKU-AAAAA")
    city.report("PKU-AAAAA", conversation="psid-1", text="bau, hubungi 0812-3456-7890")
    officer = await city.signed_in(role="opd_petugas", opd="DLHK")
    humas = await city.signed_in(name="Siti", role="humas")

    assert "/kasus/PKU-AAAAA" in (await officer.get("/kasus?q=hubungi")).text
    assert "/kasus/PKU-AAAAA" not in (await officer.get("/kasus?q=0812")).text
    assert "/kasus/PKU-AAAAA" in (await humas.get("/kasus?q=0812")).text


def test_every_query_of_the_desk_asks_for_the_scope() -> None:
    stores = (case_lists, case_views, triage_lists)
    queries = [
        function
        for store in stores
        for name, function in inspect.getmembers(store, inspect.isfunction)
        if function.__module__ == store.__name__ and not name.startswith("_")
    ]

    assert len(queries) >= 15
    assert [one.__name__ for one in queries if "scope" not in inspect.signature(one).parameters] == []


def test_the_desk_asks_no_other_store_about_cases() -> None:
    asked = {
        alias.name
        for path in DESK.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "models.store"
        for alias in node.names
    }

    assert asked - NOT_ABOUT_CASES == {"case_lists", "case_views", "triage_lists"}
