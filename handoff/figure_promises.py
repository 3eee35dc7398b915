"""Whether promises were kept: calls at the time that the customer chose, answers to messages left, answers promised.

A promise counts once, in the period in which its own window ended or it was kept. What the desk promises anew, after
missing it, is the same promise: kept then, it was late. A call is made when the rep dials, not when they write down
how it went; one that nobody answered counts neither as kept nor as missed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import func, or_, select

from handoff.schema import history
from handoff.schema_centre import call_attempt, promise
from handoff.shares import wilson
from handoff.storage import Transaction
from handoff.wire_figures import PromiseKind, PromisesKept

AT_ONCE = timedelta(minutes=1)
KINDS: tuple[PromiseKind, ...] = ("call_back", "message_left", "answer_promised")
How = Literal["at_once", "in_window", "late", "missed", "ended_without", "not_reached", "taken_back"]


@dataclass(frozen=True, slots=True)
class Made:
    """A promise that has ended, or that the desk made anew: its first window, and when it was done or first tried."""

    conversation_id: str
    kind: PromiseKind
    anew: bool
    from_at: datetime
    until_at: datetime
    ended_at: datetime | None
    outcome: str | None
    tried: bool
    done_at: datetime | None


def promises_kept(tx: Transaction, since: datetime) -> list[PromisesKept]:
    """One entry for each kind of which some ended since then."""
    counted: dict[PromiseKind, Counter[How]] = defaultdict(Counter)
    for talk in _by_conversation(_made_since(tx, since)):
        for at, each in enumerate(talk):
            if not each.anew and each.ended_at is not None:
                counted[each.kind][how(each, talk[at + 1 :])] += 1
    return [_kept(kind, counted[kind]) for kind in KINDS if counted[kind]]


def how(made: Made, later: Sequence[Made]) -> How:
    """What became of a promise; `later` are those that were made after it in the same conversation."""
    if made.outcome == "taken_back":
        return "taken_back"
    in_time = made.done_at is not None and made.done_at <= made.until_at
    if made.outcome == "kept":
        at_once = made.done_at is not None and made.done_at <= made.from_at + AT_ONCE
        return "at_once" if at_once else "in_window" if in_time else "late"
    if made.tried and in_time:
        return "not_reached"
    if made.ended_at is not None and made.ended_at < made.until_at:
        return "ended_without"
    return "late" if _kept_anew(later) else "missed"


def _kept_anew(later: Iterable[Made]) -> bool:
    for each in later:
        if not each.anew:
            return False
        if each.outcome == "kept":
            return True
    return False


def _kept(kind: PromiseKind, counted: Counter[How]) -> PromisesKept:
    in_time, at_once = counted["at_once"] + counted["in_window"], counted["at_once"]
    due = in_time + counted["late"] + counted["missed"] + counted["ended_without"]
    (low, high), (once_low, once_high) = wilson(in_time, due), wilson(at_once, due)
    return PromisesKept(
        kind=kind,
        due=due,
        at_once=at_once,
        at_once_low=once_low,
        at_once_high=once_high,
        in_window=counted["in_window"],
        in_time=in_time / due if due else None,
        low=low,
        high=high,
        late=counted["late"],
        missed=counted["missed"],
        ended_without=counted["ended_without"],
        not_reached=counted["not_reached"],
        taken_back=counted["taken_back"],
    )


def _by_conversation(made: Iterable[Made]) -> Iterable[list[Made]]:
    found: defaultdict[str, list[Made]] = defaultdict(list)
    for each in made:
        found[each.conversation_id].append(each)
    return found.values()


def _made_since(tx: Transaction, since: datetime) -> list[Made]:
    """Promises that ended since then or are open, in the order in which they were made."""
    lately = or_(promise.c.ended_at >= since, promise.c.ended_at.is_(None))
    tried = _first_tries(tx, lately)
    spans, dialled = _first_windows(tx, lately), _dialled(tx, lately)
    rows = tx.db.execute(select(promise).where(lately).order_by(promise.c.made_at, promise.c.from_at)).all()
    return [_made(row, spans, tried.get(row.id), dialled[row.conversation_id]) for row in rows]


def _made(row: Any, spans: dict[tuple[str, datetime], Any], tried: datetime | None, dialled: list[datetime]) -> Made:
    from_at, until_at = spans.get((row.conversation_id, row.made_at), (row.from_at, row.until_at))
    before = [at for at in dialled if tried and row.made_at <= at <= tried]
    return Made(
        conversation_id=row.conversation_id,
        kind=_kind(row),
        anew=row.made_by == "desk",
        from_at=from_at,
        until_at=until_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        tried=tried is not None,
        done_at=max(before, default=tried or row.ended_at),
    )


def _kind(row: Any) -> PromiseKind:
    if row.kind == "message_left" and row.words is None:
        return "answer_promised"
    return cast(PromiseKind, row.kind)


def _first_tries(tx: Transaction, lately: Any) -> dict[str, datetime]:
    """When the first call of each promise was written down."""
    tries = select(call_attempt.c.promise_id, func.min(call_attempt.c.at)).join(promise)
    return {row[0]: row[1] for row in tx.db.execute(tries.where(lately).group_by(call_attempt.c.promise_id))}


def _first_windows(tx: Transaction, lately: Any) -> dict[tuple[str, datetime], tuple[datetime, datetime]]:
    """The window that each promise of a call was made with: a call that isn't answered gets a later one."""
    found = {}
    for row in tx.db.execute(_remembered("promised", lately)):
        start, end = row.data["span"]
        found[row.conversation_id, row.at] = (datetime.fromisoformat(start), datetime.fromisoformat(end))
    return found


def _dialled(tx: Transaction, lately: Any) -> defaultdict[str, list[datetime]]:
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    for row in tx.db.execute(_remembered("dialled", lately)):
        found[row.conversation_id].append(row.at)
    return found


def _remembered(kind: str, lately: Any) -> Any:
    theirs = select(promise.c.conversation_id).where(promise.c.kind == "call_back", lately)
    what = (history.c.conversation_id, history.c.at, history.c.data)
    return select(*what).where(history.c.kind == kind, history.c.conversation_id.in_(theirs))
