"""Whatever happens in whatever order: exactly one owner, nobody given too much, nobody waits while a fit rep is free.

A machine plays days at random on a real SQLite (`tests/any_day/`): customers come, leave, write, come back, leave
messages and ask for calls; reps of two sites come, step away, drop out, take, claim, answer, promise, pass on and
close; a lead takes over and moves chats, changes hours and limits; the sites close; the clock is set. After each step,
and after the round of offers that every desk makes twice a second, what `must_hold` says must hold; at the end of the
day nobody is left waiting. That this finds things is shown in `test_any_day_finds`.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from handoff.schema import history
from tests.any_day.clock import Clock

ANY_DAY = settings(
    max_examples=50,
    stateful_step_count=50,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
HAPPENS = {"offered", "skipped", "assigned", "transferred", "promised", "away"}
MOVES = {"offer", "claim", "release", "transfer", "solved", "left"}


def test_any_day() -> None:
    """And they are full days: what happens on about every fourth at least has happened on some of them."""
    happened: set[str] = set()

    class Lived(Clock):
        def settle(self) -> None:
            rows = self.record.rows(history)
            happened.update(row.reason if row.kind == "moved" else row.kind for row in rows)
            super().settle()

    run_state_machine_as_test(Lived, settings=ANY_DAY)
    assert happened >= HAPPENS | MOVES
