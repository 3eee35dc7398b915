"""What the desk sends is checked before Rasa sees it."""

import json

import pytest

from bot.turn_request import Refused, checked_payload, read

GOOD = {"turn_id": "t-1", "conversation": "0a" * 16, "text": "hello", "context": None, "state": []}
USER = {"event": "user", "timestamp": 1.0, "text": "hi", "parse_data": {"intent": {"name": "greet"}, "entities": []}}
LISTEN = {"event": "action", "timestamp": 2.0, "name": "action_listen"}


def body(**changes):
    fields = {**GOOD, **changes}
    return json.dumps({name: value for name, value in fields.items() if value != "-"}).encode()


def refusal(raw, domain):
    with pytest.raises(Refused) as refused:
        read(raw, domain)
    return refused.value.status, refused.value.error["code"]


def test_a_turn_is_read(domain):
    wanted = read(body(state=[USER, LISTEN], context="token"), domain)
    assert (wanted.said, wanted.pressed, wanted.conversation) == ("hello", False, "0a" * 16)
    assert wanted.metadata() == {"context": "token", "pressed": False, "yes_or_no": False}
    assert len(wanted.tracker.events) == 2


@pytest.mark.parametrize(
    ("question", "expected"), [("helped", True), ("confirm_return", True), ("order_number", False)]
)
def test_the_bot_knows_whether_its_open_question_can_be_denied(domain, question, expected):
    asked = {"event": "slot", "timestamp": 3.0, "name": "asked", "value": question}
    assert read(body(state=[USER, LISTEN, asked]), domain).metadata()["yes_or_no"] is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"text": "-"}, (422, "bad_request")),
        ({"payload": "/greet"}, (422, "bad_request")),
        ({"text": None}, (422, "bad_request")),
        ({"text": 5}, (422, "bad_request")),
        ({"text": ["hello"]}, (422, "bad_request")),
        ({"text": ""}, (422, "empty_message")),
        ({"text": " \u2003\n"}, (422, "empty_message")),
        ({"text": "x" * 4001}, (413, "too_long")),
        ({"text": "a\0b"}, (422, "bad_character")),
        ({"text": "\ud800"}, (422, "bad_character")),
        ({"turn_id": ""}, (422, "bad_request")),
        ({"turn_id": "x" * 65}, (422, "bad_request")),
        ({"turn_id": "a\nb"}, (422, "bad_request")),
        ({"turn_id": 7}, (422, "bad_request")),
        ({"conversation": "-"}, (422, "bad_request")),
        ({"conversation": "../../etc"}, (422, "bad_request")),
        ({"conversation": "0a" * 16 + "\n"}, (422, "bad_request")),
        ({"context": {"customer": "C-1001"}}, (422, "bad_request")),
        ({"context": "x" * 9000}, (422, "bad_request")),
        ({"context": "é"}, (422, "bad_request")),
        ({"metadata": {"customer_id": "C-1001"}}, (422, "unknown_field")),
        ({"sender": "someone"}, (422, "unknown_field")),
        ({"state": None}, (422, "bad_state")),
        ({"state": "[]"}, (422, "bad_state")),
        ({"state": {"events": []}}, (422, "bad_state")),
        ({"state": [[]]}, (422, "bad_state")),
        ({"state": [None]}, (422, "bad_state")),
        ({"state": [{}]}, (422, "bad_state")),
        ({"state": [{"event": "no_such_event", "timestamp": 1.0}]}, (422, "bad_state")),
        ({"state": [{"event": "pause", "timestamp": 1.0}]}, (422, "bad_state")),
        ({"state": [{"event": "restart", "timestamp": 1.0}]}, (422, "bad_state")),
        ({"state": [{"event": "reminder", "timestamp": 1.0, "intent": "greet"}]}, (422, "bad_state")),
        ({"state": [{"event": "slot", "timestamp": 1.0, "name": ["x"], "value": 1}]}, (422, "bad_state")),
        ({"state": [{**LISTEN, "timestamp": "yesterday"}]}, (422, "bad_state")),
        ({"state": [{**USER, "parse_data": None}]}, (422, "bad_state")),
        ({"state": [{**USER, "parse_data": {"intent": "greet"}}]}, (422, "bad_state")),
        ({"state": [{**USER, "parse_data": {"entities": [1]}}]}, (422, "bad_state")),
        ({"state": [{**USER, "parse_data": {"intent": {"name": ["greet"]}}}]}, (422, "bad_state")),
        ({"state": [LISTEN] * 5001}, (422, "bad_state")),
    ],
)
def test_a_bad_field_is_named(domain, changes, expected):
    assert refusal(body(**changes), domain) == expected


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"{",
        b"\xff\xfe",
        b'{"text": NaN}',
        b'{"text": -Infinity}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"turn_id": ' + b"9" * 5001 + b"}",
    ],
    ids=range(9),
)
def test_what_is_not_json_is_refused(domain, raw):
    assert refusal(raw, domain)[0] in (400, 422)


@pytest.mark.parametrize("raw", [b"null", b"[]", b'"hello"', b"5", b"true"])
def test_json_that_is_not_an_object_is_refused(domain, raw):
    assert refusal(raw, domain) == (422, "bad_request")


@pytest.mark.parametrize(
    "payload",
    [
        "/greet",
        "/talk_to_human",
        '/inform_order{"order_number": "A-123456"}',
        '/inform_order{"email":"ana@example.com"}',
    ],
)
def test_a_payload_of_the_domain_is_a_command(domain, payload):
    wanted = read(body(text="-", payload=payload), domain)
    assert wanted.pressed
    assert wanted.said.startswith(payload.split("{")[0])


@pytest.mark.parametrize(
    "payload",
    [
        "greet",
        "/",
        "//greet",
        " /greet",
        "/greet ",
        "/no_such_intent",
        "/restart",
        "/back",
        "/session_start",
        "/nlu_fallback",
        "/greet@0.5",
        "/greet{",
        "/greet[]",
        '/greet{"order_number": 5}',
        '/greet{"no_such_entity": "x"}',
        '/greet{"order_number": ""}',
        '/greet{"order_number": "A"}x',
        '/greet{"order_number": NaN}',
        "/greet\n/restart",
        "/inform_order" + '{"order_number":' * 5000,
        '/greet{"order_number": "\ud800"}',
        "",
        None,
        5,
        {},
        "EXTERNAL: greet",
        '/inform_order{"order_number": "' + "9" * 201 + '"}',
    ],
)
def test_any_other_payload_is_refused(domain, payload):
    assert checked_payload(payload, domain) is None
    raw = json.dumps({**{k: v for k, v in GOOD.items() if k != "text"}, "payload": payload}).encode()
    assert refusal(raw, domain) == (422, "bad_payload")


def test_a_payload_is_made_anew_so_that_nothing_rides_along(domain):
    payload = '/inform_order{"order_number": "x", "order_number": "A-123456"}'
    assert checked_payload(payload, domain) == '/inform_order{"order_number": "A-123456"}'
