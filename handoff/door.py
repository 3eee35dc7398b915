"""The front door's part of HTTP: requests are refused before their body is read, or given up when they are slow."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from sanic import Request, Websocket
from sanic.http import Stage
from sanic.server.protocols.websocket_protocol import WebSocketProtocol

from handoff.addresses import subscriber_of
from handoff.errors import FileTooLarge, TooLarge, TooLong, TooSlow, WrongMediaType
from handoff.ids import new_id
from handoff.settings import Limits


class DeskRequest(Request):
    """A request whose body is refused by its headers where they suffice."""

    uploading = False

    def __init__(self, url_bytes: bytes, headers: Any, version: str, method: str, *args: Any, **kwargs: Any):
        # To answer a request that can't be read, Sanic makes one up with the address that can't be read.
        address = b"*" if method == "NONE" else url_bytes
        super().__init__(address, headers, version, method, *args, **kwargs)

    @property
    def id(self) -> str:
        """Our own id; a client's X-Request-ID is not believed."""
        if self._id is None:
            self._id = new_id()
        return str(self._id)

    async def receive_body(self) -> None:
        """Called by Sanic before the handler of any request that announces a body."""
        desk = self.app.ctx.desk
        self._check_headers(self._most_bytes())
        try:
            with desk.open_requests.one(subscriber_of(self.client_ip)):
                async with asyncio.timeout(desk.settings.limits.request_seconds):
                    await super().receive_body()  # type: ignore[no-untyped-call]
        except TimeoutError:
            self._hang_up_after_answer()
            raise TooSlow(limit=desk.settings.limits.request_seconds) from None

    async def uploaded(self) -> AsyncIterator[bytes]:
        """The body of a file's route, piece by piece, for as long as a slow line may take."""
        limits: Limits = self.app.ctx.desk.settings.limits
        self.uploading = True
        try:
            with self.app.ctx.desk.open_requests.one(subscriber_of(self.client_ip)):
                async with asyncio.timeout(limits.file_seconds):
                    while chunk := await self._http.read():
                        yield chunk
        except TimeoutError:
            self._hang_up_after_answer()
            raise TooSlow(limit=limits.file_seconds) from None
        finally:
            self.uploading = False

    async def let_pass(self) -> None:
        """Read what's left of a refused file: a browser hears the refusal only when it has sent everything."""
        if self._http.request_body:
            async for _ in self.uploaded():
                pass

    def check_upload(self) -> None:
        """Before a file's first byte: FileTooLarge, WrongMediaType for one that's packed."""
        most = self.app.ctx.desk.settings.limits.file_bytes
        if self.headers.get("content-encoding", "identity").lower() != "identity":
            raise WrongMediaType("Send the file as it is, not compressed.")
        if (self._http.request_bytes_left or 0) > most:
            self._hang_up_after_answer()
            raise FileTooLarge(limit=most)
        self._http.request_max_size = most

    def _check_headers(self, most: int) -> None:
        if self.headers.get("content-encoding", "identity").lower() != "identity":
            raise WrongMediaType
        if (
            self._announces_body()
            and self.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json"
        ):
            raise WrongMediaType
        if (self._http.request_bytes_left or 0) > most:
            raise TooLong(limit=most) if self._is_message() else TooLarge(limit=most)
        self._http.request_max_size = most

    def _announces_body(self) -> bool:
        return self.headers.get("content-length") != "0"

    def _most_bytes(self) -> int:
        limits: Limits = self.app.ctx.desk.settings.limits
        return limits.message_body_bytes if self._is_message() else limits.body_bytes

    def _is_message(self) -> bool:
        return bool(self.route and getattr(self.route.ctx, "message", False))

    def _hang_up_after_answer(self) -> None:
        """Don't wait for the rest of the body, as Sanic would, for as long as single bytes keep coming."""
        self._http.request_body = None
        self._http.keep_alive = False

    @property
    def _http(self) -> Any:
        return self.stream


class DeskProtocol(WebSocketProtocol):
    """Sanic's protocol, but its clocks run from a request's first byte, and bad UTF-8 is noticed."""

    __slots__ = ("_began", "_taking", "_watched")

    def connection_made(self, transport: Any) -> None:
        self._began, self._watched = 0.0, None
        self._taking: set[asyncio.Task[Any]] = set()
        super().connection_made(transport)  # type: ignore[no-untyped-call]

    def check_timeouts(self) -> None:
        if self._http is not None:  # an idle one is falsy
            self._age_request(self._http.stage, getattr(self._http, "request", None))
        super().check_timeouts()  # type: ignore[no-untyped-call]

    async def websocket_handshake(self, request: Any, subprotocols: Any = None) -> Websocket:
        socket: Websocket = await super().websocket_handshake(request, subprotocols)
        take = socket.process_events

        async def take_or_fail(events: Any) -> None:
            # Sanic does this in tasks that it forgets: an error hangs the connection, unread frames stay for ever.
            with self._noted(asyncio.current_task()):
                try:
                    await take(events)
                except UnicodeDecodeError:
                    socket.fail_connection(1007)

        setattr(socket, "process_events", take_or_fail)  # noqa: B010  mypy: it's a method
        return socket

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)  # type: ignore[no-untyped-call]
        for task in self._taking:
            task.cancel()

    @contextmanager
    def _noted(self, task: Any) -> Iterator[None]:
        self._taking.add(task)
        try:
            yield
        finally:
            self._taking.discard(task)

    def _age_request(self, stage: Stage, request: Any) -> None:
        if getattr(request, "uploading", False):
            self._time = monotonic()  # a file has a clock of its own
        elif stage is Stage.IDLE or request is not self._watched or not self._began:
            self._watched, self._began = request, monotonic() if stage is not Stage.IDLE else 0.0
        else:
            self._time = min(self._time, self._began)
