"""The desk asks the bot for vectors: it believes only good ones, and rests after a failure."""

from __future__ import annotations

import asyncio
import json
from array import array
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from handoff import vector_client
from handoff.bot_client import BotFailed
from handoff.vector_client import RasaVectors

GOOD = b64encode(array("f", [0.0] * 383 + [1.0]).tobytes()).decode()


class Bot:
    """What stands in the bot's place: answers as the test says, and counts."""

    def __init__(self) -> None:
        self.status, self.body = 200, {"encoder": "abc", "vectors": [GOOD]}
        self.asked: list[tuple[str, str | None, Any]] = []
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                bot.asked.append((self.path, self.headers["authorization"], body))
                content = json.dumps(bot.body).encode()
                self.send_response(bot.status)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def bot() -> Iterator[Bot]:
    bot = Bot()
    Thread(target=bot.server.serve_forever, daemon=True).start()
    yield bot
    bot.server.shutdown()
    bot.server.server_close()


def ask(address: str, times: int = 1) -> list[Any]:
    """What comes of asking, each a list of vectors or the reason why there are none."""

    async def asking() -> list[Any]:
        client, outcomes = RasaVectors(address, "the token"), list[Any]()
        for _ in range(times):
            try:
                outcomes.append((await client.vectors(["hello there"], 5)).vectors)
            except BotFailed as failed:
                outcomes.append(failed.why)
        await client.close()
        return outcomes

    return asyncio.run(asking())


def test_a_good_answer_is_believed(bot: Bot) -> None:
    [[vector]] = ask(bot.address)
    assert (len(vector), vector[383]) == (384, 1.0)
    assert bot.asked == [("/webhooks/baton/vectors", "Bearer the token", {"texts": ["hello there"]})]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"encoder": "abc", "vectors": []},
        {"encoder": "abc", "vectors": [GOOD, GOOD]},
        {"encoder": "abc", "vectors": ["no base64"]},
        {"encoder": "abc", "vectors": [GOOD[:400]]},
        {"encoder": "", "vectors": [GOOD]},
    ],
)
def test_what_isnt_a_vector_for_each_text_is_not(bot: Bot, body: dict[str, Any]) -> None:
    bot.body = body
    assert ask(bot.address) == ["bad_answer"]


def test_after_a_failure_the_bot_isnt_asked_for_a_while(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    bot.status = 502
    assert ask(bot.address, 3) == ["refused", "unreachable", "unreachable"]
    assert len(bot.asked) == 1
    monkeypatch.setattr(vector_client, "REST_SECONDS", 0.0)
    assert ask(bot.address, 3) == ["refused"] * 3


def test_a_bot_that_isnt_there_fails_at_once() -> None:
    assert ask("http://127.0.0.1:1") == ["unreachable"]
