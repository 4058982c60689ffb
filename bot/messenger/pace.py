"""Not faster than Facebook likes: a limit of our own, and its usage headers heeded."""

import asyncio
from collections.abc import Mapping
from typing import Final

from aiolimiter import AsyncLimiter

from bot.messenger.errors import RateLimited
from bot.messenger.usage import usage

SLOW_WEIGHT: Final = 20
"""From 75 % of an allowance on a call counts for so many, until the headers say less."""

PAUSE: Final = 300.0
"""Seconds of silence at 95 % when Facebook does not say how long; its allowance is a rolling hour."""


class Pace:
    """One Page's turns. The Send API allows 300 calls a second; ours are fewer, for others may share it."""

    def __init__(self, per_second: float) -> None:
        self._limiter = AsyncLimiter(max(per_second, SLOW_WEIGHT), 1)
        self._weight = 1
        self._shut_until = 0.0

    async def wait_turn(self) -> None:
        """Raises RateLimited, without any call, while the allowance is used up."""
        left = self._shut_until - asyncio.get_running_loop().time()
        if left > 0:
            raise RateLimited("our allowance is used up", wait=left)
        await self._limiter.acquire(self._weight)

    def heed(self, headers: Mapping[str, str]) -> None:
        """Learn from an answer's headers."""
        told = usage(headers)
        self._weight = SLOW_WEIGHT if told.slow else 1
        if told.stop:
            self._shut_until = asyncio.get_running_loop().time() + (told.regain_seconds or PAUSE)
