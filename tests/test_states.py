"""The table of states and moves is design.md's, no more and no less."""

import itertools

import pytest

from handoff.moves import FIRST_STEP, OWNER_KIND
from handoff.states import MOVES, By, State, may_move

DESIGN = {
    "with_bot → closed": "solved idle left",
    "with_bot → waiting": "asked misunderstood bot_down tone policy",
    "waiting → with_rep": "claim offer",
    "waiting → with_bot": "stopped_waiting",
    "waiting → promised": "call_back message_left",
    "waiting → closed": "left",
    "promised → with_rep": "claim offer",
    "promised → waiting": "taken_back",
    "promised → with_bot": "taken_back",
    "promised → closed": "left",
    "with_rep → waiting": "release transfer rep_lost shift_end",
    "with_rep → with_rep": "take_over",
    "with_rep → with_bot": "return_to_bot",
    "with_rep → promised": "answer_later call_later",
    "with_rep → closed": "abuse solved idle left",
    "closed → waiting": "reopened",
}


@pytest.mark.parametrize(("start", "end"), list(itertools.product(State, State)))
def test_each_pair_of_states_is_moved_by_what_the_design_names(start: State, end: State) -> None:
    named = DESIGN.get(f"{start} → {end}", "").split()
    assert sorted(by for by in By if may_move(start, end, by)) == sorted(named)


def test_every_cause_moves_something() -> None:
    assert set().union(*MOVES.values()) == set(By)


def test_every_state_but_closed_and_promised_begins_with_a_next_step() -> None:
    assert set(FIRST_STEP) == set(State) - {State.CLOSED, State.PROMISED}
    assert set(OWNER_KIND) == set(State)
