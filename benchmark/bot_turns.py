"""A turn of the bot: Baton's at the private channel beside `rasa init` on REST, same lines, one after the other."""

import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx

from benchmark.bot_servers import TOKEN
from benchmark.samples import Sample

LINES = ("hello", "good morning", "see you later", "bye")
WARM_UP = 5
CONVERSATIONS = 60


class Baton:
    """What the desk does: the dialogue state goes along with each turn and comes back."""

    def __init__(self, http: httpx.Client, port: int):
        self._http = http
        self._url = f"http://127.0.0.1:{port}/webhooks/baton/turn"
        self._state: list[Any] = []
        self._conversation = ""

    def begin(self) -> None:
        self._state, self._conversation = [], uuid.uuid4().hex

    def say(self, line: str) -> None:
        asked = {"turn_id": uuid.uuid4().hex, "conversation": self._conversation, "text": line}
        body = {**asked, "context": "nobody has signed in", "state": self._state}
        answered = self._http.post(self._url, json=body, headers={"Authorization": f"Bearer {TOKEN}"})
        answered.raise_for_status()
        self._state += answered.json()["events"]


class Plain:
    """What a page does with Rasa's REST channel: Rasa keeps the conversation."""

    def __init__(self, http: httpx.Client, port: int):
        self._http = http
        self._url = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
        self._sender = ""

    def begin(self) -> None:
        self._sender = uuid.uuid4().hex

    def say(self, line: str) -> None:
        answered = self._http.post(self._url, json={"sender": self._sender, "message": line})
        assert answered.raise_for_status().json(), f"no answer to {line!r}"


def measure(private_port: int, plain_port: int) -> tuple[Sample, Sample]:
    """Baton's turns and the plain project's; each line goes to one and then to the other, the first by turns."""
    ours, theirs = Sample(), Sample()
    with httpx.Client(timeout=60, trust_env=False) as http:
        bots = [(Baton(http, private_port), ours), (Plain(http, plain_port), theirs)]
        for number in range(WARM_UP + CONVERSATIONS):
            for bot, _ in bots:
                bot.begin()
            for line in LINES:
                for bot, sample in bots if number % 2 else reversed(bots):
                    _take_time(bot.say, line, sample)
            if number < WARM_UP:
                ours.times, theirs.times = [], []
    return ours, theirs


def _take_time(say: Callable[[str], None], line: str, sample: Sample) -> None:
    began = time.perf_counter()
    say(line)
    took = time.perf_counter() - began
    sample.times.append(took)
    sample.seconds += took
