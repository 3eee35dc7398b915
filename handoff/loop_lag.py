"""How late the event loop is."""

import asyncio
import time

LAG_EVERY = 0.5


class LoopLag:
    """How late the event loop runs what is due, in seconds: the worst of the last few looks."""

    def __init__(self) -> None:
        self._looks = [0.0] * 10

    @property
    def worst(self) -> float:
        return max(self._looks)

    async def look(self) -> None:
        """Measure once; takes half a second."""
        due = time.monotonic() + LAG_EVERY
        await asyncio.sleep(LAG_EVERY)
        self._looks = [*self._looks[1:], max(0.0, time.monotonic() - due)]
