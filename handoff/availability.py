"""Whether a rep is offered chats: away until they come back. What they hold stays theirs meanwhile."""

from sqlalchemy import select, update

from handoff.history import Who, remember
from handoff.people import Rep
from handoff.schema import rep as rep_table
from handoff.storage import QueueChanged, Transaction


def set_away(tx: Transaction, who: Who, rep_id: str, reason: str) -> bool:
    """From now on they are offered nothing; whether that's new."""
    here = (rep_table.c.id == rep_id) & rep_table.c.away_since.is_(None)
    if tx.db.execute(update(rep_table).where(here).values(away_since=tx.now)).rowcount == 0:
        return False
    remember(tx, "away", who, reason, rep=rep_id)
    tx.tell(QueueChanged())
    return True


def come_back(tx: Transaction, rep: Rep) -> None:
    """They are there and offered chats (again); said twice it's harmless. Misses count from now on."""
    theirs = rep_table.c.id == rep.id
    away = theirs & rep_table.c.away_since.is_not(None)
    was_away = tx.db.execute(update(rep_table).where(away).values(away_since=None)).rowcount
    tx.db.execute(update(rep_table).where(theirs).values(back_at=tx.now))
    if was_away:
        remember(tx, "back", rep, f"{rep.display_name} is back.", rep=rep.id)
        tx.tell(QueueChanged())


def lock(tx: Transaction, rep_id: str) -> None:
    """Nobody else decides about this rep's chats and offers until the transaction ends."""
    tx.db.execute(select(rep_table.c.id).where(rep_table.c.id == rep_id).with_for_update(key_share=True))
