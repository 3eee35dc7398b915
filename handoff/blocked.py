"""Whether a customer may reach a person now, or is kept from it for a while (`handoff/blocks.py`)."""

from datetime import datetime

from sqlalchemy import and_, func, or_, select

from handoff.moves import Conversation
from handoff.schema import conversation, customer
from handoff.schema_centre import block
from handoff.storage import Transaction


def blocked_until(tx: Transaction, talk: Conversation) -> datetime | None:
    """Until when this conversation's customer can't reach a person; None if they can.

    A block is its customer's. One of somebody who isn't signed in also holds for others who aren't and write from the
    same network address, as a new visitor is a click away; whoever signs in at the shop is not taken for them.
    """
    signed_in = select(customer.c.sub).where(customer.c.id == talk.customer_id).scalar_subquery()
    same_place = and_(signed_in.is_(None), customer.c.sub.is_(None), conversation.c.address == talk.address)
    holding = (
        select(func.max(block.c.until))
        .join(customer, customer.c.id == block.c.customer_id)
        .join(conversation, conversation.c.id == block.c.conversation_id)
        .where(block.c.undone_at.is_(None), block.c.until > tx.now)
        .where(or_(block.c.customer_id == talk.customer_id, same_place))
    )
    found: datetime | None = tx.db.execute(holding).scalar()
    return found
