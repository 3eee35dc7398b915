"""Reps, leads, writers and admins: their accounts, their sign-ins, and running verbs in their name."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import bindparam, func, insert, or_, select, update

from handoff import presence, rep_queue
from handoff.availability import come_back
from handoff.errors import Forbidden, SignedOut
from handoff.ids import new_id
from handoff.people import Rep
from handoff.schema import rep, rep_session
from handoff.settings import Limits
from handoff.storage import SessionsEnded, Transaction
from handoff.tokens import hash_of, new_token

P = ParamSpec("P")
T = TypeVar("T")

EVERYONE = frozenset({"rep", "lead", "writer", "admin"})
ANSWERING = EVERYONE - {"writer"}
SLIDE_EVERY = timedelta(seconds=5)

_RUNNING = (
    select(*rep_session.c, rep.c.name, rep.c.display_name, rep.c.role, rep.c.picture, rep.c.id)
    .join(rep)
    .where(rep_session.c.token_hash == bindparam("hash"), rep_session.c.ended_at.is_(None), rep.c.disabled_at.is_(None))
)


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request brings along: the cookie's token, the CSRF header, and the roles that may do what is asked."""

    token: str | None
    csrf: str
    roles: frozenset[str] = ANSWERING


@dataclass(frozen=True, slots=True)
class Account:
    """What signing in needs to know."""

    rep: Rep
    password_hash: str
    totp_secret: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in rep. `csrf` must come with every change."""

    token_hash: str
    rep: Rep
    csrf: str
    idle: timedelta


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the cookie's token and the token for the header."""

    token: str
    csrf: str


def account_named(tx: Transaction, name: str) -> Account | None:
    """The account with this sign-in name, unless it's disabled."""
    row = tx.db.execute(select(rep).where(rep.c.name == name, rep.c.disabled_at.is_(None))).one_or_none()
    return Account(_as_rep(row), row.password_hash, row.totp_secret) if row else None


def add_account(
    tx: Transaction, name: str, display_name: str, role: str, password_hash: str, totp_secret: str | None
) -> Rep:
    """A new account."""
    added = Rep(new_id(), name, display_name, role)
    row = {"password_hash": password_hash, "totp_secret": totp_secret, "created_at": tx.now}
    tx.db.execute(insert(rep).values(id=added.id, name=name, display_name=display_name, role=role, **row))
    return added


def any_account(tx: Transaction) -> bool:
    """Whether anybody can sign in."""
    return bool(tx.db.execute(select(func.count()).select_from(rep)).scalar_one())


def sign_in(tx: Transaction, who: Rep) -> SignedIn:
    """A new session for a rep whose password was right; others of theirs go on."""
    token, csrf = new_token(), new_token()
    row = {"rep_id": who.id, "csrf": csrf, "created_at": tx.now, "seen_at": tx.now}
    tx.db.execute(insert(rep_session).values(token_hash=hash_of(token), **row))
    presence.seen(tx, [who.id])
    come_back(tx, who)
    return SignedIn(token, csrf)


def sign_out(tx: Transaction, who: Rep) -> None:
    """End all of the rep's sessions and sockets; what they hold goes back to the queue."""
    end_sessions(tx, rep_session.c.rep_id == who.id)
    _leave(tx, who)


def disable(tx: Transaction, who: Rep) -> None:
    """Nobody signs in with this account any more, and whoever is signed in is signed out."""
    tx.db.execute(update(rep).where(rep.c.id == who.id).values(disabled_at=tx.now))
    sign_out(tx, who)


def end_sessions(tx: Transaction, which: Any) -> list[str]:
    """End these running sessions and their sockets; returns the ids of their reps."""
    ending = update(rep_session).where(which, rep_session.c.ended_at.is_(None)).values(ended_at=tx.now)
    ended = tx.db.execute(ending.returning(rep_session.c.token_hash, rep_session.c.rep_id)).all()
    if ended:
        tx.tell(SessionsEnded(tuple(row.token_hash for row in ended)))
    return [row.rep_id for row in ended]


def end_overdue(tx: Transaction, limits: Limits) -> None:
    """End sessions that nobody uses or that are too old; reps without another go, and what they hold is released."""
    idle = rep_session.c.seen_at < tx.now - timedelta(minutes=limits.rep_idle_minutes)
    old = rep_session.c.created_at < tx.now - timedelta(hours=limits.rep_session_hours)
    for rep_id in set(end_sessions(tx, or_(idle, old))):
        running = select(rep_session).where(rep_session.c.rep_id == rep_id, rep_session.c.ended_at.is_(None))
        if tx.db.execute(running.limit(1)).first() is None:
            _leave(tx, _as_rep(tx.db.execute(select(rep).where(rep.c.id == rep_id)).one()))


def as_rep(
    tx: Transaction,
    caller: Caller,
    limits: Limits,
    verb: Callable[Concatenate[Transaction, Rep, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a verb that changes something, for the signed-in rep; Forbidden without the session's CSRF token."""
    session = session_of(tx, caller.token, limits, caller.roles)
    if not hmac.compare_digest(session.csrf.encode(), caller.csrf.encode(errors="surrogateescape")):
        raise Forbidden
    result = verb(tx, session.rep, *args, **kwargs)
    if session.idle > SLIDE_EVERY:
        slide(tx, session)
    return result


def reading_as_rep(
    tx: Transaction,
    token: str | None,
    limits: Limits,
    verb: Callable[Concatenate[Transaction, Rep, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a verb that changes nothing for the signed-in rep."""
    return verb(tx, session_of(tx, token, limits).rep, *args, **kwargs)


def session_of(tx: Transaction, token: str | None, limits: Limits, roles: frozenset[str] = ANSWERING) -> Session:
    """The running session with this token, of somebody with one of these roles; SignedOut or Forbidden otherwise."""
    row = tx.db.execute(_RUNNING, {"hash": hash_of(token or "")}).one_or_none()
    if row is None or tx.now - row.seen_at > timedelta(minutes=limits.rep_idle_minutes):
        raise SignedOut
    if tx.now - row.created_at > timedelta(hours=limits.rep_session_hours):
        raise SignedOut
    if row.role not in roles:
        raise Forbidden("Your account doesn't answer customers.")
    return Session(row.token_hash, _as_rep(row), row.csrf, tx.now - row.seen_at)


def slide(tx: Transaction, session: Session) -> None:
    """The session is in use, and the rep is there."""
    running = (rep_session.c.token_hash == session.token_hash) & rep_session.c.ended_at.is_(None)
    if tx.db.execute(update(rep_session).where(running).values(seen_at=tx.now)).rowcount:
        presence.seen(tx, [session.rep.id])


def _leave(tx: Transaction, who: Rep) -> None:
    """What they hold is released, and they are no longer there: nothing is offered to them."""
    rep_queue.release_all(tx, who)
    presence.gone(tx, who.id)


def _as_rep(row: Any) -> Rep:
    return Rep(row.id, row.name, row.display_name, row.role, row.picture)
