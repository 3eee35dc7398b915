"""Opening conversations, and reaching one through the person who may see it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, bindparam, exists, insert, or_, select, update

from handoff.errors import NotFound
from handoff.history import remember
from handoff.ids import new_id
from handoff.moves import IDLE_WITH_BOT, Conversation, as_conversation, move
from handoff.notices import TALK_TO_PERSON, reads_english, tell
from handoff.people import Customer, Rep
from handoff.schema import assignment, conversation, history, message
from handoff.schema import customer as customer_table
from handoff.schema_centre import attachment
from handoff.states import By, NextStep, State
from handoff.storage import ConversationChanged, Transaction

_THE_ONE = select(conversation).where(conversation.c.id == bindparam("which"))
_HELD = exists().where(assignment.c.conversation_id == conversation.c.id, assignment.c.rep_id == bindparam("who"))
_FOR_ANYBODY = conversation.c.state.in_((State.WAITING, State.PROMISED))
_LOOKED = exists().where(
    history.c.conversation_id == conversation.c.id,
    history.c.kind == "viewed",
    history.c.who_id == bindparam("who"),
    history.c.at > bindparam("lately"),
)
_SEEN_BY = {
    Customer: _THE_ONE.where(conversation.c.customer_id == bindparam("who")),
    Rep: _THE_ONE.where(or_(_FOR_ANYBODY, conversation.c.owner_id == bindparam("who"), _HELD, _LOOKED)),
}
_LOCKED_BY = {who: query.with_for_update() for who, query in _SEEN_BY.items()}
_OPEN_ONE = (
    select(conversation)
    .where(conversation.c.customer_id == bindparam("who"))
    .where(conversation.c.state.not_in((State.CLOSED, State.PROMISED)))
    .with_for_update()
)
LOOK_LASTS = timedelta(hours=12)
"""As long as a rep's session at most."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation's id, and whether it was just made."""

    id: str
    new: bool


def open_conversation(tx: Transaction, customer: Customer) -> Opened:
    """Join the customer's open conversation, or begin one with the bot's greeting."""
    if customer.only:
        return Opened(customer.only, new=False)
    if before := open_one(tx, customer):
        return Opened(before.id, new=False)
    begun = begin(tx, customer)
    _greet(tx, begun)
    _tell_order(tx, begun)
    return Opened(begun.id, new=True)


def begin(tx: Transaction, customer: Customer, previous: Conversation | None = None) -> Conversation:
    """A new conversation with the bot, without a word in it yet; `previous` is the closed one that it follows."""
    values = {
        "id": new_id(),
        "customer_id": customer.id,
        "state": State.WITH_BOT,
        "owner_kind": "bot",
        "owner_epoch": 1,
        "version": 1,
        "last_seq": 0,
        "answered_seq": 0,
        "failed_turns": 0,
        "verified_from": 0 if customer.verified else None,
        "address": customer.address,
        "order_id": customer.order_id or (previous and previous.order_id),
        "priority": 0,
        "opened_at": tx.now,
        "next_step": NextStep.CLOSE_IDLE,
        "deadline_at": tx.now + IDLE_WITH_BOT,
        "previous_id": previous.id if previous else None,
        "page_language": customer.language or (previous and previous.page_language),
    }
    row = tx.db.execute(insert(conversation).returning(conversation), values).mappings().one()
    remember(tx, "opened", customer, "written to", conversation_id=row["id"], epoch=1)
    tx.tell(ConversationChanged(row["id"]))
    return as_conversation(row)


def conversation_of(tx: Transaction, who: Customer | Rep, conversation_id: str, *, lock: bool = False) -> Conversation:
    """The conversation, if this person may see it; NotFound for one that isn't theirs and for one that isn't there.

    A rep sees what waits or is promised, what they hold, what they have held before, and what they have opened to look
    at (`looking`) in the last 12 hours. `lock` keeps others from changing it until the transaction ends.
    """
    if isinstance(who, Customer) and who.only not in (None, conversation_id):
        raise NotFound
    query = (_LOCKED_BY if lock else _SEEN_BY)[type(who)]
    row = (
        tx.db.execute(query, {"which": conversation_id, "who": who.id, "lately": tx.now - LOOK_LASTS})
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound
    return as_conversation(row)


def open_one(tx: Transaction, customer: Customer) -> Conversation | None:
    """The customer's conversation that is neither closed nor promised, locked; None if there's none."""
    row = tx.db.execute(_OPEN_ONE, {"who": customer.id}).mappings().one_or_none()
    return as_conversation(row) if row else None


def current_conversation(tx: Transaction, customer: Customer) -> str | None:
    """The id of the customer's open conversation, else of their latest; None if they never had one."""
    if customer.only:
        return customer.only
    mine = select(conversation.c.id).where(conversation.c.customer_id == customer.id)
    open_first = and_(conversation.c.state != State.CLOSED).desc()
    found: str | None = tx.db.execute(mine.order_by(open_first, conversation.c.opened_at.desc()).limit(1)).scalar()
    return found


def order_clicked(tx: Transaction, customer: Customer, order_id: str) -> None:
    """The customer asks about another order: an open conversation takes it over and says so."""
    before = open_one(tx, customer)
    if before and before.order_id != order_id:
        changed = {"order_id": order_id, "version": conversation.c.version + 1}
        tx.db.execute(update(conversation).where(conversation.c.id == before.id).values(changed))
        tell(tx, before, "order_clicked", order=order_id)
        remember(tx, "order_changed", customer, "clicked on the shop's page", conversation_id=before.id, order=order_id)


def customer_signed_in(tx: Transaction, anonymous: Customer, verified: Customer) -> None:
    """What the anonymous customer said goes to the signed-in one; an open conversation is verified from here on."""
    theirs = open_one(tx, anonymous)
    already = open_one(tx, verified) if verified.id != anonymous.id else None
    if theirs and already:
        tell(tx, theirs, "closed_joined")
        move(tx, theirs, State.CLOSED, By.LEFT, anonymous, closed_at=tx.now)
    elif theirs:
        told = tell(tx, theirs, "signed_in" if verified.name else "signed_in_unnamed", name=verified.name)
        marked = {"verified_from": told.seq, "version": conversation.c.version + 1}
        tx.db.execute(update(conversation).where(conversation.c.id == theirs.id).values(marked))
        remember(tx, "verified", verified, "signed in on the shop's page", conversation_id=theirs.id)
    if verified.id != anonymous.id:
        _give(tx, anonymous, verified)


def _give(tx: Transaction, anonymous: Customer, verified: Customer) -> None:
    mine = conversation.c.customer_id == anonymous.id
    tx.db.execute(update(conversation).where(mine).values(customer_id=verified.id))
    for table in (message, attachment):
        tx.db.execute(update(table).where(table.c.author_id == anonymous.id).values(author_id=verified.id))
    left = select(customer_table.c.email).where(customer_table.c.id == anonymous.id).scalar_subquery()
    unreachable = (customer_table.c.id == verified.id) & customer_table.c.email.is_(None)
    tx.db.execute(update(customer_table).where(unreachable).values(email=left))


def _greet(tx: Transaction, begun: Conversation) -> None:
    """The bot says what it is; where it doesn't speak the customer's language, a person is offered at once."""
    tell(tx, begun, "greeting", who="bot", kind="text", buttons=[] if reads_english(begun) else [TALK_TO_PERSON])


def _tell_order(tx: Transaction, begun: Conversation) -> None:
    if begun.order_id:
        tell(tx, begun, "order_clicked", order=begun.order_id)
