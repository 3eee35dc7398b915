"""Durable messages per second: 200 live chats through the desk's own runner, some of their commands refused."""

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmark.live_chats import CHATS, Chat, begin_chats, make_tables, opened
from benchmark.samples import Sample
from handoff import messages
from handoff.errors import DeskError
from handoff.storage import Runner

ROUNDS = 3
SECONDS = 2.5
SAID_BEFORE = "said-before"
WORDS = "I ordered two lamps last week and only one has come, can you tell me where the other is?"


@dataclass(frozen=True, slots=True)
class Load:
    """One way to load the record: how many of the commands (0 to 1) are refused, and the largest group of a COMMIT."""

    refused: float
    largest_batch: int | None = None


ALONE = Load(0, largest_batch=1)
LOADS = (Load(0), Load(0.01), Load(0.5))


def measure(url: str, loads: tuple[Load, ...]) -> dict[Load, list[Sample]]:
    """Rounds of each load, one after the other and then again, so that all meet the same machine."""
    make_tables(url)
    samples: dict[Load, list[Sample]] = {load: [] for load in loads}
    chats = asyncio.run(_begin(url))
    for _ in range(ROUNDS):
        for load in loads:
            samples[load].append(asyncio.run(_round(url, load, chats)))
    return samples


async def _begin(url: str) -> list[Chat]:
    async with opened(url) as runner:
        chats = await runner.run(begin_chats, CHATS)
        for chat in chats:
            await runner.run(messages.send, chat.customer, chat.id, SAID_BEFORE, WORDS)
        return chats


async def _round(url: str, load: Load, chats: list[Chat]) -> Sample:
    sample = Sample()
    async with opened(url, load.largest_batch) as runner:
        began = time.perf_counter()
        until = began + SECONDS
        await asyncio.gather(*(_talk(runner, chat, load.refused, until, sample) for chat in chats))
        sample.seconds = time.perf_counter() - began
    return sample


async def _talk(runner: Runner, chat: Chat, refused: float, until: float, sample: Sample) -> None:
    """One after the other says something and waits until it's stored, as fast as that goes."""
    chance = random.Random(chat.id)  # noqa: S311  not a secret
    for client_id in _client_ids():
        if time.perf_counter() > until:
            return
        if chance.random() < refused:
            await _say_refused(runner, chat, sample)
        else:
            began = time.perf_counter()
            await _say(runner, chat, client_id)
            sample.times.append(time.perf_counter() - began)


async def _say(runner: Runner, chat: Chat, client_id: str) -> None:
    if chat.rep and client_id.endswith(("1", "3", "5", "7", "9")):
        await runner.run(messages.reply, chat.rep, chat.id, client_id, WORDS)
    else:
        await runner.run(messages.send, chat.customer, chat.id, client_id, WORDS)


async def _say_refused(runner: Runner, chat: Chat, sample: Sample) -> None:
    """The same `client_id` with other words, which the desk finds out by reading and refuses."""
    try:
        await runner.run(messages.send, chat.customer, chat.id, SAID_BEFORE, "Something else.")
    except DeskError:
        sample.refused += 1


def _client_ids() -> Iterator[str]:
    start = time.time_ns()
    return (f"client-{number}" for number in range(start, start + 10_000_000))
