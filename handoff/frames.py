"""What arrives on one connection: frames, decoded; bad ones are refused and counted, too many end the connection."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

from sanic import Websocket
from sanic.exceptions import WebsocketClosed

from handoff import wire_frames
from handoff.bodies import decode
from handoff.errors import DeskError
from handoff.outbox import Outbox, encoded
from handoff.settings import Limits

MOST_BAD_FRAMES = 50


class HangUp(Exception):
    """This connection ends with a close code."""

    def __init__(self, code: int, words: str):
        self.code = code
        self.words = words
        super().__init__(words)


class Frames:
    """The frames of one connection, in order. HangUp when the peer must go."""

    def __init__(self, socket: Websocket, outbox: Outbox, limits: Limits):
        self.outbox = outbox
        self._socket = socket
        self._limits = limits
        self._bad = 0
        self._second = 0
        self._in_second = 0

    async def hello(self) -> wire_frames.Hello:
        """The first frame, which must be a good `hello` and come soon: nothing else is answered before."""
        try:
            async with asyncio.timeout(self._limits.hello_seconds):
                first = decode(await self._text(), wire_frames.ClientFrame)
        except TimeoutError:
            raise HangUp(4401, "no hello") from None
        except DeskError:
            raise HangUp(4400, "bad hello") from None
        if not isinstance(first, wire_frames.Hello):
            raise HangUp(4401, "no hello")
        return first

    async def __aiter__(self) -> AsyncIterator[wire_frames.ClientFrame]:
        while True:
            text = await self._text()
            try:
                yield decode(text, wire_frames.ClientFrame)
            except DeskError as error:
                self._refuse(error)

    async def _text(self) -> str:
        try:
            data: Any = await self._socket.recv()
        except WebsocketClosed:
            raise HangUp(1000, "gone") from None
        if not isinstance(data, str):
            raise HangUp(1003, "text frames only")
        self._count()
        return data

    def _count(self) -> None:
        second = int(time.monotonic())
        self._in_second = self._in_second + 1 if second == self._second else 1
        self._second = second
        if self._in_second > self._limits.frames_per_second:
            raise HangUp(4429, "too many frames")

    def _refuse(self, error: DeskError) -> None:
        self._bad += 1
        self.outbox.put(encoded(wire_frames.FrameError(code=error.code, message=error.words)))
        if self._bad >= MOST_BAD_FRAMES:
            raise HangUp(4400, "too many bad frames")
