"""The promises that are still to be kept: reading them, and ending one."""

from typing import Any

from sqlalchemy import bindparam, select, update

from handoff.history import Who, remember
from handoff.people import Customer, Rep
from handoff.schema import conversation
from handoff.schema_centre import promise
from handoff.states import State
from handoff.storage import ConversationChanged, QueueChanged, Transaction

_OPEN_KIND = select(promise.c.kind).where(promise.c.conversation_id == bindparam("talk"), promise.c.ended_at.is_(None))


def open_promise(tx: Transaction, conversation_id: str) -> Any:
    """The row of the promise that is still to be kept; None if there's none."""
    mine = (promise.c.conversation_id == conversation_id) & promise.c.ended_at.is_(None)
    return tx.db.execute(select(promise).where(mine)).one_or_none()


def open_promises_of(tx: Transaction, customer_id: str) -> list[Any]:
    """All that is still promised to a customer, the newest first."""
    theirs = select(promise).join(conversation, conversation.c.id == promise.c.conversation_id)
    still = (conversation.c.customer_id == customer_id) & (conversation.c.state == State.PROMISED)
    return list(tx.db.execute(theirs.where(still, promise.c.ended_at.is_(None)).order_by(promise.c.made_at.desc())))


def end_promise(tx: Transaction, conversation_id: str, outcome: str, who: Who) -> None:
    """Say how the conversation's open promise ended ("kept", "taken_back", "missed"), if it has one."""
    mine = (promise.c.conversation_id == conversation_id) & promise.c.ended_at.is_(None)
    if tx.db.execute(update(promise).where(mine).values(ended_at=tx.now, outcome=outcome)).rowcount:
        remember(tx, "promise_ended", who, outcome, conversation_id=conversation_id)
        tx.tell(ConversationChanged(conversation_id), QueueChanged())


def drop_promise(tx: Transaction, conversation_id: str, who: Who) -> None:
    """The conversation goes where no promise is kept: the customer took it back, or it was missed."""
    end_promise(tx, conversation_id, "taken_back" if isinstance(who, Customer) else "missed", who)


def answer_kept(tx: Transaction, conversation_id: str, rep: Rep) -> None:
    """The rep has written: a message that was left is answered. A call is kept by calling."""
    if tx.db.execute(_OPEN_KIND, {"talk": conversation_id}).scalar() == "message_left":
        end_promise(tx, conversation_id, "kept", rep)
