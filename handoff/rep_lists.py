"""A rep's lists: who waits, what is due, what they hold, what they are offered, and their own state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from sqlalchemy import func, select

from handoff.offerable import still_promised
from handoff.people import Rep
from handoff.promise_told import told, told_columns
from handoff.queue_items import as_item, due_item, first_unanswered, held_item, items, places_of
from handoff.schema import conversation
from handoff.schema_centre import offer, promise
from handoff.staff import you_now
from handoff.states import State
from handoff.storage import Transaction
from handoff.waits import IN_LINE
from handoff.wire_console import Offer, QueueItem, RepQueue, You

LONGEST_LIST = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first fifty who wait, in order; whose rep is wished for (conversation id → rep id); how many wait in all.

    `due` are the first fifty promises to keep now.
    """

    items: list[QueueItem]
    wishes: dict[str, str]
    total: int
    due: list[QueueItem]


@dataclass(frozen=True, slots=True)
class OwnState:
    """What only this rep is shown beside their chats: their own state, and what they are offered."""

    you: You
    offer: Offer | None


def queue_for(tx: Transaction, rep: Rep) -> RepQueue:
    """Who waits, and all that the rep holds."""
    return lists_of(rep, waiting_list(tx), held_list(tx, rep), own_states(tx, [rep.id])[rep.id])


def lists_of(rep: Rep, waiting: Waiting, held: list[QueueItem], own: OwnState) -> RepQueue:
    """The rep's lists out of what all reps share and what is this one's own."""

    def shown(items: list[QueueItem]) -> list[QueueItem]:
        return [replace(item, for_you=True) if waiting.wishes.get(item.id) == rep.id else item for item in items]

    return RepQueue(
        you=own.you,
        offer=own.offer,
        waiting=shown(waiting.items),
        due=shown(waiting.due),
        mine=held,
        waiting_total=waiting.total,
    )


def own_states(tx: Transaction, rep_ids: Sequence[str]) -> dict[str, OwnState]:
    """By rep."""
    yours, offered = you_now(tx, rep_ids), _offered(tx)
    return {rep_id: OwnState(yours[rep_id], offered.get(rep_id)) for rep_id in rep_ids if rep_id in yours}


def _offered(tx: Transaction) -> dict[str, Offer]:
    """The open offers, by rep."""
    names = ("id", "rep_id", "reason", "until")
    columns = (offer.c[name].label(f"offer_{name}") for name in names)
    query = items(tx).add_columns(*columns, *told_columns()).join(offer, offer.c.conversation_id == conversation.c.id)
    query = query.outerjoin(promise, still_promised()).where(offer.c.state == "open")
    return {
        row["offer_rep_id"]: Offer(
            id=row["offer_id"],
            chat=replace(as_item(row), waiting_since=row["arrived_at"], promise=told(row) if row["kind"] else None),
            reason=f"Because you are {row['offer_reason']}.",
            seconds_left=max(0, round((row["offer_until"] - tx.now).total_seconds())),
        )
        for row in tx.db.execute(query).mappings()
    }


def waiting_list(tx: Transaction) -> Waiting:
    """The queue and what is due as they are now, the same for every rep."""
    rows, total = first_in_line(tx, LONGEST_LIST)
    due = due_rows(tx, LONGEST_LIST)
    wishes = {row["id"]: row["wanted_rep_id"] for row in (*rows, *due) if row["wanted_rep_id"]}
    return Waiting(places_of(rows), wishes, total, [due_item(row) for row in due])


def first_in_line(tx: Transaction, most: int, *before: Any) -> tuple[Sequence[Any], int]:
    """The rows of the first who wait, by what comes `before` all else, then in order; and how many wait in all."""
    waits = conversation.c.state == State.WAITING
    total = int(tx.db.execute(select(func.count()).select_from(conversation).where(waits)).scalar_one())
    return tx.db.execute(items(tx).where(waits).order_by(*before, *IN_LINE).limit(most)).mappings().all(), total


def due_rows(tx: Transaction, most: int) -> Sequence[Any]:
    """The promises whose time has come, by priority and the original arrival, as if they had waited in line."""
    query = items(tx).add_columns(*told_columns()).join(promise, still_promised())
    return tx.db.execute(query.where(promise.c.from_at <= tx.now).order_by(*IN_LINE).limit(most)).mappings().all()


def held_list(tx: Transaction, rep: Rep) -> list[QueueItem]:
    """The conversations that the rep holds, in the order in which they came."""
    held = (conversation.c.state == State.WITH_REP) & (conversation.c.owner_id == rep.id)
    rows = tx.db.execute(
        items(tx).add_columns(first_unanswered()).where(held).order_by(conversation.c.arrived_at, conversation.c.id)
    ).mappings()
    return [held_item(row) for row in rows]
