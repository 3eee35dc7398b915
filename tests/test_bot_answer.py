"""The bot's answer is believed field by field, or not at all."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from handoff.bot_answer import BotAnswer

TONE = {"upset": 0.8, "unliteral": 0, "words": [{"word": "ridiculous", "for": "upset"}]}
GOOD: dict[str, Any] = {
    "turn_id": "t1",
    "conversation": "c1",
    "messages": [{"text": "It's on its way."}],
    "events": [],
    "check": "no",
    "close": False,
    "wrong_order": "A-123456",
    "understood": {
        "intent": "track_package",
        "confidence": 0.9,
        "tone": TONE,
        "also": ["refund_status"],
        "language": "en",
    },
}


def test_a_whole_answer_is_believed() -> None:
    answer = believed(GOOD)
    assert (answer.check, answer.close, answer.wrong_order) == ("no", False, "A-123456")
    assert answer.understood.tone
    assert [(each.word, each.sign_of) for each in answer.understood.tone.words] == [("ridiculous", "upset")]


def test_what_is_left_out_is_nothing() -> None:
    bare = {name: GOOD[name] for name in ("turn_id", "conversation", "messages", "events")}
    answer = believed(bare)
    assert (answer.check, answer.close, answer.wrong_order, answer.understood.tone) == (None, False, None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"check": "maybe"},
        {"check": True},
        {"close": "yes"},
        {"close": 1},
        {"wrong_order": True},
        {"wrong_order": "A-12345"},
        {"wrong_order": "A-123456\n"},
        {"wrong_order": "A-123456' OR 1=1"},
        {"understood": []},
        {"understood": {"also": "refund_status"}},
        {"understood": {"also": ["Refund status"]}},
        {"understood": {"also": ["refund_status"] * 11}},
        {"understood": {"language": "English"}},
        {"understood": {"language": "<b>"}},
        {"understood": {"tone": {"upset": 1.1, "unliteral": 0, "words": []}}},
        {"understood": {"tone": {"upset": None, "unliteral": 0, "words": []}}},
        {"understood": {"tone": {**TONE, "words": [{"word": "x", "for": "happy"}]}}},
        {"understood": {"tone": {**TONE, "words": [{"word": "", "for": "upset"}]}}},
        {"understood": {"tone": {"words": []}}},
    ],
    ids=str,
)
def test_an_answer_of_another_shape_is_refused(wrong: dict[str, Any]) -> None:
    believed(GOOD)
    with pytest.raises(msgspec.ValidationError):
        believed({**GOOD, **wrong})


def believed(answer: dict[str, Any]) -> BotAnswer:
    """The answer as it comes over the wire."""
    return msgspec.json.decode(msgspec.json.encode(answer), type=BotAnswer)
