"""A mail server that has trouble of its own is tried less and less, one session at a time, until it works again."""

from __future__ import annotations

import logging

import pytest

from handoff.mail_rest import LONGEST_SECONDS, SESSIONS, ServerRest
from handoff.mail_trouble import NotSent

BUSY = NotSent("busy", "421 too many of you", code="421", by_server=True)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_it_rests_longer_and_longer_and_is_tried_with_one_session_in_between() -> None:
    clock = Clock()
    rest = ServerRest(clock)
    assert rest.sessions == SESSIONS
    waits = []
    for _ in range(12):
        waits.append(rest.failed(BUSY))
        assert rest.sessions == 0
        clock.now += waits[-1]
        assert rest.sessions == 1
    assert waits[0] <= 6
    assert waits[1] > waits[0]
    assert all(LONGEST_SECONDS * 0.8 <= wait <= LONGEST_SECONDS * 1.2 for wait in waits[-3:])


def test_four_sessions_that_fail_at_once_are_one_failure() -> None:
    clock = Clock()
    rest = ServerRest(clock)
    first = rest.failed(BUSY)
    assert [rest.failed(BUSY) for _ in range(3)] == pytest.approx([first] * 3)
    clock.now += first
    assert rest.sessions == 1


def test_once_it_works_all_sessions_are_used_and_both_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    rest = ServerRest(clock)
    for _ in range(3):
        clock.now += rest.failed(BUSY)
    rest.worked()
    rest.worked()
    assert rest.sessions == SESSIONS
    assert [(each.levelno, each.message) for each in caplog.records] == [
        (logging.ERROR, "no mail goes out: the mail server is busy (421); it waits, and is tried again"),
        (logging.WARNING, "mail goes out again"),
    ]
