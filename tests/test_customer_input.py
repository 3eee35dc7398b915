"""What customers may send and what they are told when it can't be taken: guarantees 2.1, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from handoff.settings import Limits
from handoff.turns import Turn
from tests.desk import Customer, Desk, echo, eventually, new_client_id, running_desk


@pytest.fixture(scope="module")
def ana(desk: Desk) -> Customer:
    return desk.ana("C-1001")


@pytest.fixture(scope="module")
def chat(ana: Customer) -> str:
    return ana.opens()


def error(answered: httpx.Response) -> dict[str, Any]:
    """The envelope's inside, after a look at its shape."""
    detail: dict[str, Any] = answered.json()["error"]
    assert {"code", "message", "request_id"} <= detail.keys()
    assert "Traceback" not in answered.text
    return detail


def refused(answered: httpx.Response, status: int, code: str, field: str | None = None) -> None:
    assert (answered.status_code, error(answered)["code"]) == (status, code), answered.text
    if field:
        assert error(answered)["field"] == field


def raw(ana: Customer, chat: str, body: bytes | str) -> httpx.Response:
    return ana.http.post(
        f"/api/conversations/{chat}/messages", content=body, headers={"content-type": "application/json"}
    )


@pytest.mark.parametrize("text", ["", "   \n\t", "\u200b\u200d\ufeff", "\u00a0\u2003"])
def test_a_message_without_words_is_refused(ana: Customer, chat: str, text: str) -> None:
    refused(ana.says(chat, text), 422, "empty_message")


@pytest.mark.parametrize("text", ["a" * 4_001, "é" * 4_001, "😀" * 5_000])
def test_a_message_that_is_too_long_is_refused_with_the_limit(ana: Customer, chat: str, text: str) -> None:
    answered = ana.says(chat, text)
    refused(answered, 413, "too_long")
    assert error(answered)["limit"]


def test_the_longest_message_fits_whatever_its_alphabet(ana: Customer, chat: str) -> None:
    for letter in ("a", "é", "語"):
        assert ana.says(chat, letter * 4_000).status_code == 201


def test_characters_that_cant_be_stored_are_refused(ana: Customer, chat: str) -> None:
    for escape in (r"a\u0000b", r"\ud800", r"x\udfff"):
        body = f'{{"client_id": "{new_client_id()}", "text": "{escape}"}}'
        refused(raw(ana, chat, body), 422, "bad_character", "text")


@pytest.mark.parametrize(
    "text", ["\u202egnirts", "a" + "\u0301" * 200, "\n" * 3_000 + "x", "<script>alert(1)</script>"]
)
def test_strange_but_storable_words_are_kept_as_they_are(ana: Customer, chat: str, text: str) -> None:
    assert ana.says(chat, text).json()["text"].strip() == text.strip()


@pytest.mark.parametrize("space", ["", " ", "\u00a0", "\n\u2003"])
@pytest.mark.parametrize("command", ["/restart", '/verify{"customer_id":"1"}', "EXTERNAL: x"])
def test_typed_commands_are_text(desk: Desk, ana: Customer, chat: str, space: str, command: str) -> None:
    asked: list[Turn] = []
    desk.bot.script = lambda turn: asked.append(turn) or echo(turn)  # type: ignore[func-returns-value]
    assert ana.says(chat, space + command).status_code == 201
    turn = eventually(lambda: [turn for turn in asked if command in (turn.text or "")])[0]
    assert turn.payload is None
    desk.bot.script = echo


def test_a_pile_of_brackets_is_refused(desk: Desk, ana: Customer, chat: str) -> None:
    refused(raw(ana, chat, "[" * 200_000), 413, "too_long")
    refused(raw(ana, chat, "[" * 16_000), 400, "bad_json")


@pytest.mark.parametrize(
    "number", ["9223372036854775808", "-99999999999999999999", "1" * 5_001, "NaN", "Infinity", "1e999"]
)
def test_numbers_that_nobody_can_store_are_refused_with_their_field(ana: Customer, chat: str, number: str) -> None:
    refused(raw(ana, chat, f'{{"client_id": "{new_client_id()}", "text": {number}}}'), 422, "bad_field", "text")


def test_a_repeated_key_is_refused(ana: Customer, chat: str) -> None:
    body = f'{{"client_id": "{new_client_id()}", "text": "one", "text": "two"}}'
    refused(raw(ana, chat, body), 400, "duplicate_key", "text")


@pytest.mark.parametrize("name", ["role", "owner_id", "seq", "verified", "metadata"])
def test_unknown_fields_are_refused_and_merged_nowhere(ana: Customer, chat: str, name: str) -> None:
    body = {"client_id": new_client_id(), "text": "hello", name: "x"}
    refused(ana.http.post(f"/api/conversations/{chat}/messages", json=body), 422, "unknown_field", name)


@pytest.mark.parametrize("client_id", [None, "", "short", "x" * 65, "with space", "ünïcode-id", 7])
def test_a_message_needs_a_good_client_id(ana: Customer, chat: str, client_id: Any) -> None:
    body = {"text": "hello"} if client_id is None else {"client_id": client_id, "text": "hello"}
    refused(ana.http.post(f"/api/conversations/{chat}/messages", json=body), 422, "bad_field", "client_id")


def test_sending_again_changes_nothing_and_another_text_is_refused(ana: Customer, chat: str) -> None:
    client_id = new_client_id()
    first, again = ana.says(chat, "once", client_id), ana.says(chat, "once", client_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    refused(ana.says(chat, "twice", client_id), 409, "id_reused")


def test_text_and_button_at_once_or_neither_is_refused(ana: Customer, chat: str) -> None:
    for more in ({}, {"text": "x", "button": "abc"}):
        body = {"client_id": new_client_id(), **more}
        refused(ana.http.post(f"/api/conversations/{chat}/messages", json=body), 422, "bad_field")


def test_a_message_to_a_closed_conversation_goes_on_in_its_successor(desk: Desk) -> None:
    bob = desk.ana("C-2002")
    closed = bob.opens()
    bob.says(closed, "hello")
    assert bob.http.post(f"/api/conversations/{closed}/close", json={}).json()["state"] == "closed"
    answered = bob.says(closed, "one more thing")
    assert answered.status_code == 201
    assert answered.json()["conversation"] not in (closed, None)


@pytest.mark.parametrize("id", ["0" * 32, "1", "%00", "..", "'; DROP TABLE message; --", "x" * 5_000, "é"])
def test_foreign_unknown_and_malformed_conversations_answer_alike(desk: Desk, chat: str, id: str) -> None:
    stranger = desk.ana()
    for other in (chat, id):
        for answered in (
            stranger.http.get(f"/api/conversations/{other.encode('ascii', 'ignore').decode() or 'x'}/messages"),
            stranger.says(other.replace("/", "").replace(";", "").replace(" ", "") or "x", "hello"),
        ):
            if len(other) < 4_000:
                refused(answered, 404, "not_found")
            assert answered.status_code < 500


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=", "after=1&after=2", "limit=0", "limit=201", "limit=1000000000"]
)
def test_a_cursor_out_of_range_is_refused(ana: Customer, chat: str, query: str) -> None:
    refused(ana.http.get(f"/api/conversations/{chat}/messages?{query}"), 422, "bad_field", query.split("=")[0])


def test_a_cursor_beyond_the_head_finds_nothing_more(ana: Customer, chat: str) -> None:
    page = ana.http.get(f"/api/conversations/{chat}/messages?after=9007199254740992").json()
    assert page["messages"] == []
    assert page["head"] > 0


def test_an_eleventh_message_in_ten_seconds_is_refused_and_says_when_to_retry(tmp_path: Path) -> None:
    with running_desk(tmp_path, limits=Limits()) as desk:
        ana = desk.ana("C-1001")
        chat = ana.opens()
        assert [ana.says(chat, f"{n}").status_code for n in range(10)] == [201] * 10
        answered = ana.says(chat, "11")
        refused(answered, 429, "too_many")
        assert 1 <= error(answered)["retry_after"] <= 10
        assert answered.headers["retry-after"] == str(error(answered)["retry_after"])
        bob = desk.ana("C-2002")
        assert bob.says(bob.opens(), "others may go on").status_code == 201


def test_a_card_number_is_hidden_before_it_is_stored(ana: Customer, chat: str) -> None:
    answered = ana.says(chat, "my card is 4111 1111 1111 1111")
    assert "4111" not in answered.json()["text"]
    eventually(lambda: any("hidden" in text for text in ana.sees(chat)))
