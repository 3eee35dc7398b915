"""Wrong order numbers: counted for an hour by network address and by number, across conversations."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, insert, select

from handoff.ids import new_id
from handoff.moves import Conversation
from handoff.schema import wrong_order
from handoff.storage import Transaction

GUESSING = timedelta(hours=1)
GUARDED_FROM = 5
MOST_GUARDED = 50
MOST_PER_ADDRESS = 20
"""A fifth wrong number already leads to a person; beyond this many an address adds nothing to the table."""


def count_wrong_order(tx: Transaction, talk: Conversation, number: str) -> None:
    """Note a number that was tried in vain."""
    if wrong_orders_of(tx, talk) < MOST_PER_ADDRESS:
        tried = {"id": new_id(), "address": _address(talk), "order_number": number, "at": tx.now}
        tx.db.execute(insert(wrong_order).values(tried))


def wrong_orders_of(tx: Transaction, talk: Conversation) -> int:
    """How many numbers this conversation's address has tried in vain within the hour."""
    mine = (wrong_order.c.address == _address(talk)) & _lately(tx)
    return int(tx.db.execute(select(func.count()).select_from(wrong_order).where(mine)).scalar_one())


def guarded_orders(tx: Transaction) -> list[str]:
    """The numbers that anybody tried in vain five times or more within the hour: the fifty most tried, most first."""
    tries = func.count()
    numbers = select(wrong_order.c.order_number).where(_lately(tx), wrong_order.c.order_number.is_not(None))
    guarded = numbers.group_by(wrong_order.c.order_number).having(tries >= GUARDED_FROM)
    most_tried = guarded.order_by(tries.desc(), wrong_order.c.order_number).limit(MOST_GUARDED)
    return list(tx.db.execute(most_tried).scalars())


def forget_old(tx: Transaction) -> None:
    """Drop what no longer counts."""
    tx.db.execute(delete(wrong_order).where(wrong_order.c.at <= tx.now - GUESSING))


def _address(talk: Conversation) -> str:
    return talk.address or talk.customer_id


def _lately(tx: Transaction) -> ColumnElement[bool]:
    return wrong_order.c.at > tx.now - GUESSING
