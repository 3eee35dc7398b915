"""When the database's clock was set: nobody is taken for gone, nobody loses their place, nothing lies ahead by mistake.

A clock that is set forward makes everything look old: a console heard of a second ago seems silent for hours. One that
is set back makes what has just happened lie in the future: a rep who has gone seems to be there until then, and who
comes now would stand before those who wait.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, true, update

from handoff.blocks import BREATHER
from handoff.moves import IDLE_WITH_BOT, QUIET, STILL_WAITING
from handoff.presence import GONE_AFTER
from handoff.schema import assignment, conversation, rep, rep_session, turn
from handoff.schema_centre import offer, promise, wait
from handoff.states import NextStep, State
from handoff.storage import QueueChanged, Transaction
from handoff.turns import LEASE

NOTICED = 15.0
"""Seconds by which the clock must be off. Less makes nobody look gone, who is heard of every ten seconds."""
A_MOMENT = timedelta(seconds=1)
"""What another desk has just written may lie so far ahead."""


class Steady:
    """Whether the database's clock goes as this machine's own does, which nobody can set, and `since` when."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic):
        self._ticks = ticks
        self._last: tuple[datetime, float] | None = None
        self.since: datetime | None = None

    def goes_on(self, now: datetime) -> bool:
        """To be asked every few seconds. Not before the first `begin`; nor, until the next, once it was set."""
        ticks = self._ticks()
        if self._last is None:
            return False
        at, then = self._last
        if abs((now - at).total_seconds() - (ticks - then)) > NOTICED:
            return False
        self._last = (now, ticks)
        return True

    def begin(self, now: datetime) -> None:
        """From now on."""
        self.since, self._last = now, (now, self._ticks())


def put_right(tx: Transaction) -> None:
    """What has happened isn't ahead, what was to come soon comes soon, and the line keeps its order.

    Who is there is heard of within seconds; until then nobody is. Done twice it's harmless.
    """
    _keep_order(tx)
    for each in _STAMPS:
        ahead = each.which & (each.column > tx.now + each.within + A_MOMENT)
        right = {each.column.name: tx.now + (each.within if each.instead is None else each.instead)}
        tx.db.execute(update(each.column.table).where(ahead).values(right))
    tx.tell(QueueChanged())


def count_idle_anew(tx: Transaction) -> None:
    """Whoever is signed in when the clock is set isn't signed out for having done nothing in an hour that never was."""
    tx.db.execute(update(rep_session).where(rep_session.c.ended_at.is_(None)).values(seen_at=tx.now))


def _keep_order(tx: Transaction) -> None:
    """All places together move back so far that the last isn't ahead: whoever comes now comes after them."""
    came = conversation.c.arrived_at.is_not(None)
    lately = _OPEN | (conversation.c.closed_at > tx.now)
    last = tx.db.execute(select(func.max(conversation.c.arrived_at)).where(lately)).scalar()
    if last is None or last <= tx.now + A_MOMENT:
        return
    rows = tx.db.execute(select(conversation.c.id, conversation.c.arrived_at).where(came, lately)).all()
    too_late = last + A_MOMENT - tx.now
    moved = [{"which": row.id, "at": row.arrived_at - too_late} for row in rows]
    tx.db.execute(_PLACE, moved)


_PLACE = update(conversation).where(conversation.c.id == bindparam("which")).values(arrived_at=bindparam("at"))
_OPEN = conversation.c.deadline_at.is_not(None)
"""By an index: what is closed has no deadline."""
_IN_LINE = _OPEN & conversation.c.state.in_((State.WAITING, State.PROMISED))
_ON_OFFER = select(conversation.c.id).where(_IN_LINE)


class _Stamp(NamedTuple):
    """A column that lies ahead by so much at most, and what it's set to, from now, if it lies further."""

    column: Any
    which: Any
    within: timedelta = timedelta(0)
    instead: timedelta | None = None


def _step(step: NextStep, within: timedelta) -> _Stamp:
    return _Stamp(conversation.c.deadline_at, conversation.c.next_step == step, within)


_STAMPS = (
    # Conversations before reps, as everywhere.
    _Stamp(conversation.c.routed_at, _IN_LINE),
    _step(NextStep.TELL_STILL_WAITING, STILL_WAITING),
    _step(NextStep.REMIND_REP, QUIET),
    _step(NextStep.ASK_IF_THERE, QUIET),
    _step(NextStep.CLOSE_IDLE, IDLE_WITH_BOT),
    _Stamp(rep.c.seen_at, true(), instead=-GONE_AFTER),
    _Stamp(rep.c.back_at, true()),
    _Stamp(rep.c.breather_until, true(), BREATHER),
    _Stamp(wait.c.arrived_at, wait.c.ended_at.is_(None)),
    _Stamp(promise.c.from_at, promise.c.ended_at.is_(None) & (promise.c.kind == "message_left")),
    _Stamp(offer.c.ended_at, offer.c.conversation_id.in_(_ON_OFFER)),
    _Stamp(assignment.c.ended_at, assignment.c.conversation_id.in_(_ON_OFFER)),
    _Stamp(turn.c.lease_until, turn.c.state == "leased", LEASE),
)
