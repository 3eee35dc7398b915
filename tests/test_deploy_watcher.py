"""What the watcher decides: it restarts what lives without answering, and leaves alone what is loading."""

from __future__ import annotations

import pytest

from deploy.supervision import State
from deploy.watcher import MISSES, Memory, Verdict, judge

GRACE = 60.0
UNKNOWN = Memory(GRACE)


def running(seconds: float, pid: int = 7) -> State:
    return State("bot_a", "RUNNING", pid, 0.0, seconds)


def looks(
    *answers: bool, first: float = 100, memory: Memory | None = None, pid: int = 7
) -> tuple[Memory, list[Verdict]]:
    """Look every two seconds, beginning when the process is `first` seconds old."""
    memory = memory or Memory(GRACE)
    verdicts = []
    for number, answer in enumerate(answers):
        memory, verdict = judge(memory, running(first + 2 * number, pid), answer, GRACE)
        verdicts.append(verdict)
    return memory, verdicts


def test_a_program_that_stops_answering_is_killed_after_five_misses_in_a_row() -> None:
    _, verdicts = looks(True, *[False] * MISSES)
    assert verdicts == [Verdict.LEAVE] * MISSES + [Verdict.KILL]


def test_a_program_that_answers_now_and_then_is_left_alone() -> None:
    _, verdicts = looks(True, *([False] * (MISSES - 1) + [True]) * 5)
    assert set(verdicts) == {Verdict.LEAVE}


def test_a_bot_that_loads_is_left_alone_until_its_patience_is_over() -> None:
    _, verdicts = looks(*[False] * 31, first=0)
    assert set(verdicts) == {Verdict.LEAVE}
    _, verdicts = looks(False, first=GRACE + 1)
    assert verdicts == [Verdict.KILL]


def test_a_bot_that_was_killed_while_loading_gets_twice_as_long_the_next_time() -> None:
    memory, verdicts = looks(False, first=GRACE + 1)
    assert verdicts == [Verdict.KILL]
    _, verdicts = looks(False, first=2 * GRACE - 1, memory=memory, pid=8)
    assert verdicts == [Verdict.LEAVE]
    _, verdicts = looks(False, first=2 * GRACE + 1, memory=memory, pid=8)
    assert verdicts == [Verdict.KILL]


def test_a_bot_that_has_answered_gets_the_usual_patience_again() -> None:
    memory, _ = looks(False, first=GRACE + 1)
    memory, _ = looks(True, memory=memory, pid=8)
    assert memory.patience == GRACE


def test_a_new_process_starts_without_the_misses_of_the_one_before() -> None:
    memory, _ = looks(True, *[False] * (MISSES - 1))
    _, verdicts = looks(False, first=1, memory=memory, pid=8)
    assert verdicts == [Verdict.LEAVE]


@pytest.mark.parametrize(
    ("state", "seconds", "verdict"),
    [
        ("FATAL", 0, Verdict.START_AFRESH),
        ("BACKOFF", 3, Verdict.LEAVE),
        ("BACKOFF", 11, Verdict.START_AFRESH),
        ("STOPPED", 1000, Verdict.LEAVE),
        ("STOPPING", 11, Verdict.LEAVE),
        ("EXITED", 11, Verdict.LEAVE),
    ],
)
def test_what_has_ended_is_supervisords_to_start_unless_it_waits_too_long(
    state: str, seconds: float, verdict: Verdict
) -> None:
    memory = Memory(GRACE, pid=7, answered=True, misses=MISSES)
    assert judge(memory, State("desk", state, 0, 0.0, seconds), False, GRACE) == (memory, verdict)
