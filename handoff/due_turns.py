"""Noting that the bot owes an answer."""

from sqlalchemy import bindparam, insert, select, text

from handoff.ids import new_id
from handoff.schema import message, turn
from handoff.storage import Transaction, TurnDue

_LIVE = select(turn.c.id).where(turn.c.conversation_id == bindparam("talk"), text("state IN ('due','leased')"))


def note_due(tx: Transaction, conversation_id: str, epoch: int) -> None:
    """The bot owes this conversation an answer. One that is already due or under way stays as it is."""
    if tx.db.execute(_LIVE, {"talk": conversation_id}).first() is None:
        due = {"id": new_id(), "conversation_id": conversation_id, "state": "due", "epoch": epoch, "attempt": 0}
        tx.db.execute(insert(turn), {**due, "created_at": tx.now})
        tx.tell(TurnDue(conversation_id))


def note_if_unanswered(tx: Transaction, conversation_id: str, epoch: int, answered: int) -> bool:
    """Note a turn, and say so, if the customer wrote anything after the `seq` that is answered."""
    said = (message.c.conversation_id == conversation_id) & (message.c.author_kind == "customer")
    said &= message.c.attachment_id.is_(None)  # the bot can't look at files
    if tx.db.execute(select(message.c.id).where(said, message.c.seq > answered).limit(1)).first() is None:
        return False
    note_due(tx, conversation_id, epoch)
    return True
