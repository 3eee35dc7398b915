"""The heartbeat of open sockets: it carries heads, repairs lost hints, ends dead sessions and tells who is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, select

from handoff import absence, presence, wire_frames
from handoff.hub import Hub
from handoff.open_socket import Cursor, Socket
from handoff.people import Customer, Rep
from handoff.schema import conversation, customer_session, rep, rep_session
from handoff.storage import Runner, Transaction
from handoff.visitors import Visitors

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Pulse:
    """The head and version of conversations by id, and which sessions still run."""

    heads: dict[str, tuple[int, int]]
    running: set[str]


async def beat(runner: Runner, hub: Hub) -> None:
    """Send every socket its beat; wake what lags behind the table; close what has no session any more."""
    sockets = list(hub.sockets)
    pulse = await runner.read(read_pulse, list(hub.watching), [socket.token_hash for socket in sockets])
    hub.end_sessions({socket.token_hash for socket in sockets} - pulse.running)
    for socket in sockets:
        _beat_one(hub, socket, pulse)


async def tell_who_is_here(runner: Runner, hub: Hub, visitors: Visitors) -> None:
    """Reps with an open socket are there: their conversations stay with them. So are customers: they get no mail."""
    reps = {socket.token_hash for socket in hub.sockets if isinstance(socket.who, Rep)}
    customers = {socket.who.id for socket in hub.sockets if isinstance(socket.who, Customer)} | visitors.lately()
    if reps:
        await runner.run(presence.connected, sorted(reps))
    if customers:
        await runner.run(absence.seen, sorted(customers))


def read_pulse(tx: Transaction, conversation_ids: Sequence[str], token_hashes: Sequence[str]) -> Pulse:
    """Heads of conversations that are watched already, and the sessions among these that run."""
    columns = (conversation.c.id, conversation.c.last_seq, conversation.c.version)
    rows = _in_parts(tx, select(*columns), conversation.c.id, conversation_ids)
    customers = select(customer_session.c.token_hash).where(customer_session.c.ended_at.is_(None))
    able = (rep_session.c.ended_at.is_(None)) & (rep.c.disabled_at.is_(None))
    reps = select(rep_session.c.token_hash).join(rep).where(able)
    running = [
        *_in_parts(tx, customers, customer_session.c.token_hash, token_hashes),
        *_in_parts(tx, reps, rep_session.c.token_hash, token_hashes),
    ]
    return Pulse({id: (head, version) for id, head, version in rows}, {row[0] for row in running})


def _in_parts(tx: Transaction, query: Any, column: Column[str], values: Sequence[str]) -> Iterable[Any]:
    for start in range(0, len(values), AT_ONCE):
        yield from tx.db.execute(query.where(column.in_(values[start : start + AT_ONCE])))


def _beat_one(hub: Hub, socket: Socket, pulse: Pulse) -> None:
    if not socket.cursors:
        socket.tell(wire_frames.Beat())
    for conversation_id, cursor in socket.cursors.items():
        head, version = pulse.heads.get(conversation_id, (None, None))
        socket.tell(wire_frames.Beat(conversation=conversation_id, head=head, version=version))
        if _lags(cursor, head, version):
            hub.wake(conversation_id)


def _lags(cursor: Cursor, head: int | None, version: int | None) -> bool:
    return (head or 0) > cursor.seq or (version or 0) > cursor.version
