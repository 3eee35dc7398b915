"""Chats that were left over when a site closed: they go to the line at their old place, told to both sides.

Nothing else changes hands when a site closes: who waits, waits in the one line of the whole centre.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from handoff.history import remember
from handoff.moves import Conversation, as_conversation
from handoff.record import add_note
from handoff.rep_queue import give_back
from handoff.schema import assignment, conversation, message
from handoff.schema import rep as rep_table
from handoff.shifts import shift_now
from handoff.sites import Site, sites
from handoff.states import By, NextStep, State
from handoff.storage import Transaction
from handoff.words import say
from handoff.zones import time_in

SHIFT_ENDED = "shift_ended"
LEFT_ALONE = timedelta(minutes=10)
"""How long after the end, or after the rep's last word, a chat stays with a rep who writes no more."""
UNANSWERED = timedelta(minutes=5)
"""The same where the customer waits for them to answer."""
AT_ONCE = 100


def pass_on_left(tx: Transaction) -> int:
    """Give the line what reps hold since before their site closed and have left alone; returns how many chats."""
    return sum(_pass_on_at(tx, place) for place in sites(tx))


def left_alone(closed_at: datetime, word_at: datetime, asked_at: datetime | None, now: datetime) -> bool:
    """Whether a chat was left alone after the shift's end: nothing was written, or an answer is due, for long enough.

    `word_at` is when the rep last wrote in it, or claimed it; `asked_at` since when the customer waits for an answer.
    """
    if asked_at is not None:
        return now - max(closed_at, asked_at) >= UNANSWERED
    return now - max(closed_at, word_at) >= LEFT_ALONE


def _pass_on_at(tx: Transaction, place: Site) -> int:
    shift = shift_now(place.hours, tx.now, timedelta(0))
    if shift.state != "ended" or shift.ends_at is None or tx.now - shift.ends_at < UNANSWERED:
        return 0
    left = [
        row for row in tx.db.execute(_held_since(place, shift.ends_at)).mappings() if _is_left(tx, row, shift.ends_at)
    ]
    for row in left:
        _pass_on(tx, row, place, shift.ends_at)
    return len(left)


def _held_since(place: Site, closed_at: datetime) -> Any:
    """Who was asked whether they're there is left out: that chat closes by itself, unless they answer."""
    columns = (*conversation.c, assignment.c.started_at, rep_table.c.display_name, _LAST_WORD.label("word_at"))
    mine = (assignment.c.conversation_id == conversation.c.id) & assignment.c.ended_at.is_(None)
    held = select(*columns).join(rep_table, rep_table.c.id == conversation.c.owner_id).join(assignment, mine)
    over = held.where(conversation.c.state == State.WITH_REP, rep_table.c.site_id == place.id)
    open_end = over.where(assignment.c.started_at < closed_at, conversation.c.next_step != NextStep.CLOSE_IDLE)
    return open_end.limit(AT_ONCE).with_for_update(of=conversation, skip_locked=True)


_LAST_WORD = (
    select(func.max(message.c.created_at))
    .where(message.c.conversation_id == conversation.c.id, message.c.author_id == conversation.c.owner_id)
    .correlate(conversation)
    .scalar_subquery()
)


def _is_left(tx: Transaction, row: Any, closed_at: datetime) -> bool:
    word_at = max(row["word_at"] or row["started_at"], row["started_at"])
    asked_at = None
    if row["next_step"] == NextStep.REMIND_REP:
        theirs = (message.c.conversation_id == row["id"]) & (message.c.author_kind == "customer")
        first = select(func.min(message.c.created_at)).where(theirs, message.c.created_at > word_at)
        asked_at = tx.db.execute(first).scalar() or word_at
    return left_alone(closed_at, word_at, asked_at, tx.now)


def _pass_on(tx: Transaction, row: Any, place: Site, closed_at: datetime) -> None:
    before = as_conversation({name: row[name] for name in Conversation.__slots__})
    rep, time = row["display_name"], time_in(place.hours.zone, closed_at)
    why = say("shift_ended_note", rep=rep, site=place.name, time=time)
    give_back(tx, before, By.SHIFT_END, "desk", say("shift_ended", rep=rep))
    remember(tx, SHIFT_ENDED, "desk", why, conversation_id=before.id, rep=before.owner_id)
    add_note(tx, before.id, "desk", why)
