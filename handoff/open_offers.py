"""The offer that a waiting chat or a due promise has open, and what becomes of it when that moves on."""

from sqlalchemy import bindparam, case, update

from handoff.schema_centre import offer
from handoff.storage import Transaction

_END = (
    update(offer)
    .where(offer.c.conversation_id == bindparam("which"), offer.c.state == "open")
    .values(
        state=case((offer.c.rep_id == bindparam("taken_by"), "accepted"), else_="withdrawn"), ended_at=bindparam("at")
    )
)


def end_offer(tx: Transaction, conversation_id: str, owner_id: str | None) -> None:
    """It waits no more: accepted if the rep whom it was offered to has it now, however they took it."""
    tx.db.execute(_END, {"which": conversation_id, "taken_by": owner_id, "at": tx.now})
