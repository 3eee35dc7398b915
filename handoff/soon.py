"""Work that is done soon after it's asked for, and not too often: what is asked for meanwhile is done once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from handoff.errors import StorageUnavailable

LOG = logging.getLogger("baton.soon")
PAUSE_AFTER_FAILURE = 1.0


class Soon:
    """One piece of work with a pause of so many seconds after each time; the last asking is always followed by it.

    All methods are called on the event loop.
    """

    def __init__(self, what: str, pause: float, work: Callable[[], Awaitable[None]]):
        self._what = what
        self._pause = pause
        self._work = work
        self._due = False
        self._task: asyncio.Task[None] | None = None

    def ask(self) -> None:
        """Do it soon."""
        self._due = True
        if self._task is None:
            self._task = asyncio.create_task(self._serve())

    async def stop(self) -> None:
        """No more of it."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _serve(self) -> None:
        try:
            while self._due:
                self._due = False
                await self._try()
        finally:
            self._task = None

    async def _try(self) -> None:
        """Once; what fails is still due, a second later."""
        try:
            await self._work()
            await asyncio.sleep(self._pause)
            return
        except StorageUnavailable:
            LOG.warning("%s: storage unavailable", self._what)
        except Exception:
            LOG.exception("%s failed", self._what)
        self._due = True
        await asyncio.sleep(PAUSE_AFTER_FAILURE)
