"""Closing a conversation, the one vote on it, and opening it again within seven days."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, insert, select

from handoff.blocked import blocked_until
from handoff.conversations import conversation_of, open_one
from handoff.errors import NotPossibleNow
from handoff.history import Who, remember
from handoff.moves import Conversation, move
from handoff.notices import tell
from handoff.people import Customer, Rep
from handoff.presence import is_here
from handoff.record import show_anew
from handoff.rep_queue import held_by, place_words
from handoff.schema import assignment, conversation, message
from handoff.schema import rep as rep_table
from handoff.schema import vote as vote_table
from handoff.states import By, State
from handoff.storage import Transaction
from handoff.texts import INVISIBLE, masked
from handoff.topics import ABUSIVE, checked_cause, checked_topic
from handoff.waits import arrival
from handoff.words import Wording, together, wording
from handoff.zones import day_and_time, shop_zone

REOPEN_WITHIN = timedelta(days=7)


def close_by_customer(tx: Transaction, customer: Customer, conversation_id: str) -> None:
    """The customer is done, or leaves the line for good. Closing twice is harmless."""
    before = conversation_of(tx, customer, conversation_id, lock=True)
    if before.state is not State.CLOSED:
        waited = before.state is State.WAITING
        close(tx, before, By.LEFT, customer, "closed_in_line" if waited else "closed_by_customer")


def close_by_rep(tx: Transaction, rep: Rep, conversation_id: str, topic: str, cause: str) -> None:
    """The rep closes what they hold, with what it was about and why it happened; BadField for what can't be counted."""
    ends = {"topic": checked_topic(topic), "cause": checked_cause(cause)}
    before = held_by(tx, rep, conversation_id)
    close(tx, before, By.SOLVED, rep, wording("closed_by_rep", rep=rep.display_name), **ends)


def close(tx: Transaction, before: Conversation, by: By, who: Who, what: str | Wording, **changes: Any) -> None:
    """Say that it's closed and, if the customer had said anything, ask for the vote."""
    after = move(tx, before, State.CLOSED, by, who, closed_at=tx.now, **changes)
    tell(tx, after, what)
    if _spoke(tx, after):
        tell(tx, after, "did_we_solve", kind="vote")


def vote(tx: Transaction, customer: Customer, conversation_id: str, solved: bool, words: str | None = None) -> None:
    """Store the customer's one vote, in the name of whoever helped last; a later vote replaces it.

    `words` is a sentence that goes with it; None leaves the one that's there, an empty one takes it away.
    """
    talk = conversation_of(tx, customer, conversation_id, lock=True)
    if not can_vote(tx, talk):
        raise NotPossibleNow(wording("vote_once_closed"))
    rep_id = last_rep(tx, talk.id)
    kept = tx.db.execute(
        delete(vote_table).where(vote_table.c.conversation_id == talk.id).returning(vote_table.c.words)
    )
    before = kept.scalar_one_or_none()
    cast = {"conversation_id": talk.id, "solved": solved, "owner_kind": "rep" if rep_id else "bot", "owner_id": rep_id}
    said = before if words is None else _kept_words(words)
    tx.db.execute(insert(vote_table).values(**cast, at=tx.now, words=said))
    remember(tx, "voted", customer, "yes" if solved else "no", conversation_id=talk.id)
    show_anew(tx, talk.id)


def _kept_words(words: str) -> str | None:
    """The sentence without cards and passwords; None for one without anything to read."""
    return masked(words.strip()).text if INVISIBLE.sub("", words) else None


def reopen(tx: Transaction, customer: Customer, conversation_id: str) -> str:
    """Back into the queue within seven days, to the same rep if they're here; joins a conversation already open.

    Returns the id of the conversation that goes on.
    """
    before = conversation_of(tx, customer, conversation_id, lock=True)
    if already := open_one(tx, customer):
        if customer.only not in (None, already.id):
            raise NotPossibleNow(wording("other_chat_open"))
        return already.id
    if not can_reopen(tx, before):
        raise NotPossibleNow(wording("reopen_too_late"))
    if until := blocked_until(tx, before):
        raise NotPossibleNow(wording("blocked", until=day_and_time(shop_zone(tx), until)))
    again: dict[str, Any] = {
        "closed_at": None,
        "arrived_at": arrival(tx, before),
        "reason": "reopened",
        "wanted_rep_id": _last_rep_here(tx, before.id),
    }
    after = move(tx, before, State.WAITING, By.REOPENED, customer, **again)
    tell(tx, after, together(wording("reopened"), place_words(tx, after)))
    return after.id


def can_vote(tx: Transaction, talk: Conversation) -> bool:
    """A closed conversation in which the customer said something."""
    return talk.state is State.CLOSED and talk.cause != ABUSIVE and _spoke(tx, talk)


def can_reopen(tx: Transaction, talk: Conversation) -> bool:
    """Closed for less than seven days, and not empty."""
    recent = talk.closed_at is not None and tx.now - talk.closed_at < REOPEN_WITHIN
    return talk.state is State.CLOSED and talk.cause != ABUSIVE and recent and _spoke(tx, talk)


def customer_spoke(which: Any = conversation.c.id) -> ColumnElement[bool]:
    """The condition that the customer has said something in a conversation, named by its id's column or by its id."""
    return exists().where(message.c.conversation_id == which, message.c.author_kind == "customer")


def last_rep(tx: Transaction, conversation_id: str) -> str | None:
    """The id of the rep who held it last; None if none ever did."""
    held = select(assignment.c.rep_id).where(assignment.c.conversation_id == conversation_id)
    found: str | None = tx.db.execute(held.order_by(assignment.c.epoch.desc()).limit(1)).scalar()
    return found


def _last_rep_here(tx: Transaction, conversation_id: str) -> str | None:
    theirs = rep_table.c.id == last_rep(tx, conversation_id)
    found: str | None = tx.db.execute(select(rep_table.c.id).where(theirs, is_here(tx))).scalar()
    return found


def _spoke(tx: Transaction, talk: Conversation) -> bool:
    return bool(tx.db.execute(select(customer_spoke(talk.id))).scalar_one())
