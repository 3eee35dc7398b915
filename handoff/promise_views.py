"""Promises as people see them: the customer's, the rep's with the tries so far, and when a call can be asked for."""

from typing import Any

from msgspec.structs import asdict
from sqlalchemy import select

from handoff.calls import attempts_of, last_call
from handoff.conversations import conversation_of
from handoff.moves import Conversation
from handoff.open_promises import open_promises_of
from handoff.people import Customer, Rep
from handoff.promise_told import told, told_columns
from handoff.promises import AHEAD, SHORTEST
from handoff.schema import conversation
from handoff.schema_centre import promise
from handoff.sites import open_hours
from handoff.states import State
from handoff.storage import Transaction
from handoff.wire_promises import Attempt, CallTimes, OpenSpan, PromiseMade, PromiseToKeep, TimesToCall

SHORTEST_MINUTES = int(SHORTEST.total_seconds() // 60)


def promise_for_customer(tx: Transaction, talk: Conversation) -> PromiseMade | None:
    """What is promised in this conversation, else in an earlier one of the same customer."""
    if talk.state is State.CLOSED:
        return None
    found = open_promises_of(tx, talk.customer_id)
    row = next((each for each in found if each.conversation_id == talk.id), found[0] if found else None)
    if row is None:
        return None
    return PromiseMade(
        conversation=row.conversation_id,
        kind=row.kind,
        answers_message=row.words is not None,
        phone=row.phone,
        from_=row.from_at,
        until=row.until_at,
        due=row.from_at <= tx.now,
    )


def promise_for_reps(tx: Transaction, talk: Conversation) -> PromiseToKeep | None:
    """What this conversation's customer was promised and hasn't got yet."""
    row = None if talk.state in (State.WITH_BOT, State.CLOSED) else _open_promise(tx, talk.id)
    if row is None:
        return None
    tries = [
        Attempt(at=each.at, by=each.display_name, outcome=each.outcome, note=each.note)
        for each in attempts_of(tx, row["id"])
    ]
    return PromiseToKeep(**asdict(told(row)), phone=row["phone"], due=row["from_at"] <= tx.now, attempts=tries)


def call_times(tx: Transaction, customer: Customer, conversation_id: str) -> CallTimes:
    """When the customer could be called, in the next seven days; NotFound for another's conversation."""
    conversation_of(tx, customer, conversation_id)
    return CallTimes(open=_open_times(tx), shortest_minutes=SHORTEST_MINUTES)


def times_to_call(tx: Transaction, rep: Rep, conversation_id: str) -> TimesToCall:
    """The same for a rep who may see the conversation, with the number that's known if they help the customer now."""
    talk = conversation_of(tx, rep, conversation_id)
    theirs = talk.state is State.WITH_REP and talk.owner_id == rep.id
    known = last_call(tx, conversation_id) if theirs else None
    return TimesToCall(open=_open_times(tx), shortest_minutes=SHORTEST_MINUTES, phone=known and known.phone)


def _open_promise(tx: Transaction, conversation_id: str) -> Any:
    mine = (promise.c.conversation_id == conversation_id) & promise.c.ended_at.is_(None)
    columns = select(promise.c.id, promise.c.phone, *told_columns())
    joined = columns.join(conversation, conversation.c.id == promise.c.conversation_id)
    return tx.db.execute(joined.where(mine)).mappings().one_or_none()


def _open_times(tx: Transaction) -> list[OpenSpan]:
    spans = [span for span in open_hours(tx, tx.now + AHEAD) if span.end - span.start >= SHORTEST]
    return [OpenSpan(from_=span.start, until=span.end) for span in spans]
