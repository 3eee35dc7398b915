"""One person's network: a SOCKS proxy on loopback that their browser uses, and that can fail as networks do."""

from __future__ import annotations

import asyncio
import struct
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

CHUNK = 65_536
NO_PASSWORD = b"\x05\x00"
CONNECTED = b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"
T = TypeVar("T")


class Wire:
    """Cut: every connection breaks and no new one opens. Held: what is sent arrives, the answers wait."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._ends: set[asyncio.StreamWriter] = set()
        self._whole, self._answers_pass = True, asyncio.Event()
        self._answers_pass.set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._in_loop(asyncio.start_server(self._serve, "127.0.0.1", 0))

    @property
    def address(self) -> str:
        """What the browser is told to use."""
        return f"socks5://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        """Break all connections and refuse new ones."""
        self._whole = False
        self._in_loop(self._break_all())

    def hold_answers(self) -> None:
        """From now on let everything out, and nothing in."""
        self._loop.call_soon_threadsafe(self._answers_pass.clear)

    def mend(self) -> None:
        """Let everything through again, what was held first; what a cut broke stays broken."""
        self._whole = True
        self._loop.call_soon_threadsafe(self._answers_pass.set)

    def close(self) -> None:
        """End the proxy."""
        self._in_loop(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _in_loop(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        try:
            if self._whole:
                await self._join(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._let_go(writer)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = await _destination(reader, writer)
        far_reader, far_writer = await asyncio.open_connection(host, port)
        self._ends.add(far_writer)
        writer.write(CONNECTED)
        try:
            await asyncio.gather(self._pass(reader, far_writer), self._pass(far_reader, writer, answers=True))
        finally:
            self._let_go(far_writer)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool = False) -> None:
        while chunk := await reader.read(CHUNK):
            if answers:
                await self._answers_pass.wait()
            writer.write(chunk)
            await writer.drain()
        writer.close()

    def _let_go(self, writer: asyncio.StreamWriter) -> None:
        self._ends.discard(writer)
        writer.transport.abort()

    async def _break_all(self) -> None:
        for writer in self._ends:
            writer.transport.abort()

    async def _end(self) -> None:
        self._server.close()
        await self._break_all()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait(others, timeout=5) if others else None


async def _destination(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(NO_PASSWORD)
    kind = (await reader.readexactly(4))[3]
    length = 4 if kind == 1 else (await reader.readexactly(1))[0]
    host = await reader.readexactly(length)
    (port,) = struct.unpack(">H", await reader.readexactly(2))
    return ".".join(map(str, host)) if kind == 1 else host.decode(), port
