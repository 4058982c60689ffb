"""One photo over the line: checked at every hop, tied to the address that was checked, bounded in bytes and time."""

import asyncio
from dataclasses import dataclass

import httpx

from app.media.addresses import Allowed, NotAllowed, Resolve, public_addresses, system_resolve

MOST_BYTES = 15 * 1024 * 1024
MOST_HOPS = 3
WHOLE_TIME = 30.0
TIMEOUT = httpx.Timeout(10.0, connect=5.0)
# Told plainly, and never packed: what unpacks to more than the cap would have to be unpacked to be counted.
_HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity", "User-Agent": "pekanbaru-smart"}


class TooLarge(Exception):
    """More bytes than we take."""


class Gone(Exception):
    """The link has expired, or what it led to was deleted: trying again does not help."""


class Troubled(Exception):
    """It may work later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """``client`` must not use a proxy: its connections are tied to the addresses that were checked."""

    client: httpx.AsyncClient
    allowed: Allowed
    resolve: Resolve = system_resolve
    most_bytes: int = MOST_BYTES
    whole_time: float = WHOLE_TIME

    async def fetch(self, link: str) -> bytes:
        """The bytes behind a link. Raises NotAllowed, TooLarge, Gone or Troubled; none of them holds the link."""
        failure: Exception
        try:
            async with asyncio.timeout(self.whole_time):
                return await self._follow(httpx.URL(link))
        except httpx.InvalidURL:
            failure = NotAllowed("the link cannot be read")
        except (httpx.HTTPError, TimeoutError, OSError) as error:
            failure = Troubled(type(error).__name__)
        # Raised out here: as its context httpx's error would carry the signed link.
        raise failure

    async def _follow(self, url: httpx.URL) -> bytes:
        for _ in range(MOST_HOPS + 1):
            answer = await self._one_hop(url)
            if isinstance(answer, bytes):
                return answer
            url = answer
        raise NotAllowed("too many redirects")

    async def _one_hop(self, url: httpx.URL) -> bytes | httpx.URL:
        """The bytes, or where to go on."""
        self.allowed.check(url)
        address = await self._address(url)
        request = self._request(url, address)
        response = await self.client.send(request, stream=True, follow_redirects=False)
        try:
            _check_peer(response, address)
            if response.has_redirect_location:
                return url.join(response.headers["location"])
            _check_status(response)
            return await self._read(response)
        finally:
            await response.aclose()

    async def _address(self, url: httpx.URL) -> str | None:
        """Where the connection has to go, None where the demo's own origin may be anywhere."""
        if self.allowed.is_origin(url):
            return None
        return (await public_addresses(url.host, 443, self.resolve))[0]

    def _request(self, url: httpx.URL, address: str | None) -> httpx.Request:
        """A name could be resolved to another address between check and connect, so the address itself is asked;
        the name stays in Host and in TLS, whose certificate is checked against it.
        """
        if address is None:
            return self.client.build_request("GET", url, headers=_HEADERS, timeout=TIMEOUT)
        headers = _HEADERS | {"Host": url.netloc.decode("ascii")}
        tied = url.copy_with(host=address)
        extensions = {"sni_hostname": url.raw_host.decode("ascii")}
        return self.client.build_request("GET", tied, headers=headers, timeout=TIMEOUT, extensions=extensions)

    async def _read(self, response: httpx.Response) -> bytes:
        declared = response.headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > self.most_bytes:
            raise TooLarge(f"more than {self.most_bytes // 1024**2} MiB")
        got = bytearray()
        async for chunk in response.aiter_raw():
            got += chunk
            if len(got) > self.most_bytes:
                raise TooLarge(f"more than {self.most_bytes // 1024**2} MiB")
        return bytes(got)


def _check_peer(response: httpx.Response, address: str | None) -> None:
    """The other end is the one that was checked, whatever stands between."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if address is not None and peer is not None and peer[0] != address:
        raise NotAllowed("the connection went elsewhere")


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status == 429 or status >= 500:
        raise Troubled(f"HTTP {status}")
    if status != 200:
        raise Gone(f"HTTP {status}")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise NotAllowed("the answer is packed")
