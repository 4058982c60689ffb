"""One request over the line, and what it means when no answer comes back. No retries."""

import asyncio
import json
from collections.abc import Mapping
from typing import Final

import httpx

from bot.messenger.errors import MaybeSent, SendFailed, ServiceDown

TIMEOUT: Final = httpx.Timeout(15.0, connect=5.0, pool=5.0)

CALL_LIMIT: Final = 20.0
"""Seconds for a whole call: httpx's own limits begin anew with every byte of a slow answer.

Saying one word takes at most four calls, and the lease of a word must outlast them."""

NOT_WRITTEN: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
"""Failures before the first byte of a request went out; after any other one it may have arrived."""


async def exchange(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    *,
    query: Mapping[str, str],
    body: Mapping[str, object] | None,
    token: str | None = None,
    photo: bytes | None = None,
) -> httpx.Response:
    """Any answer, whatever its status. Raises ServiceDown (nothing was written) or MaybeSent.

    ``token`` goes into ``Authorization: Bearer``; a ``photo`` makes a form of the body. No error holds
    the address or the request.
    """
    failure: SendFailed
    headers = {} if token is None else {b"Authorization": b"Bearer " + token.encode()}
    if photo is None:
        headers |= {b"Content-Type": b"application/json"}
    try:
        async with asyncio.timeout(CALL_LIMIT):
            return await client.request(
                method,
                url,
                params=query or None,
                content=json.dumps(body) if body is not None and photo is None else None,
                data=None if photo is None else _form(body or {}),
                files=None if photo is None else {"photo": ("photo.jpg", photo, "image/jpeg")},
                headers=headers,
                timeout=TIMEOUT,
                follow_redirects=False,
            )
    except NOT_WRITTEN as error:
        failure = ServiceDown(f"no connection: {type(error).__name__}")
    except (httpx.HTTPError, TimeoutError) as error:
        failure = MaybeSent(f"no answer: {type(error).__name__}")
    # Raised out here: as its context httpx's error would carry the request, and with it a token.
    raise failure


def _form(body: Mapping[str, object]) -> dict[str, str]:
    """A form knows only strings; what is more than that stays JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}


def parsed(response: httpx.Response) -> object:
    """The answer's JSON; None when it is none."""
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None
