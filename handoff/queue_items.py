"""Conversations as rows of a list: who, what about, their newest words, what they need, and whom they go to first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace
from sqlalchemy import func, select

from handoff.presence import is_here
from handoff.promise_told import told
from handoff.routing_values import PATIENCE
from handoff.schema import conversation, customer, message, rep
from handoff.schema_centre import team, wait
from handoff.skills import needs_of
from handoff.states import NextStep
from handoff.storage import Transaction
from handoff.tone import UPSET_PRIORITY
from handoff.waits import this_stay
from handoff.wire_console import QueueItem

FIRST_FOR = timedelta(seconds=PATIENCE.wanted_rep)


def items(tx: Transaction) -> Any:
    """The query of conversations with all that stands on a row, to be narrowed down."""
    own = (message.c.conversation_id == conversation.c.id) & (message.c.author_kind == "customer")
    newest = select(func.max(message.c.seq)).where(own).correlate(conversation).scalar_subquery()
    last = (message.c.conversation_id == conversation.c.id) & (message.c.seq == newest)
    first = rep.alias("wanted")
    wanted = (first.c.id == conversation.c.wanted_rep_id) & is_here(tx, first) & first.c.away_since.is_(None)
    columns = (*conversation.c, customer.c.name, customer.c.sub, message.c.text, message.c.created_at)
    beside = (team.c.name.label("team"), first.c.display_name.label("wanted"), wait.c.arrived_at.label("queued_at"))
    return (
        select(*columns, *beside)
        .join(customer, customer.c.id == conversation.c.customer_id)
        .outerjoin(message, last)
        .outerjoin(team, team.c.id == conversation.c.team_id)
        .outerjoin(first, wanted)
        .outerjoin(wait, this_stay())
    )


def places_of(rows: Sequence[Any]) -> list[QueueItem]:
    """Rows of who waits as they travel, with their places from 1."""
    return [as_item(row, place) for place, row in enumerate(rows, start=1)]


def due_item(row: Any) -> QueueItem:
    """The row of a promise that is due, with `told_columns`, as it travels."""
    return replace(as_item(row), promise=told(row), wanted_until=_wanted_until(row, row["from_at"]))


def as_item(row: Any, place: int | None = None) -> QueueItem:
    """A row as it travels."""
    return QueueItem(
        id=row["id"],
        state=row["state"],
        customer_name=row["name"],
        verified=row["sub"] is not None,
        topic=row["topic"],
        reason=row["reason"],
        upset=row["priority"] >= UPSET_PRIORITY,
        place=place,
        waiting_since=row["arrived_at"] if place else None,
        order_id=row["order_id"],
        head=row["last_seq"],
        last_text=(row["text"] or "")[:200],
        last_author="customer",
        last_at=row["created_at"] or row["opened_at"],
        needs=needs_of(row["skill"], row["language"]),
        team=row["team"],
        wanted=row["wanted"],
        wanted_until=_wanted_until(row, row["queued_at"]),
    )


def held_item(row: Any) -> QueueItem:
    """The row of a rep's own chat, with `first_unanswered`, as it travels."""
    waits = row["next_step"] == NextStep.REMIND_REP
    return replace(as_item(row), unanswered_since=(row["unanswered_at"] or row["arrived_at"]) if waits else None)


def first_unanswered() -> Any:
    """When the customer wrote what nobody has answered yet, the first of it."""
    theirs = (message.c.conversation_id == conversation.c.id) & (message.c.author_kind == "customer")
    first = select(func.min(message.c.created_at)).where(theirs, message.c.seq > conversation.c.answered_seq)
    return first.correlate(conversation).scalar_subquery().label("unanswered_at")


def _wanted_until(row: Any, since: datetime | None) -> datetime | None:
    """From the beginning of the stay, from when it's due, or from when a lead sent it to somebody, whatever is last."""
    begins = max(filter(None, (since, row["routed_at"])), default=None)
    return begins + FIRST_FOR if row["wanted"] and begins else None
