"""Tells open pages that something changed. They fetch what they show themselves."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Live:
    """A revision that grows, and the listeners that wait for it to."""

    revision: int = 0
    _listeners: set[asyncio.Event] = field(default_factory=set)

    def changed(self) -> None:
        self.revision += 1
        for listener in self._listeners:
            listener.set()

    async def revisions(self) -> AsyncIterator[int]:
        """Each new revision; several changes at once may show as one."""
        listener = asyncio.Event()
        self._listeners.add(listener)
        try:
            while True:
                yield self.revision
                await listener.wait()
                listener.clear()
        finally:
            self._listeners.discard(listener)
