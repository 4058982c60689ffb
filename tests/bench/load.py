"""Posts as fast as a door answers: connections that each wait for an answer before the next POST.

`python -m tests.bench.load PORT POSTS CONNECTIONS` prints one JSON line. It is a process of its own, and as light
as can be, since it shares the machine with what it measures.
"""

import asyncio
import itertools
import json
import secrets
import sys
import time
from collections.abc import Iterator
from typing import cast

import uvloop

from tests.posts import NOON, after, body_of, signed, wrote

HEAD = (
    "POST /webhook/facebook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    "X-Hub-Signature-256: {signature}\r\nContent-Length: {length}\r\n\r\n"
)


def requests(posts: int) -> list[bytes]:
    """Distinct and signed before anything is measured, each by one of a thousand citizens."""
    run = secrets.token_hex(6)
    bodies = (
        body_of(
            wrote(
                f"{7_000_000_000_000_000 + number % 1000}",
                "Sampah menumpuk di Jalan Rajawali sudah seminggu tidak diangkut, tolong segera",
                mid=f"m_{run}{number:08d}" + "x" * 60,
                at=after(number / 1000) if number else NOON,
            )
        )
        for number in range(posts)
    )
    return [_request(body) for body in bodies]


def _request(body: bytes) -> bytes:
    signature = signed(body)["X-Hub-Signature-256"]
    return HEAD.format(signature=signature, length=len(body)).encode() + body


class Connection(asyncio.Protocol):
    """One connection: takes the next request as soon as the last was answered."""

    def __init__(self, left: Iterator[bytes], took: list[float], refused: list[bytes]) -> None:
        self._left, self._took, self._refused = left, took, refused
        self._heard, self._sent_at = b"", 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own is no subclass

    def begin(self) -> None:
        request = next(self._left, None)
        if request is None:
            self._transport.close()
            self.done.set_result(None)
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        # Both doors answer with an empty body, so the head is all there is.
        self._heard += data
        if self._heard.endswith(b"\r\n\r\n"):
            self._took.append(time.perf_counter() - self._sent_at)
            if not self._heard.startswith(b"HTTP/1.1 200"):
                self._refused.append(self._heard)
            self._heard = b""
            self.begin()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the door closed"))


async def load(port: int, posts: int, connections: int) -> dict[str, float]:
    left, took, refused = iter(requests(posts)), list[float](), list[bytes]()
    loop = asyncio.get_running_loop()
    made = [
        (await loop.create_connection(lambda: Connection(left, took, refused), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    begun = time.perf_counter()
    for connection in made:
        connection.begin()
    await asyncio.gather(*(connection.done for connection in made))
    seconds = time.perf_counter() - begun
    assert not refused, refused[:1]
    took.sort()
    return {
        "per_second": posts / seconds,
        "p50_ms": took[len(took) // 2] * 1000,
        "p99_ms": took[int(len(took) * 0.99)] * 1000,
    }


if __name__ == "__main__":
    port, posts, connections = itertools.islice(map(int, sys.argv[1:]), 3)
    print(json.dumps(uvloop.run(load(port, posts, connections))))
