"""Makes the next offers whenever the queue changes, and at least twice a second while somebody could be offered a chat.

Every desk does this on its own: what to offer is worked out from a reading, and each offer is a transaction that checks
again. Where two desks decide the same, the database lets one of them have it.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from handoff import offers
from handoff.offer_plan import plan
from handoff.storage import Notice, QueueChanged, Runner

PAUSE_SECONDS = 0.1
AT_LEAST_EVERY = 0.5


@dataclass(slots=True)
class Offering:
    """The rounds of one desk; made inside the event loop. `show` shows the queue: each round also finds what another
    desk did and nobody told.
    """

    runner: Runner
    show: Callable[[], None]
    _shown: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, notices: list[Notice]) -> None:
        """Something was committed."""
        if any(isinstance(notice, QueueChanged) for notice in notices):
            self._changed.set()

    async def next_round(self) -> None:
        """Wait for a change, not for long; then end what ran out and offer what can be offered."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), AT_LEAST_EVERY)
        self._changed.clear()
        began = time.monotonic()
        standing = await self.runner.read(offers.standing)
        if (standing.open, standing.away) != self._shown:
            self._shown = (standing.open, standing.away)
            self.show()
        for offer_id in standing.beyond:
            await self.runner.run(offers.lapse, offer_id)
        matches = await self.runner.read(plan)
        await asyncio.gather(*(self.runner.run(offers.make, match) for match in matches))
        # With a long line a round is work: the rest of the desk gets at least as much time as it.
        await asyncio.sleep(max(PAUSE_SECONDS, time.monotonic() - began))
