"""Where a photo may be fetched from. A link in a message is a stranger's wish: it must not lead us into our own net."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

import httpx

#: A name and a port -> the addresses behind it, best first. Raises OSError.
Resolve = Callable[[str, int], Awaitable[list[str]]]


class NotAllowed(Exception):
    """The link leads to where we do not fetch from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """``suffixes``: hosts and all below them, over https. ``origins``: exact ones of a demo on this very machine,
    which alone may be private and without TLS.
    """

    suffixes: tuple[str, ...]
    origins: frozenset[str] = frozenset()

    @classmethod
    def read(cls, listed: str) -> Self:
        """From MEDIA_HOSTS: names and ``http://host:port`` origins, with commas between."""
        entries = [entry.strip().lower().rstrip("/") for entry in listed.split(",") if entry.strip()]
        return cls(
            suffixes=tuple(entry.strip(".") for entry in entries if "://" not in entry),
            origins=frozenset(entry for entry in entries if "://" in entry),
        )

    def is_origin(self, url: httpx.URL) -> bool:
        port = f":{url.port}" if url.port is not None else ""
        return f"{url.scheme}://{url.host}{port}" in self.origins

    def check(self, url: httpx.URL) -> None:
        """Raises NotAllowed. It is asked for every hop."""
        if self.is_origin(url):
            return
        if url.scheme != "https":
            raise NotAllowed("only https links are followed")
        if url.userinfo or url.port not in {None, 443}:
            raise NotAllowed("a link with a user name or a port of its own")
        host = url.host.rstrip(".")
        if not any(host == suffix or host.endswith(f".{suffix}") for suffix in self.suffixes):
            raise NotAllowed("the link leads to a host that is not on the list")


async def system_resolve(host: str, port: int) -> list[str]:
    """What this machine's resolver says."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def public_addresses(host: str, port: int, resolve: Resolve) -> list[str]:
    """The addresses behind a name when each of them is on the open internet. Raises NotAllowed, OSError."""
    found = await resolve(host, port)
    if not found:
        raise OSError("no address")
    if not all(map(is_public, found)):
        raise NotAllowed("the link leads to a private address")
    return found


def is_public(address: str) -> bool:
    """Not private, loopback, link-local, multicast, nor any of these in an IPv6 disguise."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        # 64:ff9b::/96 is how an IPv6-only network writes an IPv4 address.
        inner = inner or (ipaddress.IPv4Address(ip.packed[12:]) if ip in _NAT64 else None)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
