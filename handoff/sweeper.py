"""No state without a timer: what is overdue is moved, what is unserved is woken. Runs every second in each desk."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select

from handoff.closing import close
from handoff.due_promises import keep_promise
from handoff.moves import QUIET, STILL_WAITING, Conversation, as_conversation, set_timer
from handoff.notices import tell
from handoff.presence import GONE_AFTER, anyone_here
from handoff.record import add_note
from handoff.rep_queue import lose, place_words, told_nobody_here
from handoff.schema import conversation
from handoff.schema import rep as rep_table
from handoff.states import By, NextStep, State
from handoff.storage import Transaction, TurnDue
from handoff.turns import unserved
from handoff.words import say
from handoff.wrong_orders import forget_old

AT_ONCE = 100
CLOSE_AFTER_ASKING = timedelta(minutes=10)


def sweep(tx: Transaction, steady_since: datetime) -> int:
    """Do the next step of at most 100 overdue conversations, wake unserved turns, forget old guesses; returns how many
    conversations moved.

    `steady_since`, when the desk started or its clock was set, keeps reps from being taken for lost before their
    consoles could be heard of.
    """
    forget_old(tx)
    for conversation_id in unserved(tx):
        tx.tell(TurnDue(conversation_id))
    overdue = _overdue(tx)
    for late in overdue:
        _STEPS[NextStep(late.next_step or NextStep.CLOSE_IDLE)](tx, late)
    lost = _lost(tx, steady_since)
    for gone in lost:
        lose(tx, gone)
    return len(overdue) + len(lost)


def _overdue(tx: Transaction) -> list[Conversation]:
    late = select(*conversation.c).where(conversation.c.deadline_at < tx.now).order_by(conversation.c.deadline_at)
    rows = tx.db.execute(late.limit(AT_ONCE).with_for_update(skip_locked=True)).mappings()
    return [as_conversation(row) for row in rows]


def _lost(tx: Transaction, steady_since: datetime) -> list[Conversation]:
    if tx.now - steady_since < GONE_AFTER:
        return []
    gone = func.coalesce(rep_table.c.seen_at, rep_table.c.created_at) < tx.now - GONE_AFTER
    held = select(*conversation.c).join(rep_table, rep_table.c.id == conversation.c.owner_id)
    query = held.where(conversation.c.state == State.WITH_REP, gone | rep_table.c.disabled_at.is_not(None))
    rows = tx.db.execute(query.limit(AT_ONCE).with_for_update(of=conversation, skip_locked=True)).mappings()
    return [as_conversation(row) for row in rows]


def _close_idle(tx: Transaction, late: Conversation) -> None:
    close(tx, late, By.IDLE, "desk", "closed_idle")


def _tell_still_waiting(tx: Transaction, late: Conversation) -> None:
    set_timer(tx, late.id, NextStep.TELL_STILL_WAITING, STILL_WAITING)
    if anyone_here(tx):
        tell(tx, late, "still_waiting", place=place_words(tx, late))
    elif not told_nobody_here(tx, late):
        tell(tx, late, place_words(tx, late))


def _remind_rep(tx: Transaction, late: Conversation) -> None:
    set_timer(tx, late.id, NextStep.REMIND_REP, QUIET)
    add_note(tx, late.id, "desk", say("remind_rep"))


def _ask_if_there(tx: Transaction, late: Conversation) -> None:
    set_timer(tx, late.id, NextStep.CLOSE_IDLE, CLOSE_AFTER_ASKING)
    tell(tx, late, "are_you_there")


_STEPS: dict[NextStep, Callable[[Transaction, Conversation], None]] = {
    NextStep.CLOSE_IDLE: _close_idle,
    NextStep.TELL_STILL_WAITING: _tell_still_waiting,
    NextStep.REMIND_REP: _remind_rep,
    NextStep.ASK_IF_THERE: _ask_if_there,
    NextStep.KEEP_PROMISE: keep_promise,
}
