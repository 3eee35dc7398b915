"""Requests that are wrong in themselves, and what the desk answers: guarantees 2.2, row by row. All in one envelope."""

from __future__ import annotations

import json
import select
import socket
import time
import zlib
from pathlib import Path
from typing import Any

import pytest

from handoff.settings import Limits
from tests.desk import GENEROUS, Customer, Desk, new_client_id, running_desk
from tests.test_customer_input import error, refused


@pytest.fixture(scope="module")
def ana(desk: Desk) -> Customer:
    return desk.ana("C-1001")


def spoken(desk: Desk, *parts: bytes, pause: float = 0, seconds: float = 5) -> tuple[int, dict[str, Any]]:
    """Status and body of the answer to bytes that no decent client sends."""
    with socket.create_connection(("127.0.0.1", desk.settings.port), timeout=seconds) as line:
        for part in parts:
            if select.select([line], [], [], pause)[0]:
                break  # it has answered already
            line.sendall(part)
        return answer_on(line)


def answer_on(line: socket.socket) -> tuple[int, dict[str, Any]]:
    heard = b""
    while b"\r\n\r\n" not in heard or not complete(heard):
        more = line.recv(65_536)
        if not more:
            break
        heard += more
    head, _, body = heard.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), json.loads(body)


def complete(heard: bytes) -> bool:
    head, _, body = heard.partition(b"\r\n\r\n")
    length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    return len(body) >= int(length[0].split(b":")[1])


def post(path: str, *headers: str, body: bytes = b"{}") -> bytes:
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: desk", *headers, "", ""]).encode() + body


JSON = "Content-Type: application/json"


@pytest.mark.parametrize("body", ["null", "[]", "7", '"x"', "true"])
def test_a_body_must_be_an_object(ana: Customer, body: str) -> None:
    headers = {"content-type": "application/json"}
    refused(ana.http.post("/api/sessions", content=body, headers=headers), 422, "bad_field")


@pytest.mark.parametrize("body", ["", "{", "{]", '{"a":}', "\ufeff{}", "{} {}", "'a'"])
def test_a_body_must_be_json(ana: Customer, body: str) -> None:
    answered = ana.http.post("/api/rep/sign-in", content=body, headers={"content-type": "application/json"})
    assert answered.status_code in (400, 422)
    assert error(answered)["code"] in ("bad_json", "bad_field")


def test_a_body_that_isnt_utf8_is_refused(ana: Customer) -> None:
    headers = {"content-type": "application/json"}
    refused(ana.http.post("/api/sessions", content=b'{"identity": "\xff"}', headers=headers), 400, "bad_json")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_json_must_be_called_json(desk: Desk, kind: str) -> None:
    headers = {"content-type": kind} if kind else {}
    refused(desk.client().post("/api/sessions", content="{}", headers=headers), 415, "wrong_media_type")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, identity"])
def test_a_compressed_body_is_refused(desk: Desk, encoding: str) -> None:
    headers = {"content-type": "application/json", "content-encoding": encoding}
    refused(desk.client().post("/api/sessions", content=zlib.compress(b"{}"), headers=headers), 415, "wrong_media_type")


def test_a_body_that_is_too_large_is_refused_before_it_is_read(desk: Desk) -> None:
    status, body = spoken(desk, post("/api/sessions", JSON, "Content-Length: 10000000", body=b"{"))
    assert (status, body["error"]["code"], body["error"]["limit"]) == (413, "too_large", 256 * 1024)


def test_a_chunked_body_that_is_too_large_is_refused(desk: Desk) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    status, body = spoken(desk, post("/api/sessions", JSON, "Transfer-Encoding: chunked", body=b""), chunk * 6)
    assert (status, body["error"]["code"]) == (413, "too_large")


def test_a_chunked_body_is_read_like_any_other(desk: Desk) -> None:
    status, body = spoken(desk, post("/api/sessions", JSON, "Transfer-Encoding: chunked", body=b"2\r\n{}\r\n0\r\n\r\n"))
    assert (status, body["verified"]) == (201, False)


@pytest.mark.parametrize(
    "request_bytes",
    [
        post("/api/sessions", JSON, "Content-Length: 2", "Transfer-Encoding: chunked"),
        post("/api/sessions", JSON, "Content-Length: 2", "Content-Length: 3"),
        post("/api/sessions", JSON, "Content-Length: -2"),
        post("/api/sessions", JSON, "Content-Length: two"),
        post("/api/sessions", JSON, "Transfer-Encoding: chunked", body=b"zz\r\n{}\r\n0\r\n\r\n"),
        post("/api/sessions", JSON, "Transfer-Encoding: gzip"),
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: desk\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon here\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: desk\r\n\r\n",
        b"GET //%zz\xff HTTP/1.1\r\nHost: desk\r\n\r\n",
        b"GET /caf\xc3\xa9 HTTP/1.1\r\nHost: desk\r\n\r\n",
        b"GET \x00 HTTP/1.1\r\nHost: desk\r\n\r\n",
    ],
)
def test_a_request_that_cant_be_read_is_a_bad_request_in_the_envelope(desk: Desk, request_bytes: bytes) -> None:
    status, body = spoken(desk, request_bytes)
    assert 400 <= status < 500
    assert body["error"]["code"]
    assert len(body["error"]["request_id"]) == 32


def test_headers_without_end_are_refused(desk: Desk) -> None:
    status, body = spoken(desk, b"GET / HTTP/1.1\r\n" + b"X-Long: " + b"x" * 20_000)
    assert (status, body["error"]["code"]) == (413, "too_large")


def test_an_unknown_path_and_a_wrong_method_answer_in_the_envelope(desk: Desk) -> None:
    client = desk.client()
    refused(client.get("/api/nothing/here"), 404, "not_found")
    refused(client.get("/wp-admin.php"), 404, "not_found")
    answered = client.delete("/api/conversations")
    refused(answered, 405, "method_not_allowed")
    assert "POST" in answered.headers["allow"]


def test_reading_never_changes_anything(desk: Desk) -> None:
    for path in ("/api/sessions", "/api/rep/sign-out", "/api/rep/sign-in", "/api/rep/conversations/x/claim"):
        refused(desk.client().get(path), 405, "method_not_allowed")


def test_a_clients_request_id_is_not_believed(desk: Desk) -> None:
    answered = desk.client().get("/nothing", headers={"x-request-id": "<script>"})
    assert error(answered)["request_id"] != "<script>"


@pytest.fixture(scope="module")
def impatient_desk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    limits = Limits(request_seconds=1, open_requests_per_address=3, sessions_per_address_per_5_minutes=5)
    with running_desk(tmp_path_factory.mktemp("impatient"), limits=limits) as running:
        yield running


def test_a_body_that_drips_in_is_given_up(impatient_desk: Desk) -> None:
    drops = [post("/api/sessions", JSON, "Content-Length: 100", body=b"{")] + [b" "] * 12
    status, body = spoken(impatient_desk, *drops, pause=0.15)
    assert (status, body["error"]["code"]) == (408, "too_slow")


def test_headers_that_drip_in_are_given_up(impatient_desk: Desk) -> None:
    drops = [b"GET /health HTTP/1.1\r\n"] + [b"X", b"-", b"A", b":", b" "] * 4
    status, body = spoken(impatient_desk, *drops, pause=0.15)
    assert (status, body["error"]["code"]) == (408, "too_slow")


def test_more_open_requests_than_an_address_may_have_are_refused(impatient_desk: Desk) -> None:
    waiting = []
    for _ in range(3):
        line = socket.create_connection(("127.0.0.1", impatient_desk.settings.port), timeout=5)
        line.sendall(post("/api/sessions", JSON, "Content-Length: 100", body=b"{"))
        waiting.append(line)
    time.sleep(0.2)
    status, body = spoken(impatient_desk, post("/api/sessions", JSON, "Content-Length: 2"))
    assert (status, body["error"]["code"]) == (429, "too_many")
    for line in waiting:
        line.close()


def test_addresses_that_others_claim_for_themselves_are_ignored(tmp_path: Path) -> None:
    with running_desk(tmp_path, limits=Limits(sessions_per_address_per_5_minutes=2)) as desk:
        codes = []
        for number in range(3):
            claims = {
                "x-forwarded-for": f"9.9.9.{number}",
                "x-real-ip": f"9.9.9.{number}",
                "forwarded": f"for=9.9.9.{number}",
            }
            codes.append(desk.client().post("/api/sessions", json={}, headers=claims).status_code)
        assert codes == [201, 201, 429]


def test_behind_a_listed_proxy_the_address_is_the_one_it_names(tmp_path: Path) -> None:
    limits = Limits(sessions_per_address_per_5_minutes=1)
    with running_desk(tmp_path, limits=limits, proxies=1) as desk:
        client = desk.client()
        codes = [
            client.post("/api/sessions", json={}, headers={"x-forwarded-for": address}).status_code
            for address in ("1.1.1.1", "2.2.2.2", "6.6.6.6, 2.2.2.2")
        ]
        assert codes == [201, 201, 429]


def test_one_ipv6_subscriber_with_many_addresses_is_counted_as_one(tmp_path: Path) -> None:
    limits = Limits(sessions_per_address_per_5_minutes=1)
    with running_desk(tmp_path, limits=limits, proxies=1) as desk:
        client = desk.client()
        codes = [
            client.post("/api/sessions", json={}, headers={"x-forwarded-for": address}).status_code
            for address in ("2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:2::ffff")
        ]
        assert codes == [201, 201, 429]


def test_every_answer_tells_browsers_to_be_careful(desk: Desk) -> None:
    for answered in (desk.client().get("/health"), desk.client().get("/nothing")):
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert answered.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answered.headers["content-security-policy"]
        assert "access-control-allow-origin" not in answered.headers


def test_what_nobody_foresaw_is_a_500_without_detail(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def explode(*_: Any) -> None:
        raise ZeroDivisionError("SELECT secret FROM customer")

    monkeypatch.setattr(desk.parts.runner, "read", explode)
    answered = desk.client().get("/api/setup")
    refused(answered, 500, "unexpected")
    assert "secret" not in answered.text


def test_health_writes_and_says_how_long_it_took(desk: Desk) -> None:
    assert desk.client().get("/health").json()["write_ms"] < 3_000


def test_the_generous_limits_of_tests_are_only_of_tests() -> None:
    assert Limits().messages_per_10_seconds == 10
    assert GENEROUS.messages_per_10_seconds > 10
    assert new_client_id() != new_client_id()
