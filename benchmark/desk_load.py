"""A real desk process under 200 live chats: messages by POST, each pushed to the customer's open socket."""

import asyncio
import json
import random
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from benchmark.live_chats import CHATS
from benchmark.plain_http import Line
from benchmark.samples import Sample
from benchmark.stored_messages import WORDS
from tests.faults.supervised import KeptDesk

SECONDS = 6


@dataclass(slots=True)
class Screens:
    """When each message was sent, and how long it took to be on its customer's screen, in seconds."""

    sent: dict[str, float] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)


class Customer:
    """Somebody at the widget, waiting in line, so that no bot takes part."""

    def __init__(self, desk: KeptDesk, number: int):
        self.desk = desk
        self.number = number
        self.line = Line(int(desk.address.rpartition(":")[2]))
        self.conversation = ""

    async def comes(self) -> None:
        """Start a session, open a conversation, ask for a person."""
        await self.line.open()
        self.line.session = (await self.line.post("/api/sessions", {}))[1]["session"]
        self.conversation = (await self.line.post("/api/conversations", {}))[1]["id"]
        await self.line.post(f"/api/conversations/{self.conversation}/person", {})

    async def talks(self, pause: float, until: float, sample: Sample, screens: Screens) -> None:
        """Say something, wait until it's stored, pause (in seconds), again."""
        await asyncio.sleep(random.Random(self.number).uniform(0, pause))  # noqa: S311  not a secret
        while (began := time.perf_counter()) < until:
            client_id = f"{self.number:04}-{time.time_ns()}"
            screens.sent[client_id] = began
            status, _ = await self.line.post(
                f"/api/conversations/{self.conversation}/messages", {"client_id": client_id, "text": WORDS}
            )
            sample.times.append(time.perf_counter() - began) if status == 201 else _count_refused(sample)
            await asyncio.sleep(pause)

    async def watches(self, socket: ClientConnection, screens: Screens) -> None:
        """Note when each message of one's own comes by push."""
        with suppress(WebSocketException):
            async for frame in socket:
                heard = json.loads(frame)
                if heard["kind"] == "message" and heard["message"].get("client_id") in screens.sent:
                    screens.times.append(time.perf_counter() - screens.sent[heard["message"]["client_id"]])

    def hello(self) -> str:
        return json.dumps({"kind": "hello", "session": self.line.session, "conversation": self.conversation})


async def measure(desk: KeptDesk, pauses: tuple[float, ...]) -> list[tuple[Sample, Sample]]:
    """For each pause between a customer's messages: how long storing took, and how long until it was on the screen."""
    customers = [Customer(desk, number) for number in range(CHATS)]
    for customer in customers:
        await customer.comes()
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(_socket(desk)) for _ in customers]
        screens = Screens()
        watching = [
            asyncio.create_task(who.watches(socket, screens)) for who, socket in zip(customers, sockets, strict=True)
        ]
        for who, socket in zip(customers, sockets, strict=True):
            await socket.send(who.hello())
        measured = [await _round(customers, pause, screens) for pause in pauses]
    await asyncio.gather(*watching, *(each.line.close() for each in customers))
    return measured


async def _round(customers: list[Customer], pause: float, screens: Screens) -> tuple[Sample, Sample]:
    stored = Sample()
    screens.times = []
    began = time.perf_counter()
    await asyncio.gather(*(each.talks(pause, began + SECONDS, stored, screens) for each in customers))
    stored.seconds = time.perf_counter() - began
    await asyncio.sleep(1)
    return stored, Sample(screens.times, seconds=stored.seconds)


def _socket(desk: KeptDesk) -> connect:
    address = desk.address.replace("http:", "ws:")
    return connect(f"{address}/api/socket", origin=desk.address, proxy=None, close_timeout=1)  # type: ignore[arg-type]


def _count_refused(sample: Sample) -> None:
    sample.refused += 1
