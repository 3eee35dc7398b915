"""Live chats around a desk that is hurt meanwhile: who talks, until when, and when everything has come to rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.faults.checker import stored_in, violations
from tests.faults.journal import Journal
from tests.faults.people import Customer, Person, Rep
from tests.faults.supervised import KeptDesk

REPS = ("ruth", "sam", "lena")
REST_SECONDS = 40


@dataclass
class LiveChats:
    """Customers, every other one with a rep, who say something each `pause` seconds while `going`."""

    desk: KeptDesk
    customers: list[Customer]
    reps: list[Rep]
    journal: Journal
    pause: float
    going: bool = True
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def people(self) -> list[Person]:
        return [*self.customers, *self.reps]

    async def stop_talking(self) -> None:
        """Everyone finishes what they are saying."""
        self.going = False
        await asyncio.gather(*self.tasks)

    async def come_to_rest(self, seconds: int = REST_SECONDS) -> None:
        """Nobody says more; then wait, not for ever, until no turn is open and nobody misses a message."""
        await self.stop_talking()
        for _ in range(seconds * 5):
            if self._rests():
                return
            await asyncio.sleep(0.2)

    def broken_promises(self) -> list[str]:
        """What the checker finds."""
        return violations(self.journal, stored_in(self.desk.database), self.people)

    def _rests(self) -> bool:
        stored = stored_in(self.desk.database)
        heads = {row["id"]: row["last_seq"] for row in stored.conversations}
        shown = [(each, seen.whole) for person in self.people for each, seen in person.transcripts.items()]
        working = any(row["state"] in ("due", "leased") for row in stored.turns)
        return not working and all(heads[conversation] == whole for conversation, whole in shown)


@asynccontextmanager
async def live_chats(desk: KeptDesk, how_many: int, pause: float) -> AsyncIterator[LiveChats]:
    """That many customers in conversation with bot and reps, all connected."""
    journal = Journal()
    customers = [Customer(desk.address, journal, f"customer {number}") for number in range(how_many)]
    chats = LiveChats(desk, customers, [Rep(desk.address, journal, name) for name in REPS], journal, pause)
    await _begin(chats)
    listening = [asyncio.create_task(each.listens()) for each in chats.people]
    chats.tasks = [asyncio.create_task(each) for each in _talking(chats)]
    try:
        yield chats
    finally:
        for task in (*listening, *chats.tasks):
            task.cancel()
        await asyncio.gather(*listening, *chats.tasks, return_exceptions=True)
        await asyncio.gather(*(each.leaves() for each in chats.people))


async def _begin(chats: LiveChats) -> None:
    await asyncio.gather(*(each.comes() for each in chats.people))
    await asyncio.gather(*(each.asks_for_person() for each in chats.customers[::2]))
    most = -(-len(chats.customers[::2]) // len(chats.reps))
    for rep in chats.reps:
        await rep.claims_who_waits(most)


def _talking(chats: LiveChats) -> list[Awaitable[None]]:
    customers = [_talk(chats, who, lambda who=who: [who.conversation]) for who in chats.customers]
    return [*customers, *(_talk(chats, who, lambda who=who: list(who.transcripts)) for who in chats.reps)]


async def _talk(chats: LiveChats, who: Person, conversations: Callable[[], list[str]]) -> None:
    while chats.going:
        for conversation in conversations():
            if chats.going:
                await who.says(conversation, f"{who.name} says something")
        await asyncio.sleep(chats.pause * who.dice.uniform(0.5, 1.5))
