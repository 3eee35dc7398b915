"""What waits to be sent on one connection: a task of its own sends it, and a peer who doesn't read is cut off."""

import asyncio
from collections import deque
from typing import Any

import msgspec
from sanic import Websocket
from sanic.exceptions import SanicException
from websockets.exceptions import ConnectionClosed

from handoff.settings import Limits
from handoff.wire_frames import DeskFrame

CLOSING_SECONDS = 5


def encoded(frame: DeskFrame) -> str:
    """A frame as it is sent; encode once what goes to many."""
    return msgspec.json.encode(frame).decode()


class Outbox:
    """Frames for one connection, sent in order. Putting never waits; more than the limit held ends the connection."""

    def __init__(self, socket: Websocket, limits: Limits):
        self._socket = socket
        self._limits = limits
        self._frames: deque[tuple[str, int]] = deque()
        self._held = 0
        self._more = asyncio.Event()
        self._close_with: tuple[int, str] | None = None
        self._writer = asyncio.create_task(self._write())

    def put(self, frame: str) -> None:
        """Send this after what is already waiting."""
        size = len(frame.encode())
        self._held += size
        if self._held > self._limits.outbox_bytes:
            return self.cut_off()
        self._frames.append((frame, size))
        return self._more.set()

    def close(self, code: int, words: str) -> None:
        """Send what is waiting, then close with this code; the first call counts."""
        self._close_with = self._close_with or (code, words)
        self._more.set()

    async def closed(self) -> None:
        """Wait until everything is sent and the connection closed."""
        await asyncio.wait({self._writer})

    def cut_off(self) -> None:
        """End the connection at once, without a word; the peer comes back and asks for what it missed."""
        self._frames.clear()
        protocol: Any = self._socket.io_proto
        if protocol and protocol.transport:
            protocol.transport.abort()

    def stop(self) -> None:
        """The connection is gone."""
        self._writer.cancel()

    async def _write(self) -> None:
        try:
            while not self._close_with or self._frames:
                await self._send_waiting()
            await self._say_goodbye(*self._close_with)
        except TimeoutError:
            self.cut_off()
        except (ConnectionClosed, SanicException):
            pass  # the peer left first

    async def _send_waiting(self) -> None:
        await self._more.wait()
        self._more.clear()
        while self._frames:
            frame, size = self._frames.popleft()
            async with asyncio.timeout(self._limits.outbox_seconds):
                await self._socket.send(frame)
            self._held -= size

    async def _say_goodbye(self, code: int, words: str) -> None:
        async with asyncio.timeout(CLOSING_SECONDS):
            await self._socket.close(code, words)
