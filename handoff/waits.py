"""A row for each stay in the queue: when it began, at which place, and how it ended.

A conversation that a rep gave back, or lost, keeps its place in line (`conversation.arrived_at`), but its new row
begins when it came back: the time with the rep was no waiting. So one conversation may have several rows in turn.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, bindparam, func, insert, literal, select, tuple_, update

from handoff.columns import Instant
from handoff.ids import new_id
from handoff.schema import conversation
from handoff.schema_centre import wait
from handoff.states import State
from handoff.storage import Transaction

if TYPE_CHECKING:
    from handoff.moves import Conversation

OUTCOMES = {
    State.WITH_REP: "claimed",
    State.WITH_BOT: "stopped",
    State.CLOSED: "left",
    State.PROMISED: "promised",
}
"""How a stay in the queue ended, by where the conversation went."""

PLACE_KEPT_FOR = timedelta(minutes=2)
"""How long the place of somebody is kept who left the line by themselves."""

_END = (
    update(wait)
    .where(wait.c.conversation_id == bindparam("which"), wait.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"), outcome=bindparam("how"))
)


def keep_waits(tx: Transaction, before: "Conversation", after: "Conversation") -> None:
    """Open and close the row as a conversation moves into and out of the queue; `moves.move` calls it."""
    if before.state is State.WAITING:
        tx.db.execute(_END, {"which": before.id, "now": tx.now, "how": OUTCOMES[after.state]})
    if after.state is State.WAITING:
        tx.db.execute(insert(wait), _row(tx, after))


def this_stay() -> ColumnElement[bool]:
    """What joins `conversation` with its stay in the queue that hasn't ended."""
    return (wait.c.conversation_id == conversation.c.id) & wait.c.ended_at.is_(None)


def arrival(tx: Transaction, before: "Conversation") -> datetime:
    """When somebody who asks for a person arrived: now, or before if they left the line a moment ago.

    "Stop waiting" and "End chat" are one touch each, and shouldn't cost a place by mistake.
    """
    theirs = select(wait.c.outcome, wait.c.ended_at).where(wait.c.conversation_id == before.id)
    last = tx.db.execute(theirs.order_by(wait.c.arrived_at.desc()).limit(1)).one_or_none()
    if last and last.outcome in ("stopped", "left") and tx.now - last.ended_at < PLACE_KEPT_FOR:
        return before.arrived_at or tx.now
    return tx.now


def place_of(tx: Transaction, waiting: "Conversation") -> int:
    """The place in line, from 1: higher priority first, then who arrived earlier."""
    key = tuple_(-conversation.c.priority, conversation.c.arrived_at, conversation.c.id)
    mine = tuple_(-waiting.priority, literal(waiting.arrived_at, Instant), waiting.id)
    ahead = select(func.count()).select_from(conversation).where(conversation.c.state == State.WAITING, key < mine)
    return int(tx.db.execute(ahead).scalar_one()) + 1


def places(tx: Transaction) -> dict[str, int]:
    """The place of everyone who waits, from 1, by conversation."""
    waiting = select(conversation.c.id).where(conversation.c.state == State.WAITING).order_by(*IN_LINE)
    return {id: place for place, id in enumerate(tx.db.execute(waiting).scalars(), start=1)}


IN_LINE = (conversation.c.priority.desc(), conversation.c.arrived_at, conversation.c.id)


def _row(tx: Transaction, waiting: "Conversation") -> dict[str, object]:
    return {
        "id": new_id(),
        "conversation_id": waiting.id,
        "skill": waiting.skill,
        "priority": waiting.priority,
        "reason": waiting.reason,
        "place": place_of(tx, waiting),
        "arrived_at": tx.now,
    }
