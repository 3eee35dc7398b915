"""Both sides of the bot: Ana's words going in over HTTP, and an action server that says what a test tells it to."""

import http.client
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CONVERSATION = "5e" * 16


class Bot:
    """The running Rasa, spoken to as the desk does."""

    def __init__(self, port: int, token: str, log: Path) -> None:
        self.port, self.token, self.log = port, token, log

    def turn(self, state: list | None = None, **fields: Any) -> tuple[int, dict]:
        """One turn with a text or a payload; status and answer."""
        body = {"turn_id": "turn-1", "conversation": CONVERSATION, "context": "context-token", "state": state or []}
        return self.post({**body, **fields})

    def post(self, body: Any, token: str | None = None) -> tuple[int, dict]:
        """Any body, sent as JSON unless it's bytes."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = self.token if token is None else token
        return self._call("POST", "/webhooks/baton/turn", raw, {"Authorization": f"Bearer {given}"})

    def announce(self, size: int) -> tuple[int, dict]:
        """Say that so many bytes will come, and send none: a refusal closes the line while bytes are on their way."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Length": str(size)}
        return self._call("POST", "/webhooks/baton/turn", b"", headers)

    def health(self) -> int:
        try:
            return self._call("GET", "/webhooks/baton/health", None, {})[0]
        except OSError:
            return 0

    def _call(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()


class Chat:
    """A conversation as the desk keeps it: the state of the last accepted turn goes into the next one."""

    def __init__(self, bot: Bot) -> None:
        self.bot, self.state = bot, []

    def says(self, text: str) -> dict:
        return self._accepted(text=text)

    def presses(self, payload: str) -> dict:
        return self._accepted(payload=payload)

    def _accepted(self, **fields: Any) -> dict:
        status, answer = self.bot.turn(self.state, **fields)
        assert status == 200, answer
        self.state = self.state + answer["events"]
        return answer


def texts(answer: dict) -> list[str]:
    return [message["text"] for message in answer["messages"]]


Reply = Callable[[dict], dict] | dict | int
"""What an action answers: a dict, a function of the call, or a bare status."""


class ScriptedActions:
    """An action server: `script[name]` is the reply of that action; calls are kept. Unscripted actions answer 500."""

    def __init__(self, token: str) -> None:
        self.script: dict[str, Reply] = {}
        self.calls: list[dict] = []
        self.token = token
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_address[1]

    def __enter__(self) -> "ScriptedActions":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def reply(self, authorization: str, call: dict) -> tuple[int, dict]:
        if authorization != f"Bearer {self.token}":
            return 401, {}
        self.calls.append(call)
        scripted = self.script.get(call["next_action"], 500)
        scripted = scripted(call) if callable(scripted) else scripted
        return (scripted, {}) if isinstance(scripted, int) else (200, {"events": [], "responses": [], **scripted})

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        actions = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, answer = actions.reply(self.headers.get("Authorization", ""), call)
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Tests print nothing."""

        return Handler


def says(response: str | None = None, text: str | None = None, custom: dict | None = None, **fields: Any) -> dict:
    """One entry of an action's `responses`, as rasa-sdk writes it."""
    blank = {"text": text, "buttons": [], "elements": [], "custom": custom or {}, "template": response}
    return {**blank, "response": response, "image": None, "attachment": None, **fields}


def sets(name: str, value: Any) -> dict:
    """A slot event, as rasa-sdk writes it."""
    return {"event": "slot", "timestamp": None, "name": name, "value": value}
