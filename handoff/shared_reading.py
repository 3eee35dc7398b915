"""What takes long to read is read once for all who ask: one reading at a time of each kind, shared for a minute."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

LOG = logging.getLogger(__name__)
SHARED_S = 60.0
"""So long everybody gets what was read for the first."""
SHOWN_S = 120.0
"""So long they get it at once, while it's being read anew."""

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    result: T
    began: float


class SharedReading(Generic[K, T]):
    """The newest readings by what was asked for; `read` reads one. Each desk process has its own."""

    def __init__(self, read: Callable[[K], Awaitable[T]], clock: Callable[[], float] = time.monotonic):
        self._read = read
        self._clock = clock
        self._done: dict[K, _Done[T]] = {}
        self._running: dict[K, asyncio.Task[T]] = {}

    async def get(self, asked: K) -> T:
        """The newest that has been read; waits for it only if that is older than two minutes. What `read` raises."""
        self._forget()
        done = self._done.get(asked)
        if done and self._clock() - done.began < SHARED_S:
            return done.result
        running = self._running.get(asked) or self._begin(asked)
        # Whoever goes away leaves the others' reading alone.
        return done.result if done else await asyncio.shield(running)

    def _begin(self, asked: K) -> asyncio.Task[T]:
        began = self._clock()
        task = self._running[asked] = asyncio.ensure_future(_coroutine(self._read(asked)))

        def keep(over: asyncio.Task[T]) -> None:
            del self._running[asked]
            if over.cancelled():
                return
            if error := over.exception():
                LOG.warning("%s couldn't be read: %s", asked, error)
            else:
                self._done[asked] = _Done(over.result(), began)

        task.add_done_callback(keep)
        return task

    def _forget(self) -> None:
        oldest = self._clock() - SHOWN_S
        self._done = {asked: done for asked, done in self._done.items() if done.began > oldest}


async def _coroutine(reading: Awaitable[T]) -> T:
    return await reading
