"""What can be offered to a rep at this moment: chats that wait, and promises whose time has come."""

from datetime import datetime
from typing import Any

from sqlalchemy import Alias, ColumnElement, FromClause, and_, exists, or_, select

from handoff.schema import conversation
from handoff.schema_centre import promise
from handoff.states import State


def is_offerable(now: datetime) -> ColumnElement[bool]:
    """The condition on `conversation`.

    Whoever is helped in another chat isn't asked about a promise meanwhile. Whoever waits in another chat while a
    promise to them is due is offered once: the promise has the older place, and claiming it takes the chat along.
    """
    waits = and_(conversation.c.state == State.WAITING, ~_other(now, State.PROMISED))
    due = and_(conversation.c.state == State.PROMISED, _is_due(conversation, now), ~_other(now, State.WITH_REP))
    return or_(waits, due)


def still_promised() -> ColumnElement[bool]:
    """What joins `conversation` with the promise that is still to be kept in it."""
    to_keep = (promise.c.conversation_id == conversation.c.id) & promise.c.ended_at.is_(None)
    return to_keep & (conversation.c.state == State.PROMISED)


def _other(now: datetime, state: State) -> ColumnElement[bool]:
    """Whether the same customer has another conversation in this state; of promises those that are due."""
    theirs: list[Any] = [_OTHER.c.customer_id == conversation.c.customer_id, _OTHER.c.state == state]
    if state is State.PROMISED:
        theirs.append(_is_due(_OTHER, now))
    return exists(select(_OTHER.c.id).where(*theirs).correlate(conversation))


_OTHER = conversation.alias("other")
"""Made once: an alias copies all columns, and each round of offers asks for it."""


def _is_due(talk: FromClause | Alias, now: datetime) -> ColumnElement[bool]:
    still = (promise.c.conversation_id == talk.c.id) & promise.c.ended_at.is_(None)
    return exists(select(promise.c.id).where(still, promise.c.from_at <= now).correlate(talk))
