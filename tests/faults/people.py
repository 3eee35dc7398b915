"""Customers and reps at their browsers: they send until it's stored, listen, reconnect, and fetch what they missed."""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import suppress
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from handoff.settings import DEMO_PASSWORD
from tests.faults.journal import Attempt, Journal
from tests.faults.transcript import Transcript

PATIENCE = 60
REQUEST_SECONDS = 10
ANSWER_SECONDS = 15
BETWEEN_TRIES = (0.5, 1.5)


class Person:
    """Somebody in front of a desk that may be gone at any moment."""

    path = ""

    def __init__(self, desk: str, journal: Journal, name: str):
        self.desk = desk
        self.name = name
        self.journal = journal
        self.transcripts: dict[str, Transcript] = {}
        self.headers: dict[str, str] = {}
        self.line: ClientConnection | None = None
        self.dice = random.Random(name)
        self._http = httpx.AsyncClient(base_url=desk, timeout=REQUEST_SECONDS, verify=False, trust_env=False)

    async def insists(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Ask until there's an answer that isn't trouble on the desk's side."""
        async with asyncio.timeout(PATIENCE):
            while True:
                answer = await self._try(method, path, body)
                if answer is not None and answer.status_code < 500 and answer.status_code != 429:
                    return answer
                await asyncio.sleep(self.dice.uniform(*BETWEEN_TRIES))

    async def says(self, conversation: str, words: str, *, numbered: bool = True) -> Attempt:
        """Say something, again and again under the same id until the desk has it; now and then once more after that."""
        attempt = self.journal.attempt(self.name, conversation, words, numbered=numbered)
        for _ in range(1 if self.dice.random() > 0.1 else 2):
            answer = await self.insists("POST", f"{self.path}/conversations/{conversation}/messages", _body(attempt))
            if answer.status_code not in (200, 201):
                attempt.refused = answer.json()["error"]["code"]
                return attempt
            attempt.stored.append(answer.json())
        await self.takes(conversation, [answer.json()])
        return attempt

    async def takes(self, conversation: str, messages: list[dict[str, Any]], head: int = 0) -> None:
        """Add what came to the transcript; fetch what is missing below the newest `seq` known."""
        if self.transcript(conversation).take(messages, head):
            await self.fetches(conversation)

    async def leaves(self) -> None:
        """Close the browser."""
        await self._http.aclose()

    async def fetches(self, conversation: str) -> None:
        """Fetch everything after the last message without a hole."""
        mine = self.transcript(conversation)
        while True:
            page = await self.insists("GET", f"{self.path}/conversations/{conversation}/messages?after={mine.whole}")
            if page.status_code != 200:
                return
            found = page.json()
            mine.take(found["messages"], found["head"])
            if not found["more"]:
                return

    def transcript(self, conversation: str) -> Transcript:
        return self.transcripts.setdefault(conversation, Transcript())

    async def listens(self) -> None:
        """Keep a socket open for ever, from wherever the transcript ends."""
        while True:
            with suppress(OSError, WebSocketException, TimeoutError):
                async with self._dial() as self.line:
                    await self.greets(self.line)
                    async for frame in self.line:
                        await self._hears(json.loads(frame))
            self.line = None
            await asyncio.sleep(self.dice.uniform(*BETWEEN_TRIES))

    async def greets(self, line: ClientConnection) -> None:
        """Say hello for each conversation that one follows."""
        for conversation, transcript in self.transcripts.items():
            await line.send(json.dumps(self.hello(conversation, transcript.whole)))

    def hello(self, conversation: str, after: int) -> dict[str, Any]:
        return {"kind": "hello", "conversation": conversation, "after": after}

    def _dial(self) -> connect:
        origin, cookie = self.desk, {name: self.headers[name] for name in self.headers if name == "cookie"}
        url = self.desk.replace("http:", "ws:") + f"{self.path}/socket"
        return connect(url, origin=origin, additional_headers=cookie, proxy=None, close_timeout=1, open_timeout=5)

    async def _hears(self, frame: dict[str, Any]) -> None:
        match frame["kind"]:
            case "message":
                await self.takes(frame["message"]["conversation"], [frame["message"]])
            case "replay":
                await self.takes(frame["conversation"], frame["messages"], frame["head"])
            case "beat" if frame.get("conversation"):
                await self.takes(frame["conversation"], [], frame["head"] or 0)

    async def _try(self, method: str, path: str, body: Any) -> httpx.Response | None:
        try:
            return await self._http.request(method, path, json=body, headers=self.headers)
        except httpx.TransportError:
            self.journal.broken_off += 1
            return None


class Customer(Person):
    """Somebody at the widget, with one conversation."""

    path = "/api"
    conversation = ""

    async def comes(self) -> None:
        """Start a session and open a conversation."""
        started = (await self.insists("POST", "/api/sessions", {})).json()
        self.headers["authorization"] = f"Bearer {started['session']}"
        self.conversation = (await self.insists("POST", "/api/conversations", {})).json()["id"]
        self.transcript(self.conversation)

    async def asks_bot(self, words: str) -> str:
        """Say something and wait for what the bot answers: the lines after it, joined."""
        attempt = await self.says(self.conversation, words, numbered=False)
        [said] = {answer["seq"] for answer in attempt.stored}
        for _ in range(ANSWER_SECONDS * 10):
            await asyncio.sleep(0.1)
            answered = self.transcript(self.conversation).said_after(said)
            if any(each["author"]["kind"] != "customer" for each in answered):
                return "\n".join(each["text"] for each in answered)
        raise AssertionError(f"nobody answered {words!r} within {ANSWER_SECONDS} s")

    async def asks_for_person(self) -> None:
        await self.insists("POST", f"/api/conversations/{self.conversation}/person", {})

    def hello(self, conversation: str, after: int) -> dict[str, Any]:
        session = self.headers["authorization"].removeprefix("Bearer ")
        return {**super().hello(conversation, after), "session": session}


class Rep(Person):
    """Somebody at the console: takes whoever waits, and answers."""

    path = "/api/rep"

    async def comes(self) -> None:
        """Sign in."""
        signed_in = await self.insists("POST", "/api/rep/sign-in", {"name": self.name, "password": DEMO_PASSWORD})
        assert signed_in.status_code == 200, signed_in.text
        cookie = signed_in.headers["set-cookie"].split(";")[0]
        self.headers |= {"cookie": cookie, "x-csrf-token": signed_in.json()["csrf"]}

    async def claims_who_waits(self, most: int = 50) -> None:
        """Claim the conversations that wait, until this rep holds `most`."""
        queue = (await self.insists("GET", "/api/rep/queue")).json()
        for waiting in queue["waiting"][: most - len(queue["mine"])]:
            await self.claims(waiting["id"])

    async def claims(self, conversation: str) -> None:
        claimed = await self.insists("POST", f"/api/rep/conversations/{conversation}/claim", {})
        if claimed.status_code == 200 and conversation not in self.transcripts:
            self.transcript(conversation)
            if self.line:
                with suppress(WebSocketException):
                    await self.line.send(json.dumps(self.hello(conversation, 0)))

    async def greets(self, line: ClientConnection) -> None:
        """A hello without a conversation opens the console's socket."""
        await line.send('{"kind": "hello"}')
        await super().greets(line)


def _body(attempt: Attempt) -> dict[str, str]:
    attempt.tries += 1
    return {"client_id": attempt.client_id, "text": attempt.text}
