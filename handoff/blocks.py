"""Ending an abusive chat: its customer can't reach a person for a while, the rep has a breather, a lead can undo it.

The bot goes on answering: where a parcel is stays everybody's right. There is no vote on such a chat, as it would say
something about the quarrel and nothing about the help.
"""

from datetime import timedelta
from typing import Any, NoReturn

from sqlalchemy import insert, select, update

from handoff.changing import must_lead
from handoff.errors import NotFound, NotPossibleNow
from handoff.history import remember
from handoff.ids import new_id
from handoff.moves import move
from handoff.notices import tell
from handoff.people import Rep
from handoff.rep_queue import held_by
from handoff.schema import customer
from handoff.schema import rep as rep_table
from handoff.schema_centre import block
from handoff.states import By, State
from handoff.storage import Transaction
from handoff.topics import ABUSIVE
from handoff.wire_lead import Block, Blocks, EndAbusive
from handoff.zones import day_and_time, shop_zone

BREATHER = timedelta(minutes=10)


def end_abusive(tx: Transaction, rep: Rep, conversation_id: str, asked: EndAbusive) -> None:
    """Close what the rep holds and keep its customer from people for so many hours; they are told until when."""
    before = held_by(tx, rep, conversation_id)
    until = tx.now + timedelta(hours=asked.hours)
    move(tx, before, State.CLOSED, By.ABUSE, rep, closed_at=tx.now, cause=ABUSIVE)
    row = {"customer_id": before.customer_id, "conversation_id": before.id, "blocked_by": rep.id}
    tx.db.execute(insert(block).values(id=new_id(), **row, reason=asked.reason, at=tx.now, until=until))
    tx.db.execute(update(rep_table).where(rep_table.c.id == rep.id).values(breather_until=tx.now + BREATHER))
    tell(tx, before, "ended_abusive", until=day_and_time(shop_zone(tx), until))
    remember(tx, "blocked", rep, asked.reason, conversation_id=before.id, hours=asked.hours)


def undo(tx: Transaction, lead: Rep, block_id: str, reason: str) -> Block:
    """Let the customer reach people again; NotPossibleNow where it's over or undone already."""
    must_lead(lead)
    still = (block.c.id == block_id) & block.c.undone_at.is_(None) & (block.c.until > tx.now)
    undone = update(block).where(still).values(undone_at=tx.now, undone_by=lead.id)
    row = tx.db.execute(undone.returning(block.c.conversation_id)).one_or_none()
    if row is None:
        _refuse(tx, block_id)
    remember(tx, "unblocked", lead, reason, conversation_id=row.conversation_id)
    return _shown(tx.db.execute(_BLOCKS.where(block.c.id == block_id)).one())


def blocks(tx: Transaction, lead: Rep) -> Blocks:
    """The blocks that hold now, the newest first."""
    must_lead(lead)
    holding = _BLOCKS.where(block.c.undone_at.is_(None), block.c.until > tx.now)
    return Blocks(blocks=[_shown(row) for row in tx.db.execute(holding.order_by(block.c.at.desc()).limit(200))])


def _refuse(tx: Transaction, block_id: str) -> NoReturn:
    if tx.db.execute(select(block.c.id).where(block.c.id == block_id)).first() is None:
        raise NotFound
    raise NotPossibleNow("This block is over, or somebody has undone it already.")


_BLOCKS = (
    select(*block.c, customer.c.name.label("customer_name"), rep_table.c.display_name)
    .join(customer, customer.c.id == block.c.customer_id)
    .join(rep_table, rep_table.c.id == block.c.blocked_by)
)


def _shown(row: Any) -> Block:
    return Block(
        id=row.id,
        conversation=row.conversation_id,
        customer_name=row.customer_name,
        blocked_by=row.display_name,
        reason=row.reason,
        at=row.at,
        until=row.until,
    )
