"""What reps are told of a promise, in the lists, with an offer and in the chat: what, when, and whose wish that was."""

from typing import Any

from sqlalchemy import case, func, select

from handoff.schema import conversation
from handoff.schema_centre import call_attempt, promise
from handoff.wire_promises import PromiseTold


def told_columns() -> tuple[Any, ...]:
    """The columns for `told`, of a query of `conversation` joined with `promise`."""
    names = ("kind", "from_at", "until_at", "time_zone")
    return *(promise.c[name] for name in names), _first_made_at(), _asked_for(), _window()


def told(row: Any) -> PromiseTold:
    """Such a row as it travels."""
    return PromiseTold(
        kind=row["kind"],
        asked_for=row["asked_for"],
        window=row["window"],
        from_=row["from_at"],
        until=row["until_at"],
        time_zone=row["time_zone"],
        made_at=row["made_at"],
    )


def _first_made_at() -> Any:
    first, same = _the_same()
    made_at = select(func.min(first.c.made_at)).where(same).correlate(promise)
    return made_at.scalar_subquery().label("made_at")


def _asked_for() -> Any:
    first, same = _the_same()
    by_customer = select(first.c.id).where(same, first.c.made_by == conversation.c.customer_id)
    return by_customer.correlate(promise, conversation).exists().label("asked_for")


def _the_same() -> tuple[Any, Any]:
    """All promises of this one thing: one that was missed has been made anew by the desk."""
    first = promise.alias("first")
    same = (first.c.conversation_id == promise.c.conversation_id) & (first.c.kind == promise.c.kind)
    return first, same & first.c.words.is_not_distinct_from(promise.c.words)


def _window() -> Any:
    tried = select(call_attempt.c.id).where(call_attempt.c.promise_id == promise.c.id).correlate(promise).exists()
    by_desk, by_customer = promise.c.made_by == "desk", promise.c.made_by == conversation.c.customer_id
    return case((by_desk | tried, "moved"), (by_customer, "asked"), else_="agreed").label("window")
