"""What the page shows, read as HTML: it must stand without a script, and say nothing a stranger slipped in."""

import re

import anyio
import httpx
import pytest

from app.pretend import PretendConfig, PretendDesk, create_pretend
from app.pretend.rich_text import linked, telegram_html
from tests.pretend.conftest import GROUP, Facebook

pytestmark = pytest.mark.anyio

RINA, HENDRA = "7001000000000001", "7001000000000002"


async def page(facebook: Facebook, **shown: str) -> str:
    answer = await facebook.client.get("", params=shown)
    assert answer.status_code == 200
    return answer.text


async def test_the_page_stands_at_its_bare_path_with_a_strict_policy(facebook: Facebook) -> None:
    answer = await facebook.client.get("http://facebook/pretend")

    assert 'lang="id"' in answer.text
    assert "script-src 'self'; style-src 'self'" in answer.headers["content-security-policy"]
    assert re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", answer.text) is None


async def test_every_file_the_page_names_is_served(facebook: Facebook) -> None:
    html = await page(facebook)

    for address in set(re.findall(r'(?:href|src)="(/pretend/static/[^"]+)"', html)):
        assert (await facebook.client.get(f"http://facebook{address}")).status_code == 200, address


async def test_each_citizen_has_a_thread_of_their_own(facebook: Facebook) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="Parit tersumbat sekali")

    assert "Parit tersumbat sekali" in await page(facebook, citizen=RINA)
    assert "Parit tersumbat sekali" not in await page(facebook, citizen=HENDRA)


async def test_what_people_write_is_never_html(facebook: Facebook) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="<img src=x onerror=alert(1)>")
    await facebook.comment("<script>alert(2)</script>", psid=RINA)
    await facebook.telegram(
        "sendMessage", chat_id=GROUP.chat_id, text="<u onclick=a>x</u>", parse_mode="HTML"
    )

    thread, wall = await page(facebook), await page(facebook, screen="wall")

    assert "<img src=x" not in thread
    assert "<script>alert" not in wall
    assert "<u>x</u>" in thread


async def test_quick_replies_can_be_tapped_as_a_plain_form(facebook: Facebook) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="Halo")
    replies = [{"content_type": "text", "title": "Ubah lokasi", "payload": "v1:place"}]
    await facebook.send(RINA, message={"text": "Benar?", "quick_replies": replies})

    assert 'value="v1:place">Ubah lokasi</button>' in await page(facebook)
    answer = await facebook.client.post(
        f"/citizens/{RINA}/quick-replies", data={"payload": "v1:place"}, headers={"referer": "/pretend"}
    )

    assert (answer.status_code, answer.headers["location"]) == (303, "/pretend")
    assert "Ubah lokasi</button>" not in await page(facebook)


async def test_a_stranger_presses_as_a_stranger(facebook: Facebook) -> None:
    keys = {"inline_keyboard": [[{"text": "Terima", "callback_data": "a"}]]}
    await facebook.telegram("sendMessage", chat_id=GROUP.chat_id, text="Parit", reply_markup=keys)

    assert 'name="as_stranger"' not in await page(facebook)
    assert 'name="as_stranger"' in await page(facebook, presser="stranger")


async def test_the_stream_tells_of_each_change(facebook: Facebook) -> None:
    app = facebook.client._transport.app  # type: ignore[attr-defined]
    ending = anyio.Event()
    revisions = app.state.stage.live.revisions(ending)
    before = await anext(revisions)

    await facebook.act(f"/citizens/{RINA}/messages", text="Halo")

    with anyio.fail_after(1):
        assert await anext(revisions) > before
        ending.set()
        assert [one async for one in revisions] == []


async def test_the_mayor_signs_in_once_and_his_list_is_shown_as_it_is() -> None:
    asked: list[tuple[str, str, str | None]] = []

    def desk(request: httpx.Request) -> httpx.Response:
        asked.append((request.method, request.url.path, request.headers.get("cookie")))
        signed_in = {"set-cookie": "__Host-sid=abc; Secure; HttpOnly; Path=/", "location": "/"}
        answers = {
            "POST": httpx.Response(303, headers=signed_in),
            "GET": httpx.Response(200, text="<p class='card'>PKU-7F3K9</p>"),
        }
        return answers[request.method]

    config = PretendConfig(
        app_secret="s",
        page_id="1",
        page_token="t",
        webhook_url="http://service/webhook",
        desk_url="http://service",
        desks=(PretendDesk(key="wali", label="Wali kota"),),
        invite_to_desk=lambda key, _at: f"/masuk/{key}-once",
    )
    app = create_pretend(config, httpx.MockTransport(desk))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://facebook/pretend"
    ) as client:
        pages = [(await client.get("/columns/mayor")).text for _ in range(2)]

    assert all("<p class='card'>PKU-7F3K9</p>" in one for one in pages)
    cookie = "__Host-sid=abc"
    assert asked == [("POST", "/masuk/wali-once", None), ("GET", "/", cookie), ("GET", "/", cookie)]


async def test_without_a_desk_the_mayors_column_is_quiet(facebook: Facebook) -> None:
    answer = await facebook.client.get("/columns/mayor")

    assert answer.status_code == 200
    assert "Daftar laporan muncul di sini" in answer.text


TEXTS = {
    "Lihat https://pku.example/l/A.": 'Lihat <a href="https://pku.example/l/A" target="_blank" '
    'rel="noopener">pku.example/l/A</a>.',
    "a < b & c": "a &lt; b &amp; c",
    "javascript:alert(1)": "javascript:alert(1)",
}


@pytest.mark.parametrize(("text", "html"), TEXTS.items())
def test_addresses_in_a_text_become_links_and_nothing_else(text: str, html: str) -> None:
    assert str(linked(text)) == html


TELEGRAM = {
    "<b>Parit</b>": "<b>Parit</b>",
    "<b>Parit": "<b>Parit</b>",
    '<a href="javascript:x">y</a>': "y",
    "<script>x</script>": "x",
    "&lt;b&gt;": "&lt;b&gt;",
}


@pytest.mark.parametrize(("text", "html"), TELEGRAM.items())
def test_of_telegrams_tags_only_the_harmless_are_kept(text: str, html: str) -> None:
    assert str(telegram_html(text, "HTML")) == html
