"""Looking at a conversation that isn't one's own: for leads, silent for the customer, always on the record."""

from datetime import timedelta

from sqlalchemy import select

from handoff.changing import must_lead
from handoff.errors import NotFound
from handoff.history import remember
from handoff.people import Rep
from handoff.schema import conversation, history
from handoff.storage import Transaction

ONE_LOOK = timedelta(minutes=10)


def look(tx: Transaction, lead: Rep, conversation_id: str) -> None:
    """From here on the lead sees the conversation (`conversations.conversation_of`); Forbidden to others.

    The history has one row for all looks of ten minutes. It's what opens the conversation: nobody looks unseen.
    """
    must_lead(lead)
    if tx.db.execute(select(conversation.c.id).where(conversation.c.id == conversation_id)).first() is None:
        raise NotFound
    if not _looked_just_now(tx, lead, conversation_id):
        remember(tx, "viewed", lead, "a lead looked at it", conversation_id=conversation_id)


def _looked_just_now(tx: Transaction, lead: Rep, conversation_id: str) -> bool:
    theirs = (history.c.conversation_id == conversation_id) & (history.c.who_id == lead.id)
    recent = select(history.c.id).where(theirs, history.c.kind == "viewed", history.c.at > tx.now - ONE_LOOK)
    return tx.db.execute(recent.limit(1)).first() is not None
