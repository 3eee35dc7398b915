"""Anything may come in at the private channel: it answers 200, a 4xx or an honest 502, and goes on working."""

import json
import random

import pytest
from talking import CONVERSATION, Chat, says, sets

CASES = 300
ODD = [
    *(
        None,
        True,
        -1,
        2**63,
        1e308,
        "",
        " ",
        "\0",
        "\ud800",
        "\u202e",
        "/restart",
        "{}",
        "x" * 5000,
        [],
        {},
        [[]],
        [{}],
    ),
    *({"event": "user"}, {"event": "slot", "timestamp": 1.0, "name": "email", "value": {"a": []}}, "A-123456"),
]


@pytest.fixture(scope="module")
def state(bot, actions):
    """The dialogue state after two real turns."""
    actions.script["action_track_order"] = {
        "events": [sets("asked", "order_number")],
        "responses": [says("utter_ask_order_number")],
    }
    actions.script["action_go_on"] = actions.script["action_track_order"]
    ana = Chat(bot)
    ana.says("where's my package")
    ana.says("A-123456")
    return ana.state


def places(value, path=()):
    """The paths to everything inside a JSON value."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


def changed(value, path, new):
    """A copy of the value with something else at a path."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


def test_whatever_is_changed_in_a_turn_it_is_answered_or_refused(bot, actions, state):
    chance = random.Random(2)
    for name in ("action_track_order", "action_go_on", "action_ask_again"):
        actions.script[name] = {"responses": [says(text="Yes?")]}
    good = {"turn_id": "t", "conversation": CONVERSATION, "text": "goodbye", "context": "c", "state": state}
    everywhere = list(places(good))
    seen = set()
    for _ in range(CASES):
        body = changed(good, chance.choice(everywhere), chance.choice(ODD))
        status, answer = bot.post(body)
        assert status in (200, 400, 413, 422, 502), (status, json.dumps(body)[:500])
        assert ("error" in answer) == (status != 200)
        seen.add(status)
    assert {200, 422} <= seen
    assert bot.turn(text="goodbye")[0] == 200
