"""Customers who write to a desk, made by its own verbs: quicker than browsers where there are many."""

from __future__ import annotations

from sqlalchemy import insert

from handoff import conversations, messages
from handoff.ids import new_id
from handoff.people import Customer
from handoff.schema import customer
from handoff.storage import Transaction
from tests.desk import new_client_id


def writes(tx: Transaction, name: str, words: str, sub: str | None = None) -> tuple[Customer, str]:
    """Somebody of this name begins a chat, signed in at the shop if `sub` is given; who, and which chat."""
    who = Customer(id=new_id(), sub=sub, name=name)
    tx.db.execute(insert(customer).values(id=who.id, sub=sub, name=name, created_at=tx.now))
    talk = conversations.open_conversation(tx, who).id
    messages.send(tx, who, talk, new_client_id(), words)
    return who, talk
