"""A bot in Rasa's place: the private channel of docs/contracts.md over real HTTP, answering with what it heard."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HEARD = "The bot heard: "


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    seconds: float = 0.0


class _Channel(BaseHTTPRequestHandler):
    """`POST /webhooks/baton/turn`."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.server.seconds)
        body = json.dumps(_answer(asked)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def answering(seconds: float = 0.02) -> Iterator[int]:
    """A bot that takes `seconds` for each turn; yields its port."""
    server = _Server(("127.0.0.1", 0), _Channel)
    server.seconds = seconds
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the desk that asked was killed
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    said = asked.get("text") or asked.get("payload")
    return {
        "turn_id": asked["turn_id"],
        "conversation": asked["conversation"],
        "model": "scripted",
        "messages": [{"text": f"{HEARD}{said}"}],
        "understood": {"intent": "anything", "confidence": 1.0},
        "topic": None,
        "handoff": None,
        "events": [{"event": "user", "text": said}],
    }
