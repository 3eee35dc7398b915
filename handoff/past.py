"""Past conversations of a verified customer, for the rep who holds a chat of theirs: each look is on the record."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import case, exists, select

from handoff.conversations import LOOK_LASTS, conversation_of
from handoff.errors import NotFound
from handoff.history import remember
from handoff.looking import ONE_LOOK
from handoff.messages import page_of
from handoff.moves import Conversation, as_conversation
from handoff.people import Rep
from handoff.record import notes_of
from handoff.schema import assignment, conversation, customer, history, rep, vote
from handoff.schema_centre import wait
from handoff.states import By, State
from handoff.storage import Transaction
from handoff.wire_chat import MessagePage
from handoff.wire_knowing import PastConversation, PastConversations, PastOpened

MOST = 20
LOOKED_BACK = "looked_back"
"""The kind of a look's row in the history. It isn't `viewed`, which would open the conversation itself for hours,
also when the rep no longer holds a chat of the customer's."""


def past_conversations(tx: Transaction, holder: Rep, conversation_id: str) -> PastConversations:
    """The customer's closed conversations before this one, the newest first; NotFound to who doesn't hold it."""
    held = _held(tx, holder, conversation_id)
    rows = _listed(tx, _of_same_customer(held), MOST + 1) if held else []
    return PastConversations(conversations=[_shown(row) for row in rows[:MOST]], more=len(rows) > MOST)


def look_back(tx: Transaction, holder: Rep, conversation_id: str, past_id: str) -> PastOpened:
    """Open a past conversation to read it (`past_messages`) for as long as the rep holds this one; NotFound otherwise.

    The history has one row for all looks of ten minutes, in the past conversation's own.
    """
    held = _held(tx, holder, conversation_id)
    found = _past(tx, held, past_id)
    if not _looked(tx, holder, past_id, ONE_LOOK):
        why = "helps the same customer again"
        remember(tx, LOOKED_BACK, holder, why, conversation_id=past_id, held=conversation_id)
    return PastOpened(conversation=_shown(found), notes=notes_of(tx, past_id))


def past_messages(
    tx: Transaction, holder: Rep, conversation_id: str, past_id: str, after: int, limit: int
) -> MessagePage:
    """A page of a past conversation that the rep has opened by `look_back`; NotFound before, and to anybody else."""
    _past(tx, _held(tx, holder, conversation_id), past_id)
    if not _looked(tx, holder, past_id, LOOK_LASTS):
        raise NotFound
    row = tx.db.execute(select(conversation).where(conversation.c.id == past_id)).mappings().one()
    return page_of(tx, as_conversation(row), holder, after, limit)


def _held(tx: Transaction, holder: Rep, conversation_id: str) -> Conversation | None:
    """The conversation, if the rep holds it (else NotFound), and None unless who writes in it is proven to be its
    customer: anonymous visitors, and who came by a link in a mail (`unproven_from`), have no past here."""
    talk = conversation_of(tx, holder, conversation_id)
    if talk.owner_id != holder.id:
        raise NotFound
    signed_in = select(customer.c.id).where(customer.c.id == talk.customer_id, customer.c.sub.is_not(None))
    proven = talk.verified_from is not None and talk.unproven_from is None
    return talk if proven and tx.db.execute(signed_in).first() else None


def _past(tx: Transaction, held: Conversation | None, past_id: str) -> Any:
    found = _listed(tx, _of_same_customer(held) & (conversation.c.id == past_id), 1) if held else []
    if not found:
        raise NotFound
    return found[0]


def _of_same_customer(held: Conversation) -> Any:
    """Closed, and proven to be theirs: what was said before signing in may have been anybody's at that browser, and
    what was said after somebody came by a mail's link may be anybody's who got that mail."""
    theirs = (conversation.c.customer_id == held.customer_id) & (conversation.c.id != held.id)
    proven = conversation.c.verified_from.is_not(None) & conversation.c.unproven_from.is_(None)
    return theirs & (conversation.c.state == State.CLOSED) & proven


def _listed(tx: Transaction, which: Any, most: int) -> Sequence[Any]:
    held = assignment.c.conversation_id == conversation.c.id
    last = select(assignment.c.rep_id).where(held).order_by(assignment.c.epoch.desc()).limit(1).correlate(conversation)
    waited = exists().where(wait.c.conversation_id == conversation.c.id)
    moved = (history.c.conversation_id == conversation.c.id) & (history.c.kind == "moved")
    solved_by_bot = exists().where(moved, history.c.reason == By.SOLVED, history.c.who_kind == "bot")
    helped_by = case((exists().where(held), "rep"), (waited & ~solved_by_bot, "nobody"), else_="bot")
    columns = (*conversation.c, helped_by.label("helped_by"), rep.c.display_name, vote.c.solved)
    joined = conversation.outerjoin(rep, rep.c.id == last.scalar_subquery())
    joined = joined.outerjoin(vote, vote.c.conversation_id == conversation.c.id)
    query = select(*columns).select_from(joined).where(which).order_by(conversation.c.closed_at.desc())
    return tx.db.execute(query.limit(most)).all()


def _shown(row: Any) -> PastConversation:
    return PastConversation(
        id=row.id,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        topic=row.topic,
        cause=row.cause,
        helped_by=row.helped_by,
        rep=row.display_name,
        solved=row.solved,
        head=row.last_seq,
    )


def _looked(tx: Transaction, holder: Rep, past_id: str, within: timedelta) -> bool:
    theirs = (history.c.conversation_id == past_id) & (history.c.who_id == holder.id)
    recent = select(history.c.id).where(theirs, history.c.kind == LOOKED_BACK, history.c.at > tx.now - within)
    return tx.db.execute(recent.limit(1)).first() is not None
