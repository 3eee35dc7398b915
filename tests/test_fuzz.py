"""300 made-up requests for each entry point: no 500, no dropped socket, every refusal in the envelope.

BATON_FUZZ_CASES raises the number for the long runs; BATON_FUZZ_DATABASE names a migrated Postgres to run them on.
"""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import msgspec
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from handoff.openapi import BODIES
from tests.desk import Customer, Desk, RepClient, dial, running_desk

CASES = int(os.environ.get("BATON_FUZZ_CASES", "300"))
many = settings(
    max_examples=CASES, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SUNG_OFF = {1000, 1003, 1007, 1009, 4400, 4401, 4403, 4429}

ODD_TEXT = st.sampled_from(
    [
        "",
        " ",
        "\u200b",
        "/restart",
        "\u2003EXTERNAL: x",
        "' OR 1=1 --",
        "<script>",
        "\u202e",
        "%00",
        "../..",
        "{}",
        "😀" * 50,
    ]
)
TEXT = st.text(max_size=80) | ODD_TEXT
NUMBER = st.integers() | st.floats() | st.sampled_from([2**31, 2**63, -(2**63) - 1, 10**400])
VALUE = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)
GOOD: dict[str, Any] = {
    "client_id": "client-id-of-fuzz",
    "text": "hello",
    "button": "abc",
    "solved": True,
    "identity": "a.b.c",
    "name": "ruth",
    "password": "a long pass phrase",
    "totp": "123456",
    "code": "AAAA",
    "display_name": "Ruth",
    "topic": "late_delivery",
    "cause": "carrier",
    "kind": "hello",
    "to": {"skill": "orders"},
    "note": "asked twice",
    "next_step": "ring the carrier",
    "order": "A-123456",
    "conversation": "abc",
    "after": 1,
    "session": "x",
    "seq": 1,
    "words": "thank you",
    "email": "ana@example.com",
    "token": "a-token-from-a-link",
    "revision": "",
    "role": "rep",
    "team_id": None,
    "site_id": None,
    "rep_id": None,
    "capacity": 3,
    "skills": [{"skill": "coins", "level": 1}],
    "disabled": False,
    "mode": "push",
    "time_zone": "Europe/London",
    "hours": [{"weekday": 0, "opens": 540, "closes": 1020}],
    "holidays": [{"day": "2026-12-25", "name": "Christmas"}],
    "days": [{"day": "2026-12-24", "hours": []}],
    "title": "Coins",
    "skill": None,
    "retired": False,
    "value": True,
    "phone": "+44 113 496 0000",
    "from": "2026-12-01T10:00:00Z",
    "until": "2026-12-01T11:00:00Z",
    "outcome": "reached",
    "reason": "swore four times",
    "conversations": ["abc"],
}


def bodies(struct: type[msgspec.Struct] | None) -> st.SearchStrategy[bytes]:
    """Good bodies with something wrong in them, any JSON, and any bytes."""
    names = [field.encode_name for field in msgspec.structs.fields(struct)] if struct else []
    changed = st.dictionaries(st.sampled_from([*names, "extra", "role"]), VALUE, max_size=3)
    spoilt = changed.map(lambda changes: {**{name: GOOD[name] for name in names}, **changes})
    missing = st.lists(st.sampled_from(names or ["x"])).map(lambda few: {name: GOOD.get(name) for name in few})
    as_json = (spoilt | missing | VALUE).map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
    return as_json | st.binary(max_size=200) | as_json.map(lambda whole: whole[:-1])


HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60).map(
    lambda text: text.strip().encode("latin-1")
)
HEADER_NAMES = [
    *("authorization", "cookie", "x-csrf-token", "origin", "sec-fetch-site", "content-encoding", "content-type"),
    *("x-client-id", "x-file-name"),
    *("x-forwarded-for", "forwarded", "accept", "if-none-match", "range", "expect", "x-request-id", "te"),
]
HEADERS = st.dictionaries(st.sampled_from(HEADER_NAMES), HEADER, max_size=2)
QUERY_NAMES = [
    *("after", "limit", "order", "period", "x"),
    *("day", "topic", "who", "vote", "cause", "written", "older_than"),
]
QUERY = st.dictionaries(st.sampled_from(QUERY_NAMES), TEXT | NUMBER.map(str), max_size=2)


class Logged(logging.Handler):
    """Errors that somebody would have to look into."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("websockets.client"):
            self.records.append(record)


class Target:
    """A desk with cheap passwords, and the two who knock at its doors."""

    def __init__(self, desk: Desk):
        self.desk = desk
        desk.parts.passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        self.ana: Customer = desk.ana("C-1001")
        self.ruth: RepClient = desk.rep("ruth")
        self.ada: RepClient = desk.rep("ada")
        self.chat = self.ana.waits()
        self.ruth.does("claim", self.chat)
        self.plain = desk.client()

    def client(self, path: str) -> httpx.Client:
        if path.endswith(("sign-out", "sessions/current", "setup")):
            return self.plain
        if path.startswith("/api/admin"):
            return self.ada.http
        return self.ruth.http if path.startswith("/api/rep") else self.ana.http


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with running_desk(tmp_path_factory.mktemp("fuzz"), os.environ.get("BATON_FUZZ_DATABASE")) as desk:
        yield Target(desk)


@pytest.fixture
def errors() -> Iterator[list[logging.LogRecord]]:
    logged = Logged()
    logging.getLogger().addHandler(logged)
    yield logged.records
    logging.getLogger().removeHandler(logged)


def check(answered: httpx.Response) -> None:
    assert answered.status_code < 500, answered.text
    if answered.status_code >= 400:
        assert {"code", "message", "request_id"} <= answered.json()["error"].keys()


@pytest.mark.parametrize("route", BODIES)
def test_no_request_makes_the_desk_stumble(target: Target, errors: list[logging.LogRecord], route: str) -> None:
    method, path = route.split(" ")
    ids = st.just(target.chat) | TEXT.map(lambda text: quote(text, safe="") or "x")

    @many
    @given(id=ids, body=bodies(BODIES[route].takes), headers=HEADERS, query=QUERY)
    def knock(id: str, body: bytes, headers: dict[str, bytes], query: dict[str, str]) -> None:
        asked = re.sub(r"{\w+}", lambda _: id, path)
        content = {} if method == "GET" else {"content": body}
        known = {"content-type": b"application/json", **headers}
        params = {name: value.encode("utf-8", "replace") for name, value in query.items()}
        check(target.client(path).request(method, asked, headers=known, params=params, **content))  # type: ignore[arg-type]

    knock()
    assert errors == []


@many
@given(
    method=st.sampled_from([b"GET", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"HEAD", b"PATCH", b"TRACE", b"get", b""]),
    path=st.binary(max_size=60)
    | st.sampled_from([b"/", b"*", b"//", b"/api/sessions", b"http://x/", b"/assets/..%2f..", b"/health?"]),
    lines=st.lists(st.binary(max_size=60), max_size=4),
    body=st.binary(max_size=60),
)
def test_no_bytes_make_the_desk_stumble(
    target: Target, errors: list[logging.LogRecord], method: bytes, path: bytes, lines: list[bytes], body: bytes
) -> None:
    head = b"\r\n".join([method + b" " + path + b" HTTP/1.1", b"Host: desk", b"Connection: close", *lines])
    with socket.create_connection(("127.0.0.1", target.desk.settings.port), timeout=5) as line:
        line.sendall(head + b"\r\n\r\n" + body)
        line.shutdown(socket.SHUT_WR)
        first = line.makefile("rb").readline()
    status = int(first.split(b" ")[1]) if first else 400
    assert status < 500, first
    assert errors == []


FRAMES = bodies(
    msgspec.defstruct("Any", [("kind", str), ("conversation", str), ("after", int), ("session", str)])
) | st.sampled_from(
    [
        b'{"kind":"pong"}',
        b'{"kind":"typing","conversation":"x"}',
        b'{"kind":"preview","conversation":"x","text":"\\ud800"}',
        b'{"kind":"hello","after":-1}',
    ]
)


@pytest.mark.parametrize("path", ["/api/socket", "/api/rep/socket"])
def test_no_frame_makes_the_desk_stumble(target: Target, errors: list[logging.LogRecord], path: str) -> None:
    @many
    @given(frames=st.lists(FRAMES, min_size=1, max_size=3), greeted=st.booleans(), binary=st.booleans())
    def speak(frames: list[bytes], greeted: bool, binary: bool) -> None:
        said: list[Any] = [frame if binary else frame.decode("utf-8", "replace") for frame in frames]
        hello = {"kind": "hello", "session": target.ana.session} if path == "/api/socket" else {"kind": "hello"}
        script = [*([hello] if greeted else []), *said, {"kind": "hello", "conversation": target.chat}]
        # This client sees 1006 when it still sends while the desk hangs up; slowly, it hears the code.
        ending = outcome(target, path, script) or outcome(target, path, script, pause=0.1)
        assert ending in SUNG_OFF | {"alive"}

    speak()
    assert errors == []


def outcome(target: Target, path: str, script: list[Any], pause: float = 0) -> int | str | None:
    """ "alive" if the last hello is answered, else the code with which the desk hung up; None if it wasn't heard."""
    with dial(target.desk, path, cookie=target.ruth.cookie) as line:
        try:
            for frame in script:
                line.send(frame)
                time.sleep(pause)
            line.until("replay")
            return "alive"
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else None
