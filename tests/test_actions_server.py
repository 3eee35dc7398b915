"""The action server as the bot, and anybody else on the machine, meets it: over real HTTP."""

import json
import os
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.larkfield import ANA, CONVERSATION, KEY, context_token, own_shop_url, sqlite_shop_url

__all__ = ["own_shop_url", "sqlite_shop_url"]

ROOT = Path(__file__).parents[1]
TOKEN = "the bot's token, thirty-two characters or more"
CANARY = "canary-4711"
WITH_A_BROKEN_ACTION = """
from actions.__main__ import main
from actions.turn import TurnAction

class Breaks(TurnAction):
    title = "action_breaks"

    async def answer(self, turn):
        raise RuntimeError(turn._tracker.latest_message["text"])

main()
"""


class Server:
    """A running `python -m actions`."""

    def __init__(self, shop_url: str, *program: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = {
            "PATH": os.environ["PATH"],
            "BATON_ACTIONS_TOKEN": TOKEN,
            "BATON_CONTEXT_KEY": KEY,
            "BATON_ACTIONS_PORT": str(self.port),
            "SHOP_DATABASE_URL": shop_url,
        }
        command = [sys.executable, *(program or ("-m", "actions"))]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, timeout=10)
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                if self.http.get("/health").status_code in (200, 503):
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"the action server didn't start: {self.stop()}")

    def post(self, body: Any = None, token: str | None = TOKEN, **options: Any) -> httpx.Response:
        """Call the webhook."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        headers |= options.pop("headers", {})
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.http.post("/webhook", content=content, headers=headers, **options)

    def stop(self) -> str:
        """End it; answers all that it logged."""
        self.http.close()
        self.process.terminate()
        return self.process.communicate(timeout=10)[0]


@pytest.fixture(scope="module")
def server(sqlite_shop_url: str) -> Iterator[Server]:
    """One server for the tests of this file."""
    server = Server(sqlite_shop_url)
    yield server
    server.stop()


def call(action: str = "action_track_order", **tracker: Any) -> dict[str, Any]:
    """A call as Rasa makes it."""
    message = {
        "intent": {"name": "track_package"},
        "entities": [],
        "text": CANARY,
        "metadata": {"context": context_token(customer=ANA)},
    }
    state = {"sender_id": CONVERSATION, "slots": {}, "latest_message": message, "events": [], **tracker}
    return {"next_action": action, "sender_id": CONVERSATION, "tracker": state, "domain": {}, "version": "3.6.21"}


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal; it never says more than three fields and repeats nothing."""
    assert CANARY not in answer.text
    assert set(answer.json()["error"]) == {"code", "message"}
    return answer.status_code, answer.json()["error"]["code"]


def test_the_bot_gets_an_answer(server: Server) -> None:
    answer = server.post(call())
    assert answer.status_code == 200
    assert set(answer.json()) == {"events", "responses"}
    assert answer.json()["responses"][0]["response"] == "utter_ask_pick"


def test_health_needs_no_token_and_looks_at_the_shop(server: Server, own_shop_url: str, tmp_path: Path) -> None:
    assert server.http.get("/health").status_code == 200
    (tmp_path / "shop.sqlite").unlink()
    broken = Server(own_shop_url)
    try:
        assert code(broken.http.get("/health")) == (503, "shop_unavailable")
        answer = broken.post(call()).json()
        assert {"event": "slot", "timestamp": None, "name": "asked", "value": "shop_down"} in answer["events"]
    finally:
        broken.stop()


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "ü"])
def test_without_the_token_nobody_gets_in(server: Server, token: str | None) -> None:
    headers = {"authorization": f"Bearer {token}".encode()} if token else {}
    assert code(server.post(call(), token=None, headers=headers)) == (401, "unauthorised")


@pytest.mark.parametrize("path", ["/", "/actions", "/webhook", "/status", "/metrics"])
def test_no_other_page_is_open(server: Server, path: str) -> None:
    assert code(server.http.get(path)) == (401, "unauthorised")


def test_the_list_of_actions_is_not_even_there_for_the_bot(server: Server) -> None:
    answer = server.http.get("/actions", headers={"authorization": f"Bearer {TOKEN}"})
    assert code(answer) == (404, "not_found")


def test_the_token_isnt_taken_from_the_address(server: Server) -> None:
    assert code(server.post(call(), token=None, params={"token": TOKEN})) == (401, "unauthorised")


def test_no_page_of_another_site_may_ask(server: Server) -> None:
    answer = server.http.options("/webhook", headers={"origin": "https://evil.example"})
    assert answer.status_code == 401
    assert "access-control-allow-origin" not in server.post(call(), headers={"origin": "https://evil.example"}).headers


def test_a_body_over_512_kb_is_too_large(server: Server) -> None:
    assert code(server.post(call(events=[{"event": "x" * 2_200_000}]))) == (413, "too_large")
    assert server.post(call(events=[{"event": "x" * 400_000}])).status_code == 200


@pytest.mark.parametrize("encoding", ["deflate", "gzip", "br", "identity, deflate"])
def test_a_compressed_bomb_is_never_unpacked(server: Server, encoding: str) -> None:
    bomb = zlib.compress(b" " * 50_000_000)
    assert len(bomb) < 100_000
    assert code(server.post(bomb, headers={"content-encoding": encoding})) == (415, "compressed")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 200_000, 422),
        (b'{"tracker":' + b"[" * 200_000, 422),
        (b"null", 422),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"next_action": null, "tracker": {}}', 422),
        (b'{"next_action": "", "tracker": {"sender_id": "c"}}', 422),
        (b'{"next_action": "action_track_order"}', 422),
        (b'{"next_action": "action_track_order", "tracker": []}', 422),
        (b'{"next_action": "action_track_order", "tracker": {"sender_id": 5}}', 422),
        (b'{"next_action": "action_track_order", "tracker": {"sender_id": "c", "events": [1]}}', 422),
        (b'{"next_action": "action_track_order", "tracker": {"sender_id": "c", "slots": NaN}}', 422),
    ],
)
def test_what_the_bot_would_never_send_is_refused(server: Server, body: bytes, status: int) -> None:
    refused, name = code(server.post(body))
    assert (refused, name) in [(status, "bad_call" if status == 422 else "bad_request"), (400, "bad_request")]


@pytest.mark.parametrize("action", ["action_restart", CANARY, "__class__", "../actions"])
def test_an_unknown_action_is_not_found(server: Server, action: str) -> None:
    assert code(server.post(call(action))) == (404, "not_found")


def test_an_action_that_breaks_answers_and_logs_without_a_word_of_the_conversation(sqlite_shop_url: str) -> None:
    server = Server(sqlite_shop_url, "-c", WITH_A_BROKEN_ACTION)
    answer = server.post(call("action_breaks"))
    log = server.stop()
    assert code(answer) == (500, "failed")
    assert "RuntimeError" in log
    assert CANARY not in log


def test_the_log_holds_neither_text_nor_ids(sqlite_shop_url: str) -> None:
    server = Server(sqlite_shop_url)
    server.post(call())
    server.post(call(CANARY))
    server.post(call(events=[{"event": "bot", "metadata": CANARY}, {"event": "user"}]))
    log = server.stop()
    assert "action=action_track_order" in log
    for secret in (CANARY, CONVERSATION, ANA, TOKEN, KEY, "Ana"):
        assert secret not in log
    assert "opentelemetry" not in log.lower()
    assert "compatib" not in log.lower()


@pytest.mark.parametrize("missing", ["BATON_ACTIONS_TOKEN", "BATON_CONTEXT_KEY"])
def test_it_doesnt_start_without_its_secrets(missing: str) -> None:
    secrets = {"BATON_ACTIONS_TOKEN": TOKEN, "BATON_CONTEXT_KEY": KEY} | {missing: "short"}
    started = subprocess.run(
        [sys.executable, "-m", "actions"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **secrets},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert started.returncode == 1
    assert missing in started.stderr
    assert "Traceback" not in started.stderr


def test_it_listens_on_loopback_only(server: Server) -> None:
    listening = Path("/proc/net/tcp").read_text()
    addresses = [line.split()[1] for line in listening.splitlines()[1:] if line.split()[3] == "0A"]
    assert f"0100007F:{server.port:04X}" in addresses
    assert f"00000000:{server.port:04X}" not in addresses
