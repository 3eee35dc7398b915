"""Promises whose time has come, and those that nobody kept in time: told, and promised anew."""

from datetime import timedelta
from typing import Any

from handoff.moves import Conversation, set_timer
from handoff.notices import tell
from handoff.open_promises import end_promise, open_promise
from handoff.promises import answer_window, new_promise, next_window
from handoff.states import NextStep
from handoff.storage import QueueChanged, Transaction


def keep_promise(tx: Transaction, late: Conversation) -> None:
    """Its deadline has passed: it is due from now on, or nobody kept it in time, which the customer is told."""
    known = open_promise(tx, late.id)
    if known and known.until_at <= tx.now:
        _promise_anew(tx, late, known)
    else:
        until = known.until_at - tx.now if known else timedelta(hours=1)
        set_timer(tx, late.id, NextStep.KEEP_PROMISE, until)
    tx.tell(QueueChanged())


def _promise_anew(tx: Transaction, late: Conversation, missed: Any) -> None:
    window = next_window(tx) if missed.kind == "call_back" else answer_window(tx)
    end_promise(tx, late.id, "missed", "desk")
    same = {"kind": missed.kind, "phone": missed.phone, "words": missed.words, "time_zone": missed.time_zone}
    new_promise(tx, late.id, "desk", window, **same)
    set_timer(tx, late.id, NextStep.KEEP_PROMISE, window.start - tx.now or window.end - tx.now)
    tell(tx, late, "call_missed" if missed.kind == "call_back" else "message_missed")
