"""Which reps are there: those whose console was heard of in the last 45 seconds."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, FromClause, func, select, update

from handoff.schema import rep, rep_session
from handoff.storage import QueueChanged, Transaction

GONE_AFTER = timedelta(seconds=45)


def seen(tx: Transaction, rep_ids: Iterable[str]) -> None:
    """These reps' consoles are connected now."""
    tx.db.execute(update(rep).where(rep.c.id.in_(list(rep_ids))).values(seen_at=tx.now))


def connected(tx: Transaction, token_hashes: Iterable[str]) -> None:
    """The consoles of these sign-ins are connected; those that have ended count for nobody."""
    running = rep_session.c.token_hash.in_(list(token_hashes)) & rep_session.c.ended_at.is_(None)
    theirs = rep.c.id.in_(select(rep_session.c.rep_id).where(running))
    tx.db.execute(update(rep).where(theirs).values(seen_at=tx.now))


def gone(tx: Transaction, rep_id: str) -> None:
    """This rep has signed out: there's nothing to wait for."""
    tx.db.execute(update(rep).where(rep.c.id == rep_id).values(seen_at=None))
    tx.tell(QueueChanged())


def is_here(tx: Transaction, who: FromClause = rep) -> ColumnElement[bool]:
    """The condition on `rep`, or on an alias of it: there, and not disabled."""
    return (who.c.seen_at > tx.now - GONE_AFTER) & who.c.disabled_at.is_(None)


def count_here(tx: Transaction) -> int:
    """How many reps and leads are there to help."""
    here = select(func.count()).select_from(rep).where(rep.c.role.in_(("rep", "lead")), is_here(tx))
    return int(tx.db.execute(here).scalar_one())


def anyone_here(tx: Transaction) -> bool:
    """Whether anybody is there to help."""
    return count_here(tx) > 0
