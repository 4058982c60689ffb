"""Where photos are fetched from, and where a stranger's link cannot lead us."""

import asyncio
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from app.media.addresses import Allowed, NotAllowed, Resolve, is_public, system_resolve
from app.media.fetch import Fetcher, Gone, TooLarge, Troubled
from tests.app.media.drawn import photo

pytestmark = pytest.mark.anyio

LINK = "https://scontent.xx.fbcdn.net/v/t1/photo.jpg?oh=signed&oe=6543"
PUBLIC = "157.240.1.1"
ALLOWED = Allowed.read("fbcdn.net, fbsbx.com, facebook.com,cdninstagram.com")
Answers = Callable[[httpx.Request], httpx.Response]


def found_at(*addresses: str) -> Resolve:
    async def resolve(host: str, port: int) -> list[str]:
        del host, port
        return list(addresses)

    return resolve


def fetcher(
    answers: Answers, *, resolve: Resolve | None = None, allowed: Allowed = ALLOWED, **limits: float
) -> Fetcher:
    client = httpx.AsyncClient(transport=httpx.MockTransport(answers), trust_env=False)
    return Fetcher(client=client, allowed=allowed, resolve=resolve or found_at(PUBLIC), **limits)  # type: ignore[arg-type]


async def given(content: bytes) -> AsyncIterator[bytes]:
    """As it comes over a line: piece by piece, and once."""
    for at in range(0, len(content), 1000):
        yield content[at : at + 1000]


def nobody_is_asked(request: httpx.Request) -> httpx.Response:
    raise AssertionError(f"{request.url} was asked")


async def test_a_photo_comes_from_the_address_that_was_checked_under_its_own_name() -> None:
    asked: list[httpx.Request] = []

    def cdn(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=given(photo()))

    assert await fetcher(cdn).fetch(LINK) == photo()
    assert asked[0].url.host == PUBLIC
    assert asked[0].url.query == b"oh=signed&oe=6543"
    assert asked[0].headers["host"] == "scontent.xx.fbcdn.net"
    assert asked[0].extensions["sni_hostname"] == "scontent.xx.fbcdn.net"


@pytest.mark.parametrize(
    "link",
    [
        "http://scontent.xx.fbcdn.net/photo.jpg",
        "https://example.com/photo.jpg",
        "https://fbcdn.net.example.com/photo.jpg",
        "https://evilfbcdn.net/photo.jpg",
        "https://example.com/fbcdn.net",
        "https://fbcdn.net@example.com/photo.jpg",
        "https://user:word@scontent.fbcdn.net/photo.jpg",
        "https://scontent.fbcdn.net:8443/photo.jpg",
        "https://127.0.0.1/photo.jpg",
        "https://[::1]/photo.jpg",
        "https://169.254.169.254/latest/meta-data",
        "http://localhost:8000/pretend/photos/lubang.jpg",
        "file:///etc/passwd",
        "gopher://fbcdn.net/x",
        "//fbcdn.net/photo.jpg",
        "https:///photo.jpg",
        "not a link",
        "",
        "https://fbcdn.net\\@example.com/",
        "https://exa mple.com:99999999/",
    ],
)
async def test_a_link_to_elsewhere_is_not_followed(link: str) -> None:
    with pytest.raises(NotAllowed):
        await fetcher(nobody_is_asked).fetch(link)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1",  # noqa: S104
     "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "ff02::1"],
)  # fmt: skip
async def test_a_name_that_leads_into_our_own_net_is_not_followed(address: str) -> None:
    assert not is_public(address)
    # One private address among public ones is enough: which of them is dialled is chance.
    for found in ([address], [PUBLIC, address]):
        with pytest.raises(NotAllowed, match="private address"):
            await fetcher(nobody_is_asked, resolve=found_at(*found)).fetch(LINK)


@pytest.mark.parametrize("address", [PUBLIC, "2a03:2880:f003::1", "8.8.8.8"])
def test_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1/photo.jpg",
        "https://127.0.0.1/photo.jpg",
        "https://internal.example.com/",
        "http://scontent.fbcdn.net/photo.jpg",
        "//localhost/photo.jpg",
    ],
)
async def test_a_redirect_to_elsewhere_is_not_followed(where: str) -> None:
    def cdn(request: httpx.Request) -> httpx.Response:
        assert request.url.host == PUBLIC
        return httpx.Response(302, headers={"location": where})

    with pytest.raises(NotAllowed):
        await fetcher(cdn).fetch(LINK)


async def test_a_redirect_within_the_list_is_followed_and_its_name_is_resolved_too() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        del port
        return [{"lookaside.fbsbx.com": PUBLIC}.get(host, "10.0.0.1")]

    def cdn(request: httpx.Request) -> httpx.Response:
        there = request.headers["host"] == "lookaside.fbsbx.com"
        return (
            httpx.Response(302, headers={"location": "https://inside.fbcdn.net/"})
            if there
            else httpx.Response(200)
        )

    with pytest.raises(NotAllowed, match="private address"):
        await fetcher(cdn, resolve=resolve).fetch("https://lookaside.fbsbx.com/photo")


async def test_redirects_have_an_end() -> None:
    def round_and_round(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": str(request.url.copy_with(host="a.fbcdn.net"))})

    with pytest.raises(NotAllowed, match="too many redirects"):
        await fetcher(round_and_round).fetch(LINK)


async def test_a_stream_that_does_not_end_is_cut() -> None:
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while True:
            given += 64
            yield bytes(64)

    with pytest.raises(TooLarge):
        await fetcher(lambda _: httpx.Response(200, content=endless()), most_bytes=1024).fetch(LINK)
    assert given <= 1024 + 64


async def test_what_says_that_it_is_too_large_is_not_even_read() -> None:
    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError("read")
        yield b""

    headers = {"content-length": str(16 * 1024 * 1024)}
    with pytest.raises(TooLarge):
        await fetcher(lambda _: httpx.Response(200, content=unread(), headers=headers)).fetch(LINK)


async def test_what_comes_packed_is_not_unpacked() -> None:
    headers = {"content-encoding": "gzip"}
    with pytest.raises(NotAllowed, match="packed"):
        await fetcher(lambda _: httpx.Response(200, content=b"", headers=headers)).fetch(LINK)


@pytest.mark.parametrize("status", [400, 403, 404, 410])
async def test_an_expired_link_is_gone(status: int) -> None:
    with pytest.raises(Gone, match=str(status)):
        await fetcher(lambda _: httpx.Response(status, content=b"URL signature expired")).fetch(LINK)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_server_in_trouble_is_asked_again_later(status: int) -> None:
    with pytest.raises(Troubled, match=str(status)):
        await fetcher(lambda _: httpx.Response(status)).fetch(LINK)


async def test_a_drip_of_bytes_has_a_time_limit_and_no_error_holds_the_link() -> None:
    async def drip() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0.01)
            yield b"x"

    with pytest.raises(Troubled) as told:
        await fetcher(lambda _: httpx.Response(200, content=drip()), whole_time=0.1).fetch(LINK)
    assert "signed" not in repr((told.value, told.value.__context__, told.value.__cause__))


async def test_a_name_that_nobody_knows_is_tried_again_later() -> None:
    async def unknown(host: str, port: int) -> list[str]:
        raise OSError(f"{host}:{port}")

    with pytest.raises(Troubled):
        await fetcher(nobody_is_asked, resolve=unknown).fetch(LINK)


async def test_a_connection_that_ends_elsewhere_is_dropped() -> None:
    """Whatever stands between us and the address that was checked."""

    class Elsewhere:
        def get_extra_info(self, name: str) -> object:
            assert name == "server_addr"
            return ("127.0.0.1", 443)

    def diverted(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=photo(), extensions={"network_stream": Elsewhere()})

    with pytest.raises(NotAllowed, match="elsewhere"):
        await fetcher(diverted).fetch(LINK)


async def test_a_demo_may_fetch_from_its_own_port_and_from_no_other() -> None:
    demo = Allowed.read("http://127.0.0.1:8000,http://localhost:8000")

    def here(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=given(request.url.host.encode()))

    own = fetcher(here, allowed=demo)
    assert await own.fetch("http://localhost:8000/pretend/photos/lubang.jpg") == b"localhost"
    for link in ("http://127.0.0.1:8001/", "http://127.0.0.1/", "https://127.0.0.1:8000/", LINK):
        with pytest.raises(NotAllowed):
            await own.fetch(link)


async def test_the_systems_resolver_finds_this_machine_and_is_not_believed() -> None:
    found = await system_resolve("localhost", 443)

    assert found
    assert not any(map(is_public, found))
