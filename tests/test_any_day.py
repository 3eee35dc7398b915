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
HAPPENS = {"offered", "claim", "transfer", "promised", "rep_changed"}


def test_any_day() -> None:
    """And they are full days: on some of them happens what nothing else here would notice the lack of."""
    missing = set(HAPPENS)

    class Lived(Clock):
        def settle(self) -> None:
            super().settle()
            for row in self.record.rows(history):
                missing.discard(row.reason if row.kind == "moved" else row.kind)

    run_state_machine_as_test(Lived, settings=ANY_DAY)
    assert not missing
