"""Conversations as people see them: the customer's view, the rep's view with the brief, and the rep's lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import func, select

from handoff.brief import brief
from handoff.closing import can_reopen, can_vote
from handoff.conversations import conversation_of
from handoff.customer_email import known_address
from handoff.email_addresses import masked_address
from handoff.moves import Conversation
from handoff.people import Customer, Rep
from handoff.presence import count_here
from handoff.promise_views import promise_for_customer, promise_for_reps
from handoff.ranges import range_shown
from handoff.record import notes_of
from handoff.rep_pictures import picture_of
from handoff.rep_queue import name_of
from handoff.schema import conversation, customer, message
from handoff.schema import vote as vote_table
from handoff.schema_centre import promise
from handoff.sites import centre_state
from handoff.states import State
from handoff.storage import Transaction
from handoff.tone import UPSET_PRIORITY
from handoff.waits import IN_LINE, place_of
from handoff.wire import CustomerView, Owner, QueueItem, RepQueue, RepView

LONGEST_LIST = 50


def customer_view(tx: Transaction, who: Customer, conversation_id: str) -> CustomerView:
    """The state of the customer's conversation: who owns it, their place in line, what they may do."""
    talk = conversation_of(tx, who, conversation_id)
    vote = _vote(tx, talk)
    return CustomerView(
        id=talk.id,
        state=talk.state.value,
        version=talk.version,
        head=talk.last_seq,
        owner=_owner(tx, talk),
        place=_place(tx, talk),
        waiting_since=_waiting_since(talk),
        wait=range_shown(tx, talk) if talk.state is State.WAITING else None,
        reps_here=count_here(tx),
        opens_at=_opens_at(tx, talk),
        promise=promise_for_customer(tx, talk),
        vote=vote.solved if vote else None,
        vote_words=vote.words if vote else None,
        can_vote=can_vote(tx, talk),
        can_reopen=can_reopen(tx, talk),
        rep_read=talk.rep_read,
        customer_read=talk.customer_read,
        order_id=talk.order_id,
        email=masked_address(known_address(tx, who.id)),
        opened_at=talk.opened_at,
    )


def rep_view(tx: Transaction, rep: Rep, conversation_id: str) -> RepView:
    """A waiting conversation, or one that the rep holds or held, with the brief."""
    talk = conversation_of(tx, rep, conversation_id)
    vote = _vote(tx, talk)
    return RepView(
        id=talk.id,
        state=talk.state.value,
        version=talk.version,
        head=talk.last_seq,
        owner=_owner(tx, talk),
        yours=talk.owner_id == rep.id,
        place=_place(tx, talk),
        waiting_since=_waiting_since(talk),
        vote=vote.solved if vote else None,
        vote_words=vote.words if vote else None,
        topic=talk.topic,
        cause=talk.cause,
        opened_at=talk.opened_at,
        customer_read=talk.customer_read,
        brief=brief(tx, talk),
        notes=notes_of(tx, talk.id),
        promise=promise_for_reps(tx, talk),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first fifty who wait, in order; whose rep they wish for (conversation id → rep id); how many wait in all.

    `due` are the first fifty promises to keep now.
    """

    items: list[QueueItem]
    wishes: dict[str, str]
    total: int
    due: list[QueueItem]


def queue_for(tx: Transaction, rep: Rep) -> RepQueue:
    """Who waits, and all that the rep holds."""
    return lists_of(rep, waiting_list(tx), held_list(tx, rep))


def lists_of(rep: Rep, waiting: Waiting, held: list[QueueItem]) -> RepQueue:
    """The rep's lists out of what all reps share and what this one holds."""
    shown = [replace(item, for_you=True) if waiting.wishes.get(item.id) == rep.id else item for item in waiting.items]
    return RepQueue(waiting=shown, due=waiting.due, mine=held, waiting_total=waiting.total)


def waiting_list(tx: Transaction) -> Waiting:
    """The queue as it is now, the same for every rep."""
    rows, total = first_in_line(tx, LONGEST_LIST)
    wishes = {row["id"]: row["wanted_rep_id"] for row in rows if row["wanted_rep_id"]}
    return Waiting(places_of(rows), wishes, total, due_list(tx))


def first_in_line(tx: Transaction, most: int) -> tuple[Sequence[Any], int]:
    """The rows of the first who wait, in order, and how many wait in all."""
    waits = conversation.c.state == State.WAITING
    total = int(tx.db.execute(select(func.count()).select_from(conversation).where(waits)).scalar_one())
    return tx.db.execute(_items().where(waits).order_by(*IN_LINE).limit(most)).mappings().all(), total


def places_of(rows: Sequence[Any]) -> list[QueueItem]:
    """Such rows as they travel, with their places from 1."""
    return [_item(row, place) for place, row in enumerate(rows, start=1)]


def due_list(tx: Transaction) -> list[QueueItem]:
    """The promises whose time has come, by priority and the original arrival, as if they had waited in line."""
    still = (promise.c.conversation_id == conversation.c.id) & promise.c.ended_at.is_(None)
    due = (conversation.c.state == State.PROMISED) & (promise.c.from_at <= tx.now)
    query = _items().add_columns(promise.c.kind.label("promise"), promise.c.from_at).join(promise, still).where(due)
    rows = tx.db.execute(query.order_by(*IN_LINE).limit(LONGEST_LIST)).mappings()
    return [replace(_item(row), promise=row["promise"], due_since=row["from_at"]) for row in rows]


def held_list(tx: Transaction, rep: Rep) -> list[QueueItem]:
    """The conversations that the rep holds, in the order in which they came."""
    held = (conversation.c.state == State.WITH_REP) & (conversation.c.owner_id == rep.id)
    rows = tx.db.execute(_items().where(held).order_by(conversation.c.arrived_at, conversation.c.id)).mappings()
    return [_item(row) for row in rows]


def _items() -> Any:
    own = (message.c.conversation_id == conversation.c.id) & (message.c.author_kind == "customer")
    newest = select(func.max(message.c.seq)).where(own).correlate(conversation).scalar_subquery()
    last = (message.c.conversation_id == conversation.c.id) & (message.c.seq == newest)
    columns = (*conversation.c, customer.c.name, customer.c.sub, message.c.text, message.c.created_at)
    return select(*columns).join(customer, customer.c.id == conversation.c.customer_id).outerjoin(message, last)


def _item(row: Any, place: int | None = None) -> QueueItem:
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
    )


def _owner(tx: Transaction, talk: Conversation) -> Owner:
    kind: Any = talk.owner_kind
    if talk.owner_id is None:
        return Owner(kind=kind)
    return Owner(kind=kind, name=name_of(tx, talk.owner_id), picture=picture_of(tx, talk.owner_id))


def _place(tx: Transaction, talk: Conversation) -> int | None:
    return place_of(tx, talk) if talk.state is State.WAITING else None


def _waiting_since(talk: Conversation) -> Any:
    return talk.arrived_at if talk.state is State.WAITING else None


def _opens_at(tx: Transaction, talk: Conversation) -> datetime | None:
    """For those who wait or were promised something while nobody comes."""
    centre = centre_state(tx) if talk.state in (State.WAITING, State.PROMISED) else None
    return centre.opens_at if centre and centre.nobody_comes else None


def _vote(tx: Transaction, talk: Conversation) -> Any:
    """The row of the customer's vote; None before it's cast."""
    return tx.db.execute(select(vote_table).where(vote_table.c.conversation_id == talk.id)).one_or_none()
