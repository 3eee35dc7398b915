"""Claiming a promised conversation: when that may be, and what becomes of a chat that its customer began meanwhile."""

from handoff.conversations import open_one
from handoff.errors import NotPossibleNow
from handoff.moves import Conversation, move
from handoff.notices import tell
from handoff.open_promises import open_promise
from handoff.people import Customer, Rep
from handoff.states import By, State
from handoff.storage import Transaction


def make_way(tx: Transaction, rep: Rep, due: Conversation) -> None:
    """Let a rep claim a promised conversation: a chat that its customer began meanwhile goes on in it.

    NotPossibleNow before a call is due, and while somebody is helping the customer in that other chat.
    """
    known = open_promise(tx, due.id)
    if known and known.kind == "call_back" and known.from_at > tx.now:
        raise NotPossibleNow("This call is promised for later. It comes up in the list of what's due in its time.")
    customer = Customer(due.customer_id)
    other = open_one(tx, customer)
    if other and other.state is State.WITH_REP:
        whose = "You are" if other.owner_id == rep.id else "Somebody is"
        raise NotPossibleNow(f"{whose} helping this customer in another chat right now. It can be claimed after that.")
    if other:
        move(tx, other, State.CLOSED, By.LEFT, rep, closed_at=tx.now)
        tell(tx, other, "closed_joined")
