"""What is promised, as a lead sees it: what nobody kept in time, what is due, and what becomes due within the hour."""

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import case, func, or_, select

from handoff.offerable import still_promised
from handoff.queue_items import items
from handoff.schema import conversation
from handoff.schema_centre import promise
from handoff.skills import needs_of
from handoff.storage import Transaction
from handoff.waits import IN_LINE
from handoff.wire_lead import PromisedNow, PromisesNow

SOON = timedelta(hours=1)
STANDINGS: tuple[Literal["overdue", "due", "soon"], ...] = ("overdue", "due", "soon")


def promises_now(tx: Transaction, most: int) -> PromisesNow:
    """How many are how urgent, and the first of them: the most urgent, then as they stand in the line."""
    standing, urgent = _standing(tx.now), _is_urgent(tx.now)
    by_standing = select(standing, func.count()).join(promise, still_promised()).where(urgent).group_by(standing)
    counts: dict[int, int] = {row[0]: row[1] for row in tx.db.execute(by_standing.select_from(conversation))}
    columns = (promise.c.kind, promise.c.from_at, promise.c.until_at, standing.label("standing"))
    rows = items(tx).add_columns(*columns).join(promise, still_promised()).where(urgent)
    first = tx.db.execute(rows.order_by(standing, *IN_LINE).limit(most)).mappings()
    overdue, due, soon = (counts.get(place, 0) for place in range(len(STANDINGS)))
    return PromisesNow(overdue=overdue, due=due, soon=soon, first=[_promised(row) for row in first])


def _was_missed(now: datetime) -> Any:
    """Its window is over, or it stands in the place of one that was: the desk itself promises nothing else."""
    return or_(promise.c.until_at <= now, promise.c.made_by == "desk")


def _is_urgent(now: datetime) -> Any:
    return or_(_was_missed(now), promise.c.from_at <= now + SOON)


def _standing(now: datetime) -> Any:
    return case((_was_missed(now), 0), (promise.c.from_at <= now, 1), else_=2)


def _promised(row: Any) -> PromisedNow:
    return PromisedNow(
        id=row["id"],
        customer_name=row["name"],
        topic=row["topic"],
        kind=row["kind"],
        standing=STANDINGS[row["standing"]],
        from_=row["from_at"],
        until=row["until_at"],
        last_text=(row["text"] or "")[:200],
        needs=needs_of(row["skill"], row["language"]),
    )
