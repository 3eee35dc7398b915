"""The sockets: who may open one, what may be said on it, and what ends it: guarantees 2.3, row by row."""

from __future__ import annotations

import json
import socket as sockets
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode

from handoff import reps
from handoff.settings import Limits
from tests.desk import Customer, Desk, Line, RepClient, dial, eventually, running_desk
from tests.test_customer_input import refused

FOREIGN = [None, "null", "https://evil", "https://shop.example.evil.com", "http://shop.test", "http://127.0.0.1:1"]
PATHS = ["/api/socket", "/api/rep/socket"]


@pytest.fixture(scope="module")
def ana(desk: Desk) -> Customer:
    return desk.ana("C-1001")


@pytest.fixture(scope="module")
def ruth(desk: Desk) -> RepClient:
    return desk.rep("ruth")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("origin", FOREIGN)
def test_no_other_origin_gets_a_socket(desk: Desk, ruth: RepClient, path: str, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refusal, dial(desk, path, origin=origin, cookie=ruth.cookie):
        pass
    assert refusal.value.response.status_code == 403
    assert json.loads(refusal.value.response.body)["error"]["code"] == "forbidden"


def test_the_same_host_by_https_is_another_origin(desk: Desk) -> None:
    with pytest.raises(InvalidStatus), dial(desk, PATHS[0], origin=desk.origin.replace("http:", "https:")):
        pass


def test_a_session_in_the_address_is_refused(desk: Desk, ana: Customer) -> None:
    with pytest.raises(InvalidStatus) as refusal, dial(desk, f"/api/socket?session={ana.session}"):
        pass
    assert refusal.value.response.status_code == 403


@pytest.mark.parametrize("path", PATHS)
def test_a_socket_address_asked_without_upgrade_answers_in_the_envelope(desk: Desk, path: str) -> None:
    answered = desk.client(origin=desk.origin).get(path)
    refused(answered, 426, "upgrade_required")


def test_nothing_is_sent_before_hello(desk: Desk) -> None:
    with dial(desk, "/api/socket") as line, pytest.raises(TimeoutError):
        line.next(0.3)


@pytest.mark.parametrize("session", [None, "", "wrong", "x" * 500, "Ünïcödé"])
def test_a_hello_without_a_running_session_is_hung_up_on(desk: Desk, session: str | None) -> None:
    with dial(desk, "/api/socket") as line:
        line.hello(session=session)
        assert line.closed() == 4401
        assert line.heard == []


@pytest.mark.parametrize("first", [{"kind": "pong"}, {"kind": "typing", "conversation": "x"}])
def test_the_first_frame_must_be_hello(desk: Desk, first: dict[str, str]) -> None:
    with dial(desk, "/api/socket") as line:
        line.send(first)
        assert line.closed() == 4401


@pytest.mark.parametrize(
    "first", ["", "{", "[]", "null", '{"kind":"hello","session":7}', '{"kind":"hello","role":"rep"}']
)
def test_a_bad_first_frame_ends_the_socket_without_a_word(desk: Desk, first: str) -> None:
    with dial(desk, "/api/socket") as line:
        line.send(first)
        assert line.closed() == 4400
        assert line.heard == []


def test_an_ended_session_opens_no_socket(desk: Desk) -> None:
    bob = desk.ana("C-2002")
    assert bob.http.delete("/api/sessions/current").status_code == 204
    with dial(desk, "/api/socket") as line:
        line.hello(session=bob.session)
        assert line.closed() == 4401


@pytest.mark.parametrize(
    "cookie", [None, "__Host-baton=", "__Host-baton=wrong", "baton=x; __Host-baton", "=;=;=\u00ff"]
)
def test_a_console_without_a_session_is_hung_up_on(desk: Desk, cookie: str | None) -> None:
    with dial(desk, "/api/rep/socket", cookie=cookie) as line:
        line.hello()
        assert line.closed() == 4401


def test_a_writer_gets_no_console_socket(desk: Desk) -> None:
    with dial(desk, "/api/rep/socket", cookie=desk.rep("wen").cookie) as line:
        line.hello()
        assert line.closed() == 4403


def test_what_was_said_while_away_is_replayed(desk: Desk, ana: Customer) -> None:
    chat = ana.opens()
    ana.says(chat, "one")
    with ana.socket(chat, after=1) as line:
        replay = line.until("replay")
        assert replay["messages"][0]["text"] == "one"
        assert all(message["seq"] > 1 for message in replay["messages"])
        assert line.until("state")["conversation"]["id"] == chat


def test_a_second_tab_gets_the_same_in_the_same_order(desk: Desk) -> None:
    bob = desk.ana("C-3003")
    chat = bob.opens()
    with bob.socket(chat) as one, bob.socket(chat) as two:
        for line in (one, two):
            line.until("replay")
        for number in range(20):
            bob.says(chat, f"number {number}")
        for line in (one, two):
            said = [line.until("message")["message"] for _ in range(20)]
            assert [each["seq"] for each in said] == list(range(2, 22))


def test_a_long_absence_is_replayed_in_part_and_the_rest_is_fetched(desk: Desk) -> None:
    bob = desk.ana("C-4004")
    chat = bob.opens()
    bob.asks_for_person(chat)
    for number in range(210):
        assert bob.says(chat, f"number {number}").status_code == 201
    with bob.socket(chat) as line:
        replay = line.until("replay")
        assert (len(replay["messages"]), replay["more"]) == (200, True)
        page = bob.http.get(f"/api/conversations/{chat}/messages?after={replay['messages'][-1]['seq']}").json()
        assert page["messages"][-1]["seq"] == replay["head"] == page["head"]
        bob.says(chat, "and now")
        assert line.until("message")["message"]["text"] == "and now"


def test_another_customers_conversation_is_not_found_and_twenty_guesses_end_the_socket(
    desk: Desk, ana: Customer
) -> None:
    chat = ana.opens()
    stranger = desk.ana()
    with stranger.socket() as line:
        for _ in range(19):
            line.hello(conversation=chat)
            assert line.until("error")["code"] == "not_found"
        line.send({"kind": "typing", "conversation": chat})
        assert line.closed() == 4403


def test_bad_frames_are_answered_and_fifty_end_the_socket(desk: Desk, ana: Customer) -> None:
    bad = ["", "[]", "7", '"x"', "{", '{"kind":"shout"}', '{"kind":"pong","x":1}', "[" * 9_000, '{"kind":"typing"}']
    with ana.socket() as line:
        for number in range(50):
            line.send(bad[number % len(bad)])
            time.sleep(0.021)
        assert line.closed() == 4400
        assert len([frame for frame in line.heard if frame["kind"] == "error"]) == 50


def test_a_frame_that_is_too_large_ends_the_socket(ana: Customer) -> None:
    with ana.socket() as line:
        line.send(json.dumps({"kind": "pong", "x": "x" * 17_000}))
        assert line.closed() == 1009


def test_a_binary_frame_ends_the_socket(ana: Customer) -> None:
    with ana.socket() as line:
        line.send(b"\x00\x01")
        assert line.closed() == 1003


def test_a_frame_that_isnt_utf8_ends_the_socket(ana: Customer) -> None:
    with ana.socket() as line:
        line.socket.socket.sendall(Frame(Opcode.TEXT, b"\xff\xfe").serialize(mask=True))
        assert line.closed() in (1007, 4400)


def test_no_compression_is_agreed_on(desk: Desk) -> None:
    with dial(desk, "/api/socket") as line:
        assert line.socket.response
        assert "sec-websocket-extensions" not in line.socket.response.headers


def test_a_hundred_frames_a_second_end_the_socket(ana: Customer) -> None:
    with ana.socket() as line:
        for _ in range(200):
            line.send({"kind": "pong"})
        assert line.closed() == 4429


def test_a_hello_for_another_session_ends_the_socket(desk: Desk, ana: Customer) -> None:
    bob = desk.ana("C-2002")
    with ana.socket() as line:
        line.hello(session=bob.session)
        assert line.closed() == 4401


@pytest.fixture(scope="module")
def strict_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    limits = Limits(
        sockets_per_customer=2, anonymous_sockets_per_address=3, hello_seconds=1, beat_seconds=1, outbox_seconds=1
    )
    with running_desk(tmp_path_factory.mktemp("strict"), limits=limits) as running:
        yield running


def test_silence_instead_of_hello_is_hung_up_on(strict_desk: Desk) -> None:
    with dial(strict_desk, "/api/socket") as line:
        assert line.closed(3) == 4401


def test_a_customer_has_so_many_sockets_and_no_more(strict_desk: Desk) -> None:
    ana = strict_desk.ana("C-1001")
    with ana.socket(), ana.socket(), dial(strict_desk, "/api/socket") as third:
        third.hello(session=ana.session)
        assert third.closed() == 4429
    eventually(lambda: not strict_desk.parts.hub.sockets)
    with ana.socket():
        pass


def test_an_address_has_so_many_anonymous_sockets_but_verified_customers_and_reps_dont_count(strict_desk: Desk) -> None:
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(strict_desk.ana().socket())
        ruth = stack.enter_context(strict_desk.rep().socket())
        assert ruth.until("queue")
        with dial(strict_desk, "/api/socket") as fourth:
            assert fourth.closed() == 4429
    eventually(lambda: not strict_desk.parts.hub.sockets)
    with ExitStack() as stack:
        for number in range(5):
            stack.enter_context(strict_desk.ana(f"C-{number}").socket())


def test_beats_carry_the_head_and_repair_a_lost_hint(strict_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = strict_desk.ana("C-5005")
    chat = ana.opens()
    ana.asks_for_person(chat)
    with ana.socket(chat) as line:
        line.until("replay")
        monkeypatch.setattr(strict_desk.parts.hub, "hear", lambda notices: None)
        seq = ana.says(chat, "nobody was told of this").json()["seq"]
        assert line.until("beat", where=lambda beat: beat["head"] == seq)["conversation"] == chat
        assert line.until("message")["message"]["seq"] == seq


def test_a_reader_who_doesnt_read_is_cut_off_and_misses_nothing_later(strict_desk: Desk) -> None:
    ana = strict_desk.ana("C-6006")
    chat = ana.opens()
    with raw_socket(strict_desk, ana, chat) as deaf:
        eventually(lambda: strict_desk.parts.hub.sockets)
        for _ in range(600):
            flood(strict_desk, "x" * 100_000)
            if not strict_desk.parts.hub.sockets:
                break
            time.sleep(0.02)
        eventually(lambda: not strict_desk.parts.hub.sockets, 10)
        assert deaf.fileno() >= 0
    with ana.socket(chat) as line:
        assert line.until("replay")["messages"]


def raw_socket(desk: Desk, ana: Customer, chat: str) -> sockets.socket:
    """A socket that says hello and then never reads."""
    line = sockets.create_connection(("127.0.0.1", desk.settings.port))
    line.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    headers = {
        "Host": "desk",
        "Origin": desk.origin,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    line.sendall(f"GET /api/socket HTTP/1.1\r\n{fields}\r\n".encode())
    line.recv(4096)
    hello = json.dumps({"kind": "hello", "session": ana.session, "conversation": chat}).encode()
    line.sendall(Frame(Opcode.TEXT, hello).serialize(mask=True))
    return line


def flood(desk: Desk, frame: str) -> None:
    async def put() -> None:
        for socket in list(desk.parts.hub.sockets):
            socket.outbox.put(frame)

    desk.call(put())


@pytest.mark.parametrize("how", ["customer ends it", "another sub", "signed out", "disabled"])
def test_a_socket_whose_session_ends_is_hung_up_on_within_five_seconds(desk: Desk, how: str) -> None:
    with ended_socket(desk, how) as line:
        started = time.monotonic()
        assert line.closed(6) == 4401
        assert time.monotonic() - started < 5


class ended_socket:
    """An open socket whose session has just ended."""

    def __init__(self, desk: Desk, how: str):
        self.stack = ExitStack()
        self.desk, self.how = desk, how

    def __enter__(self) -> Line:
        bob, sam = self.desk.ana("C-7007"), self.desk.rep("sam")
        rep = self.how in ("signed out", "disabled")
        line: Line = self.stack.enter_context(sam.socket() if rep else bob.socket())
        ends: dict[str, Any] = {
            "customer ends it": lambda: bob.http.delete("/api/sessions/current"),
            "another sub": lambda: bob.start(token("C-8008")),
            "signed out": lambda: sam.http.post("/api/rep/sign-out", json={}),
            "disabled": lambda: self.desk.do(reps.disable, self.desk.rep_account("sam")),
        }
        ends[self.how]()
        return line

    def __exit__(self, *_: object) -> None:
        self.stack.close()


def token(sub: str) -> str:
    from tests.desk import token_of_shop

    return token_of_shop(sub)


def test_a_failing_socket_says_so_by_its_code(desk: Desk, ana: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.parts.hub, "join", explode)
    with dial(desk, "/api/socket") as line:
        line.hello(session=ana.session)
        assert line.closed() == 1011
