"""Simulated conversations: what counts as resolved, handed over or suspicious, and which files can be read."""

from pathlib import Path
from typing import Any

import pytest

from benchmark.simulate import NotPossible, read_dialogs, report_lines
from benchmark.verdicts import Exchange, Verdict, verdict_of


def exchange(intent: str, confidence: float = 0.9, **told: Any) -> Exchange:
    answer = {"understood": {"intent": intent, "confidence": confidence}, "handoff": None, "check": None}
    return Exchange("words", {**answer, "close": False, "messages": [], **told})


def test_a_yes_to_the_check_is_resolved() -> None:
    assert verdict_of([exchange("track_package"), exchange("affirm", check="yes")]) == Verdict("resolved")


def test_a_handoff_is_one_whatever_came_before() -> None:
    handed = exchange("talk_to_human", handoff={"reason": "asked", "topic": None})
    assert verdict_of([exchange("affirm", check="yes"), handed]) == Verdict("handed over", "asked")


@pytest.mark.parametrize(
    ("intent", "outcome"), [("nlu_fallback", "asked back"), ("out_of_scope", "declined"), ("greet", "open")]
)
def test_the_last_words_decide_what_is_left_open(intent: str, outcome: str) -> None:
    assert verdict_of([exchange("track_package"), exchange(intent)]).outcome == outcome


def test_help_at_low_confidence_and_displeasure_after_help_are_suspicious() -> None:
    suspicions = verdict_of([exchange("refund_status", 0.2), exchange("complaint")]).suspicions
    assert [suspicion.split(" ")[0] for suspicion in suspicions] == ["helped", "after"]


def test_many_topics_in_one_conversation_are_suspicious() -> None:
    wandering = [exchange(intent) for intent in ("track_package", "refund_status", "missing_coins")]
    assert verdict_of(wandering).suspicions == [
        "wandered over 3 topics: missing_coins, refund_status, track_package",
    ]


def test_only_the_customers_words_are_said(tmp_path: Path) -> None:
    file = tmp_path / "dialogs.jsonl"
    file.write_text(
        '{"id": "a", "turns": [{"speaker": "customer", "text": "hi"}, {"speaker": "agent", "text": "hello"}]}\n\n'
        '{"id": "b", "turns": [{"speaker": "agent", "text": "hello"}]}\n'
    )
    assert read_dialogs(file) == [{"id": "a", "said": ["hi"]}]


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", '{"id": 1}', '{"turns": [{"speaker": "customer"}]}', '{"turns": 1}']
)
def test_a_line_that_is_no_conversation_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "dialogs.jsonl").write_text('{"id": "a", "turns": []}\n' + line + "\n")
    with pytest.raises(NotPossible, match="Line 2 of"):
        read_dialogs(tmp_path / "dialogs.jsonl")


def test_the_report_counts_outcomes_and_names_suspicions() -> None:
    dialogs = [{"id": "a"}, {"id": "b"}]
    lines = list(report_lines(dialogs, [Verdict("resolved"), Verdict("handed over", "asked", ["it looked wrong"])]))
    assert lines == [
        "2 conversations",
        "  resolved: 1",
        "  handed over: 1",
        "    because asked: 1",
        "  with a suspected wrong answer: 1",
        "b: it looked wrong",
    ]
