"""As little of an HTTP/1.1 client as will do, so that the load's own cost stays small beside the desk's."""

import asyncio
import json
import re
from typing import Any

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Line:
    """A kept connection to a server on this machine."""

    def __init__(self, port: int):
        self.session = ""
        self._port = port

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)

    async def post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and the body of the answer."""
        content = json.dumps(body).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n"
        )
        who = f"Authorization: Bearer {self.session}\r\n" if self.session else ""
        self._writer.write(f"{head}{who}\r\n".encode() + content)
        return await self._answer()

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        await self._writer.wait_closed()

    async def _answer(self) -> tuple[int, dict[str, Any]]:
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        content = await self._reader.readexactly(int(length[1]) if length else 0)
        return int(head[9:12]), json.loads(content or b"{}")
