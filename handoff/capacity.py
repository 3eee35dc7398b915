"""How many chats a rep may have, counted and decided under a lock of the rep's row, so that no race exceeds it.

Load is what needs the rep now: claimed or written to, and not yet answered. Customers may make it grow by writing;
nobody is given a chat while it is as high as the rep's capacity, or while they hold twice as many in all.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, case, func, select

from handoff.errors import AtCapacity
from handoff.people import Rep
from handoff.routing_values import free_places
from handoff.schema import conversation, rep
from handoff.states import NextStep, State
from handoff.storage import Transaction

_NEEDS_REP = func.coalesce(func.sum(case((conversation.c.next_step == NextStep.REMIND_REP, 1), else_=0)), 0)
# FOR NO KEY UPDATE: rows that only name the rep (messages, assignments) needn't wait for it.
_LOCKED = select(rep.c.capacity).where(rep.c.id == bindparam("who")).with_for_update(key_share=True)
_COUNTED = select(func.count().label("held"), _NEEDS_REP.label("load")).where(
    conversation.c.owner_id == bindparam("who"), conversation.c.state == State.WITH_REP
)


@dataclass(frozen=True, slots=True)
class Hands:
    """What a rep has in hand: chats that need them now, all of theirs, and how many they take at once."""

    load: int
    held: int
    capacity: int


def check_room(tx: Transaction, who: Rep) -> None:
    """AtCapacity if another chat would be one too many. Until the transaction ends nobody else can give them one."""
    hands = _locked_hands(tx, who.id)
    if not free_places(hands.load, hands.held, hands.capacity):
        raise AtCapacity(_full(hands))


def _locked_hands(tx: Transaction, rep_id: str) -> Hands:
    capacity = int(tx.db.execute(_LOCKED, {"who": rep_id}).scalar_one())
    counted = tx.db.execute(_COUNTED, {"who": rep_id}).one()
    return Hands(int(counted.load), int(counted.held), capacity)


def _full(hands: Hands) -> str:
    if hands.load >= hands.capacity:
        return f"{hands.load} chats need you already, and you take {hands.capacity} at once. Answer or close one first."
    return f"You hold {hands.held} chats already. Close one first."
