"""Customer sessions: a random token, stored hashed, that slides for a day and lasts a month at most, for one `sub`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import bindparam, insert, select, update

from handoff import conversations
from handoff.errors import SignedOut
from handoff.identity import Identity
from handoff.ids import new_id
from handoff.people import Customer
from handoff.schema import customer, customer_session
from handoff.settings import Limits
from handoff.storage import SessionsEnded, Transaction
from handoff.tokens import hash_of, new_token

P = ParamSpec("P")
T = TypeVar("T")

SLIDE_EVERY = timedelta(minutes=10)

_WITH_TOKEN = (
    select(*customer_session.c, customer.c.sub, customer.c.name)
    .join(customer)
    .where(customer_session.c.token_hash == bindparam("hash"))
)


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request brings along: the session's token, if any, a keyed hash of its address, its page's language."""

    token: str | None
    address: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A running session; `wants_slide` when its last use was noted a while ago."""

    token_hash: str
    customer: Customer
    created_at: datetime
    wants_slide: bool


@dataclass(frozen=True, slots=True)
class Started:
    """A session together with its token, which nobody can look up later."""

    token: str
    customer: Customer
    expires_at: datetime


def start(tx: Transaction, caller: Caller, identity: Identity | None, limits: Limits) -> Started:
    """Keep the caller's session if it may stay theirs; else end it and start one, for a known customer or a new one."""
    running = running_session(tx, caller, limits)
    if running and running.customer.only and identity:
        # Whoever came by a link owns nothing that could go with them into the shop's account.
        _end(tx, running)
        running = None
    if running is None:
        return _begin(tx, caller, _customer_for(tx, identity), identity, limits)
    if identity is None or identity.sub == running.customer.sub:
        return _kept(tx, caller, running, identity, limits)
    _end(tx, running)
    known = _customer_for(tx, identity)
    if not running.customer.verified:
        conversations.customer_signed_in(tx, running.customer, _as_customer(known, identity.order_id, caller))
    return _begin(tx, caller, known, identity, limits)


def end(tx: Transaction, caller: Caller, limits: Limits) -> None:
    """End the caller's session and its sockets; harmless when there is none."""
    if running := running_session(tx, caller, limits):
        _end(tx, running)


def as_customer(
    tx: Transaction,
    caller: Caller,
    limits: Limits,
    verb: Callable[Concatenate[Transaction, Customer, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a verb for the customer whose session it is, in one transaction, and let the session slide; or SignedOut."""
    session = session_of(tx, caller, limits)
    result = verb(tx, session.customer, *args, **kwargs)
    if session.wants_slide:
        slide(tx, session.token_hash)
    return result


def reading_as_customer(
    tx: Transaction,
    caller: Caller,
    limits: Limits,
    verb: Callable[Concatenate[Transaction, Customer, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> tuple[Session, T]:
    """Run a verb that changes nothing; the session comes back too, so that the caller can let it slide."""
    session = session_of(tx, caller, limits)
    return session, verb(tx, session.customer, *args, **kwargs)


def session_of(tx: Transaction, caller: Caller, limits: Limits) -> Session:
    """The caller's running session; SignedOut if there is none."""
    if session := running_session(tx, caller, limits):
        return session
    raise SignedOut


def running_session(tx: Transaction, caller: Caller, limits: Limits) -> Session | None:
    """The caller's session unless it has ended, by hand or by time."""
    if caller.token is None:
        return None
    row = tx.db.execute(_WITH_TOKEN, {"hash": hash_of(caller.token)}).mappings().one_or_none()
    if row is None or row["ended_at"] or expiry(row["created_at"], row["seen_at"], limits) <= tx.now:
        return None
    known = _known(row, caller)
    return Session(row["token_hash"], known, row["created_at"], tx.now - row["seen_at"] > SLIDE_EVERY)


def _known(row: Any, caller: Caller) -> Customer:
    if row["only_conversation_id"]:
        only = row["only_conversation_id"]
        return Customer(row["customer_id"], None, row["name"], None, caller.address, only, caller.language)
    return _as_customer(Customer(row["customer_id"], row["sub"], row["name"]), row["order_id"], caller)


def slide(tx: Transaction, token_hash: str) -> None:
    """The session is in use."""
    tx.db.execute(update(customer_session).where(customer_session.c.token_hash == token_hash).values(seen_at=tx.now))


def expiry(created_at: datetime, seen_at: datetime, limits: Limits) -> datetime:
    """When a session ends if it isn't used again."""
    return min(
        created_at + timedelta(days=limits.customer_session_days), seen_at + timedelta(hours=limits.customer_idle_hours)
    )


def _kept(tx: Transaction, caller: Caller, running: Session, identity: Identity | None, limits: Limits) -> Started:
    order_id = (identity and identity.order_id) or running.customer.order_id
    used = {"seen_at": tx.now, "order_id": order_id}
    tx.db.execute(update(customer_session).where(customer_session.c.token_hash == running.token_hash).values(used))
    if order_id and order_id != running.customer.order_id:
        conversations.order_clicked(tx, running.customer, order_id)
    known = _as_customer(running.customer, order_id, caller)
    return Started(caller.token or "", known, expiry(running.created_at, tx.now, limits))


def _begin(tx: Transaction, caller: Caller, known: Customer, identity: Identity | None, limits: Limits) -> Started:
    token, order_id = new_token(), identity.order_id if identity else None
    row = {
        "token_hash": hash_of(token),
        "customer_id": known.id,
        "order_id": order_id,
        "created_at": tx.now,
        "seen_at": tx.now,
    }
    tx.db.execute(insert(customer_session).values(row))
    begun = _as_customer(known, order_id, caller)
    if order_id:
        conversations.order_clicked(tx, begun, order_id)
    return Started(token, begun, expiry(tx.now, tx.now, limits))


def _end(tx: Transaction, session: Session) -> None:
    mine = customer_session.c.token_hash == session.token_hash
    tx.db.execute(update(customer_session).where(mine).values(ended_at=tx.now))
    tx.tell(SessionsEnded((session.token_hash,)))


def _customer_for(tx: Transaction, identity: Identity | None) -> Customer:
    """The shop's customer, made on first sight, or a new anonymous one."""
    if identity is None:
        return _add(tx, None, None)
    columns = (customer.c.id, customer.c.name, customer.c.email)
    row = tx.db.execute(select(*columns).where(customer.c.sub == identity.sub)).one_or_none()
    if row is None:
        return _add(tx, identity.sub, identity.name, identity.email)
    name, email = identity.name or row.name, identity.email or row.email
    if (name, email) != (row.name, row.email):
        tx.db.execute(update(customer).where(customer.c.id == row.id).values(name=name, email=email))
    return Customer(row.id, identity.sub, name)


def _add(tx: Transaction, sub: str | None, name: str | None, email: str | None = None) -> Customer:
    known = Customer(new_id(), sub, name)
    tx.db.execute(insert(customer).values(id=known.id, sub=sub, name=name, email=email, created_at=tx.now))
    return known


def _as_customer(known: Customer, order_id: str | None, caller: Caller) -> Customer:
    return Customer(known.id, known.sub, known.name, order_id, caller.address, language=caller.language)
