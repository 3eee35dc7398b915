"""The states of a conversation and the moves between them: one table, enumerated by a test (design.md, States)."""

from enum import StrEnum


class State(StrEnum):
    """Who a conversation is waiting for next."""

    WITH_BOT = "with_bot"
    WAITING = "waiting"
    WITH_REP = "with_rep"
    PROMISED = "promised"
    CLOSED = "closed"


class By(StrEnum):
    """What moved a conversation."""

    SOLVED = "solved"
    IDLE = "idle"
    ASKED = "asked"
    MISUNDERSTOOD = "misunderstood"
    BOT_DOWN = "bot_down"
    TONE = "tone"
    POLICY = "policy"
    CLAIM = "claim"
    OFFER = "offer"
    STOPPED_WAITING = "stopped_waiting"
    CALL_BACK = "call_back"
    MESSAGE_LEFT = "message_left"
    LEFT = "left"
    RELEASE = "release"
    TRANSFER = "transfer"
    TAKE_OVER = "take_over"
    ABUSE = "abuse"
    REP_LOST = "rep_lost"
    SHIFT_END = "shift_end"
    RETURN_TO_BOT = "return_to_bot"
    CALL_LATER = "call_later"
    ANSWER_LATER = "answer_later"
    TAKEN_BACK = "taken_back"
    REOPENED = "reopened"


class NextStep(StrEnum):
    """What the sweeper does when a conversation's deadline has passed."""

    CLOSE_IDLE = "close_idle"
    TELL_STILL_WAITING = "tell_still_waiting"
    REMIND_REP = "remind_rep"
    ASK_IF_THERE = "ask_if_there"
    KEEP_PROMISE = "keep_promise"


MOVES: dict[tuple[State, State], frozenset[By]] = {
    (State.WITH_BOT, State.CLOSED): frozenset({By.SOLVED, By.IDLE, By.LEFT}),
    (State.WITH_BOT, State.WAITING): frozenset({By.ASKED, By.MISUNDERSTOOD, By.BOT_DOWN, By.TONE, By.POLICY}),
    (State.WAITING, State.WITH_REP): frozenset({By.CLAIM, By.OFFER}),
    (State.WAITING, State.WITH_BOT): frozenset({By.STOPPED_WAITING}),
    (State.WAITING, State.PROMISED): frozenset({By.CALL_BACK, By.MESSAGE_LEFT}),
    (State.WAITING, State.CLOSED): frozenset({By.LEFT}),
    (State.PROMISED, State.WITH_REP): frozenset({By.CLAIM, By.OFFER}),
    (State.PROMISED, State.WAITING): frozenset({By.TAKEN_BACK}),
    (State.PROMISED, State.WITH_BOT): frozenset({By.TAKEN_BACK}),
    (State.PROMISED, State.CLOSED): frozenset({By.LEFT}),
    (State.WITH_REP, State.WAITING): frozenset({By.RELEASE, By.TRANSFER, By.REP_LOST, By.SHIFT_END}),
    (State.WITH_REP, State.WITH_REP): frozenset({By.TAKE_OVER}),
    (State.WITH_REP, State.WITH_BOT): frozenset({By.RETURN_TO_BOT}),
    (State.WITH_REP, State.PROMISED): frozenset({By.CALL_LATER, By.ANSWER_LATER}),
    (State.WITH_REP, State.CLOSED): frozenset({By.SOLVED, By.IDLE, By.LEFT, By.ABUSE}),
    (State.CLOSED, State.WAITING): frozenset({By.REOPENED}),
}


def may_move(start: State, end: State, by: By) -> bool:
    """Whether the table of moves allows it."""
    return by in MOVES.get((start, end), frozenset())
