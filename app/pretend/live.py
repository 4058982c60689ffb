"""Tells open pages that something changed. They fetch what they show themselves."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import anyio


@dataclass(slots=True)
class Live:
    """A revision that grows, and the listeners that wait for it to."""

    revision: int = 0
    _listeners: set[anyio.Event] = field(default_factory=set)

    def changed(self) -> None:
        self.revision += 1
        for listener in self._listeners:
            listener.set()
        self._listeners.clear()

    async def revisions(self, ending: anyio.Event, shown: int = -1) -> AsyncIterator[int]:
        """Each revision after ``shown`` until the server ends; several changes at once may show as one."""
        while not ending.is_set():
            if shown == self.revision:
                await self._change_or(ending)
                continue
            shown = self.revision
            yield shown

    async def _change_or(self, ending: anyio.Event) -> None:
        listener = anyio.Event()
        self._listeners.add(listener)
        try:
            await _first_of(listener.wait, ending.wait)
        finally:
            self._listeners.discard(listener)


async def _first_of(*waits: Callable[[], Awaitable[object]]) -> None:
    async with anyio.create_task_group() as group:

        async def end_the_others_after(wait: Callable[[], Awaitable[object]]) -> None:
            await wait()
            group.cancel_scope.cancel()

        for wait in waits:
            group.start_soon(end_the_others_after, wait)
