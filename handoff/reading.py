"""Read marks: how far each side has read, told to the other. They only ever go forward."""

from sqlalchemy import update

from handoff.conversations import conversation_of
from handoff.moves import Conversation
from handoff.people import Customer, Rep
from handoff.schema import conversation
from handoff.storage import ConversationChanged, Transaction


def read_by_customer(tx: Transaction, customer: Customer, conversation_id: str, seq: int) -> None:
    """The customer has seen everything up to `seq`."""
    _mark(tx, conversation_of(tx, customer, conversation_id), "customer_read", seq)


def read_by_rep(tx: Transaction, rep: Rep, conversation_id: str, seq: int) -> None:
    """The rep who helps has seen everything up to `seq`; whoever else looks in leaves no mark."""
    talk = conversation_of(tx, rep, conversation_id)
    if talk.owner_id == rep.id:
        _mark(tx, talk, "rep_read", seq)


def _mark(tx: Transaction, talk: Conversation, column: str, seq: int) -> None:
    """A guarded UPDATE: what was read already is neither written nor told again."""
    read = min(seq, talk.last_seq)
    behind = (conversation.c.id == talk.id) & (conversation.c[column] < read)
    marked = {column: read, "version": conversation.c.version + 1}
    if tx.db.execute(update(conversation).where(behind).values(marked)).rowcount:
        tx.tell(ConversationChanged(talk.id))
