"""Troubles to switch on: an error instead of the answer, a slow answer, an answer lost on the way."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from fastapi import Response
from starlette.types import Receive, Scope, Send

from app.pretend.errors import GraphError, GraphRefusedError, TelegramRefusedError

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """``where``: messages, comments, reads or telegram. It strikes every ``every``-th call, ``times`` times.

    ``after_acting`` lets the request do its work first: what the caller then gets is doubt.
    """

    where: str
    times: int = 1
    every: int = 1
    code: int | None = None
    subcode: int | None = None
    status: int = 400
    message: str = "An unknown error has occurred."
    retry_after: int | None = None
    delay_seconds: float = 0.0
    after_acting: bool = False
    lost: bool = False


@dataclass(slots=True)
class Faults:
    """The faults that are on, and how often each has been asked and has struck."""

    active: list[Fault] = field(default_factory=list)
    asked: dict[int, int] = field(default_factory=dict)
    struck: dict[int, int] = field(default_factory=dict)

    def put(self, fault: Fault) -> None:
        self.active.append(fault)

    def clear(self) -> None:
        self.active.clear()
        self.asked.clear()
        self.struck.clear()

    def next_for(self, where: str) -> Fault | None:
        for number, fault in enumerate(self.active):
            if fault.where != where or self.struck.get(number, 0) >= fault.times:
                continue
            self.asked[number] = self.asked.get(number, 0) + 1
            if self.asked[number] % fault.every == 0:
                self.struck[number] = self.struck.get(number, 0) + 1
                return fault
        return None


class LostResponse(Response):
    """Promises a body and hangs up before it: the caller never learns what happened."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        headers = [(b"content-type", b"application/json"), (b"content-length", b"100")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"reci', "more_body": True})


async def under(fault: Fault | None, work: Callable[[], Answer]) -> Answer | Response:
    """Do ``work`` as the fault allows, or raise what it says."""
    if fault is None:
        return work()
    if not fault.after_acting:
        await _strike(fault)
        return work()
    answer = work()
    await _strike(fault)
    return LostResponse() if fault.lost else answer


async def _strike(fault: Fault) -> None:
    await asyncio.sleep(fault.delay_seconds)
    if fault.code is None:
        return
    if fault.where == "telegram":
        wait = {} if fault.retry_after is None else {"retry_after": fault.retry_after}
        raise TelegramRefusedError(fault.code, fault.message, wait)
    raise GraphRefusedError(
        GraphError(code=fault.code, subcode=fault.subcode, status=fault.status, message=fault.message)
    )
