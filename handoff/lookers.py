"""Which reps have a chat open now, for those who have it open too; a lead's silent look stays silent."""

from collections.abc import Iterable
from contextlib import suppress

from sqlalchemy import delete, exists, select

from handoff.conversations import LOOK_LASTS, conversation_of
from handoff.errors import NotFound
from handoff.people import Rep
from handoff.presence import is_here
from handoff.schema import conversation, history
from handoff.schema import rep as rep_table
from handoff.schema_knowing import looker
from handoff.storage import LookersChanged, Transaction, insert_into


def look_at(tx: Transaction, rep: Rep, conversation_id: str, socket_id: str) -> None:
    """The rep has opened this chat on this connection, and so looks at no other; what they may not see isn't noted."""
    with suppress(NotFound):
        conversation_of(tx, rep, conversation_id)
        before = tx.db.execute(select(looker.c.conversation_id).where(looker.c.rep_id == rep.id)).scalar()
        now = {"conversation_id": conversation_id, "socket_id": socket_id, "at": tx.now}
        noted = insert_into(tx, looker).values(rep_id=rep.id, **now)
        tx.db.execute(noted.on_conflict_do_update(index_elements=["rep_id"], set_=now))
        tx.tell(*(LookersChanged(each) for each in {before, conversation_id} if each))


def look_away(tx: Transaction, rep: Rep, socket_id: str) -> None:
    """The connection is gone. If the rep has opened a chat on another one since, they look at that."""
    gone = delete(looker).where(looker.c.rep_id == rep.id, looker.c.socket_id == socket_id)
    for left in tx.db.execute(gone.returning(looker.c.conversation_id)).scalars():
        tx.tell(LookersChanged(left))


def lookers_for(tx: Transaction, conversation_id: str, readers: Iterable[Rep]) -> dict[str, list[str]]:
    """For each reader who may see the chat, by their id: the names of the others who look at it, by name.

    Shown are those who are there and may see it as any rep may. Whoever has opened it as leads do (`looking.look`) is
    never shown while that look lasts, unless they hold the chat: a lead's look is silent.
    """
    shown = [rep for rep in _here(tx, conversation_id) if _may_see(tx, rep, conversation_id)]
    return {
        reader.id: [rep.display_name for rep in shown if rep.id != reader.id]
        for reader in readers
        if _may_see(tx, reader, conversation_id)
    }


def _here(tx: Transaction, conversation_id: str) -> list[Rep]:
    looked = exists().where(
        history.c.conversation_id == conversation_id,
        history.c.kind == "viewed",
        history.c.who_id == rep_table.c.id,
        history.c.at > tx.now - LOOK_LASTS,
    )
    holds = exists().where(conversation.c.id == conversation_id, conversation.c.owner_id == rep_table.c.id)
    columns = (rep_table.c[name] for name in ("id", "name", "display_name", "role"))
    query = select(*columns).join(looker, looker.c.rep_id == rep_table.c.id)
    rows = tx.db.execute(query.where(looker.c.conversation_id == conversation_id, is_here(tx), holds | ~looked))
    return sorted((Rep(**row) for row in rows.mappings()), key=lambda rep: rep.display_name)


def _may_see(tx: Transaction, rep: Rep, conversation_id: str) -> bool:
    with suppress(NotFound):
        return bool(conversation_of(tx, rep, conversation_id))
    return False
