"""Wakes other desks through Redis: ids only, never text. It may be dead at any time; beats repair the gaps."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

from handoff.storage import ConversationChanged, LookersChanged, Notice, QueueChanged, SessionsEnded

LOG = logging.getLogger("baton.wake")
CHANNEL = "baton:wake"
LONGEST_QUEUE = 10_000
LARGEST_BYTES = 64 * 1024
MOST_IDS = 500
"""Of each kind in one wake, so that it stays below LARGEST_BYTES: ids have 32 characters, sessions' hashes 64."""
PAUSE_SECONDS = 1.0


class Wake(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one desk tells the others."""

    desk: str
    conversations: list[str] = []
    sessions: list[str] = []
    queue: bool = False
    typing: tuple[str, str] | None = None
    looked: list[str] = []


class RedisWake:
    """Publishes from one task what is committed here; hands what other desks committed to `hear` and `typing`."""

    def __init__(self, url: str, hear: Callable[[list[Notice]], None], typing: Callable[[str, str], None]):
        self._redis = Redis.from_url(url, socket_connect_timeout=2, socket_timeout=5, health_check_interval=10)
        self._hear = hear
        self._typing = typing
        self._desk = secrets.token_hex(8)
        self._outgoing: asyncio.Queue[Wake] = asyncio.Queue(LONGEST_QUEUE)

    def tell(self, notices: list[Notice]) -> None:
        """Pass on what was committed; never waits, and drops what a dead Redis can't take."""
        conversations = sorted({each.conversation_id for each in notices if isinstance(each, ConversationChanged)})
        sessions = [hash for each in notices if isinstance(each, SessionsEnded) for hash in each.token_hashes]
        queue = any(isinstance(each, QueueChanged) for each in notices)
        looked = sorted({each.conversation_id for each in notices if isinstance(each, LookersChanged)})
        for part in _parts(looked):
            self._put(Wake(self._desk, looked=part))
        for part, ended in zip_longest(_parts(conversations), _parts(sessions)):
            self._put(Wake(self._desk, part or [], ended or [], queue))
            queue = False
        if queue:
            self._put(Wake(self._desk, queue=True))

    def tell_typing(self, conversation_id: str, kind: str) -> None:
        """Pass on that somebody types."""
        self._put(Wake(self._desk, typing=(conversation_id, kind)))

    async def publish(self) -> None:
        """Send what waits, one after the other; runs until cancelled."""
        while True:
            wake = await self._outgoing.get()
            try:
                await self._redis.publish(CHANNEL, msgspec.json.encode(wake))
            except (RedisError, OSError, TimeoutError) as error:
                LOG.warning("other desks were not woken: %s", error)
                await asyncio.sleep(PAUSE_SECONDS)

    async def listen(self) -> None:
        """Hear other desks; connects again when the line is lost; runs until cancelled."""
        while True:
            try:
                await self._listen_once()
            except (RedisError, OSError, TimeoutError) as error:
                LOG.warning("other desks are not heard: %s", error)
            await asyncio.sleep(PAUSE_SECONDS)

    async def close(self) -> None:
        await self._redis.aclose()

    def _put(self, wake: Wake) -> None:
        try:
            self._outgoing.put_nowait(wake)
        except asyncio.QueueFull:
            LOG.warning("too much waits for Redis; a wake was dropped")

    async def _listen_once(self) -> None:
        async with self._redis.pubsub() as channel:
            await channel.subscribe(CHANNEL)
            while True:
                message: Any = await channel.get_message(ignore_subscribe_messages=True, timeout=4)
                if message:
                    self._take(message["data"])

    def _take(self, data: bytes) -> None:
        """Anyone may publish: what isn't a wake is ignored, and a wake only makes us read the table."""
        try:
            wake = msgspec.json.decode(data[:LARGEST_BYTES], type=Wake)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return
        if wake.desk != self._desk:
            self._hear(_notices(wake))
            if wake.typing:
                self._typing(*wake.typing)


def _parts(ids: list[str]) -> list[list[str]]:
    return [ids[start : start + MOST_IDS] for start in range(0, len(ids), MOST_IDS)]


def _notices(wake: Wake) -> list[Notice]:
    changed: list[Notice] = [ConversationChanged(id) for id in wake.conversations]
    changed += [LookersChanged(id) for id in wake.looked]
    if wake.sessions:
        changed.append(SessionsEnded(tuple(wake.sessions)))
    return [*changed, QueueChanged()] if wake.queue else changed
