"""Chats that were left over when a rep's shift ended: they go to the line at their old place, told to both sides.

Nothing else changes hands then: who waits, waits in the one line of the whole centre.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union_all

from handoff.history import remember
from handoff.moves import Conversation, as_conversation
from handoff.opening_hours import Hours
from handoff.people import Rep
from handoff.record import add_note
from handoff.rep_queue import give_back
from handoff.schema import assignment, conversation, history, message
from handoff.schema import rep as rep_table
from handoff.schema_centre import promise, site
from handoff.shifts import alike, hours_by_rep, shift_now
from handoff.states import By, NextStep, State
from handoff.storage import Transaction
from handoff.words import say, wording
from handoff.zones import time_in

SHIFT_ENDED = "shift_ended"
LEFT_ALONE = timedelta(minutes=10)
"""How long after the end, or after the rep's last word, a chat stays with a rep who writes no more."""
UNANSWERED = timedelta(minutes=5)
"""The same where the customer waits for them to answer."""
A_CALL = timedelta(minutes=30)
"""How long a promised call may last: until its outcome is written down, a chat isn't left alone for so long."""
AT_ONCE = 100


def pass_on_left(tx: Transaction) -> int:
    """Give the line what reps hold since before their shift's end and have left alone; returns how many chats."""
    return sum(_pass_on_of(tx, hours, rep_ids) for hours, rep_ids in alike(hours_by_rep(tx, _HOLDS)))


_HOLDS = exists().where(conversation.c.owner_id == rep_table.c.id, conversation.c.state == State.WITH_REP)


def _pass_on_of(tx: Transaction, hours: Hours, rep_ids: list[str]) -> int:
    shift = shift_now(hours, tx.now, timedelta(0))
    if shift.state != "ended" or shift.ends_at is None or tx.now - shift.ends_at < UNANSWERED:
        return 0
    time = time_in(hours.zone, shift.ends_at)
    left = tx.db.execute(_held_since(rep_ids, shift.ends_at).where(_left_alone(shift.ends_at, tx.now))).mappings().all()
    for row in left:
        _pass_on(tx, row, time)
    return len(left)


def _held_since(rep_ids: list[str], ended_at: datetime) -> Any:
    """Who was asked whether they're there is left out: that chat closes by itself, unless they answer."""
    who = [rep_table.c[name].label(f"rep_{name}") for name in ("id", "name", "display_name", "role")]
    mine = (assignment.c.conversation_id == conversation.c.id) & assignment.c.ended_at.is_(None)
    held = select(*conversation.c, *who, site.c.name.label("site_name")).join(
        rep_table, rep_table.c.id == conversation.c.owner_id
    )
    over = held.join(site, site.c.id == rep_table.c.site_id).join(assignment, mine)
    theirs = over.where(conversation.c.state == State.WITH_REP, rep_table.c.id.in_(rep_ids))
    open_end = theirs.where(assignment.c.started_at < ended_at, conversation.c.next_step != NextStep.CLOSE_IDLE)
    return open_end.limit(AT_ONCE).with_for_update(of=conversation, skip_locked=True)


def _left_alone(ended_at: datetime, now: datetime) -> Any:
    """Whether a chat was left alone after the shift's end: an answer is due, or nothing was written, for long enough.

    Not while the rep may be on the telephone with the customer.
    """
    waits = conversation.c.next_step == NextStep.REMIND_REP
    left: ColumnElement[bool] = waits & (func.coalesce(_ASKED_AT, _WORD_AT) <= now - UNANSWERED)
    if now - ended_at >= LEFT_ALONE:
        left = or_(left, ~waits & (now - LEFT_ALONE >= _WORD_AT))
    return and_(left, ~(_CALL_IS_OPEN & exists().where(_DIALLED, history.c.at > now - A_CALL)))


_THEIRS = (history.c.conversation_id == conversation.c.id) & (history.c.who_id == conversation.c.owner_id)
_DIALLED = _THEIRS & (history.c.kind == "dialled")
_CALL_IS_OPEN = exists().where(
    promise.c.conversation_id == conversation.c.id, promise.c.kind == "call_back", promise.c.ended_at.is_(None)
)
_WORDS = union_all(
    select(assignment.c.started_at.label("at"))
    .where(assignment.c.conversation_id == conversation.c.id, assignment.c.ended_at.is_(None))
    .correlate(conversation),
    select(message.c.created_at)
    .where(message.c.conversation_id == conversation.c.id, message.c.author_id == conversation.c.owner_id)
    .correlate(conversation),
    select(history.c.at).where(_THEIRS, history.c.kind.in_(("dialled", "called"))).correlate(conversation),
).subquery()
_WORD_AT = select(func.max(_WORDS.c.at)).scalar_subquery()
"""When the rep last wrote in it, rang the customer or wrote down how that went, or else claimed it."""
_ASKED_AT = (
    select(func.min(message.c.created_at))
    .where(message.c.conversation_id == conversation.c.id, message.c.author_kind == "customer")
    .where(message.c.created_at > _WORD_AT)
    .correlate(conversation)
    .scalar_subquery()
)
"""Since when the customer waits for an answer; NULL: since the rep's last word, or since they claimed it."""


def _pass_on(tx: Transaction, row: Any, time: str) -> None:
    before = as_conversation({name: row[name] for name in Conversation.__slots__})
    rep = Rep(row["rep_id"], row["rep_name"], row["rep_display_name"], row["rep_role"])
    why = say("shift_ended_note", rep=rep.display_name, site=row["site_name"], time=time)
    give_back(tx, before, By.SHIFT_END, "desk", wording("shift_ended", rep=rep.display_name))
    remember(tx, SHIFT_ENDED, rep, why, conversation_id=before.id)
    add_note(tx, before.id, "desk", why)
