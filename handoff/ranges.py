"""The range that a customer in line is told: from our own history, kept with their wait, worked out anew each minute.

Like waits are those for the same skill in the last two hours; where these say too little, those around this time of day
in the last 28 days; then the same for any skill. With too little of all of them nothing is said.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, false, or_, select, true, update

from handoff.estimates import Estimator, PastWait, Range, rounded
from handoff.presence import anyone_here
from handoff.schema import conversation
from handoff.schema_centre import wait
from handoff.states import State
from handoff.storage import ConversationChanged, Transaction
from handoff.waits import places
from handoff.wire_chat import WaitRange
from handoff.words import Wording, wording

if TYPE_CHECKING:
    from handoff.moves import Conversation

LATELY = timedelta(hours=2)
AROUND = timedelta(hours=1)
DAYS = 28
MOST_CASES = 400
RENEWED_AFTER = timedelta(minutes=1)
AT_ONCE = 200
A_WHILE = 30

_OPEN = wait.c.ended_at.is_(None)


def tell_range(tx: Transaction, waiting: "Conversation", place: int) -> Wording | None:
    """Words for how long somebody who waits at this place may wait, kept with their wait; None if it can't be said."""
    row = tx.db.execute(_open_wait(waiting.id)).one_or_none()
    if row is None:
        return None
    waited = _seconds(tx.now - row.arrived_at)
    found = Histories(tx).range_for(row, place, waited)
    _keep(tx, row, found)
    return _sentence(found, waited) if found else None


def range_shown(tx: Transaction, waiting: "Conversation") -> WaitRange | None:
    """What the head of the widget shows; None where nothing was ever said."""
    row = tx.db.execute(_open_wait(waiting.id)).one_or_none()
    if row is None or row.high_s is None:
        return None
    return WaitRange(low_s=row.now_low_s, high_s=row.now_high_s, over=_is_over(row, row.looked_at))


def renew_ranges(tx: Transaction) -> int:
    """Work out anew what at most 200 people in line are shown, where it's a minute old; returns how many changed."""
    rows = tx.db.execute(_old_ones(tx.now)).all() if anyone_here(tx) else []
    if not rows:
        return 0
    at, histories = places(tx), Histories(tx)
    return sum(_renew(tx, row, histories, at[row.conversation_id]) for row in rows if row.conversation_id in at)


def _renew(tx: Transaction, row: Any, histories: "Histories", place: int) -> bool:
    """Keep what is known now; whether it's another range than before, and the customer's pages were told."""
    found = histories.range_for(row, place, _seconds(tx.now - row.arrived_at))
    before = (row.now_low_s, row.now_high_s, _is_over(row, row.looked_at))
    same = (*(_told(found) or (None, None)), _is_over(row, tx.now)) == before
    if same or _show_again(tx, row):
        _keep(tx, row, found)
    return not same


class Histories:
    """Past waits to compare with, the most alike first. Each is read when it's first needed, once a transaction."""

    def __init__(self, tx: Transaction):
        self._tx = tx
        self._read: dict[tuple[str, str | None], Estimator] = {}

    def range_for(self, row: Any, place: int, waited: float) -> Range | None:
        """For whoever has this open wait and stands at this place now; None if it can't be said in good conscience."""
        for skill in (row.skill, None):
            for when in ("lately", "at this time of day"):
                found = self._estimator(when, skill).range_again(row.place, place, waited)
                if found:
                    return found
        return None

    def _estimator(self, when: str, skill: str | None) -> Estimator:
        if (when, skill) not in self._read:
            self._read[when, skill] = Estimator(self._past(when, skill))
        return self._read[when, skill]

    def _past(self, when: str, skill: str | None) -> list[PastWait]:
        like = wait.c.skill == skill if skill else true()
        chosen = _lately(self._tx.now) if when == "lately" else _at_this_time_of_day(self._tx.now)
        ended = select(wait).where(like, chosen).order_by(wait.c.ended_at.desc()).limit(MOST_CASES)
        still = select(wait).where(like, _OPEN if when == "lately" else false()).limit(MOST_CASES)
        return [self._as_past(row) for query in (ended, still) for row in self._tx.db.execute(query)]

    def _as_past(self, row: Any) -> PastWait:
        until = row.ended_at or self._tx.now
        return PastWait(row.place, _seconds(until - row.arrived_at), row.outcome == "claimed")


def in_words(seconds: int) -> Wording:
    """A time as `estimates.rounded` makes it, in words: "a minute", "25 minutes", "an hour and a half"."""
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return wording("a_minute") if minutes == 1 else wording("minutes", count=minutes)
    if minutes:
        return wording("an_hour_and_a_half") if hours == 1 else wording("hours_and_a_half", count=hours)
    return wording("an_hour") if hours == 1 else wording("hours", count=hours)


def _sentence(exact: Range, waited: float) -> Wording | None:
    """Who has waited for a while is told how long it may take from here, in all the others' words."""
    told = _told(Range(exact.low - waited, exact.high - waited))
    if told is None:
        return None
    low, high = told
    if waited > A_WHILE:
        return wording("wait_from_here", high=in_words(high))
    if low:
        return wording("wait_between", low=in_words(low), high=in_words(high))
    return wording("wait_less", high=in_words(high))


def _keep(tx: Transaction, row: Any, found: Range | None) -> None:
    """The newest range, and the first that was ever told, on which we can be held."""
    low, high = _told(found) or (None, None)
    values: dict[str, Any] = {"now_low_s": low, "now_high_s": high, "looked_at": tx.now}
    if row.high_s is None:
        values |= {"low_s": low, "high_s": high}
    tx.db.execute(update(wait).where(wait.c.id == row.id, _OPEN).values(values))


def _show_again(tx: Transaction, row: Any) -> bool:
    """Let the customer's pages read it; False if they no longer wait."""
    waiting = (conversation.c.id == row.conversation_id) & (conversation.c.state == State.WAITING)
    newer = update(conversation).where(waiting).values(version=conversation.c.version + 1)
    tx.tell(ConversationChanged(row.conversation_id))
    return tx.db.execute(newer).rowcount == 1


def _is_over(row: Any, at: datetime | None) -> bool:
    """Whether they had waited longer by then than they were told at first."""
    return at is not None and row.high_s is not None and _seconds(at - row.arrived_at) > row.high_s


def _told(found: Range | None) -> tuple[int, int] | None:
    return rounded(found) if found else None


def _open_wait(conversation_id: str) -> Any:
    return select(wait).where(_OPEN, wait.c.conversation_id == conversation_id)


def _old_ones(now: datetime) -> Any:
    old = or_(wait.c.looked_at.is_(None), wait.c.looked_at < now - RENEWED_AFTER)
    return select(wait).where(_OPEN, old).order_by(wait.c.conversation_id).limit(AT_ONCE)


def _lately(now: datetime) -> ColumnElement[bool]:
    lately: ColumnElement[bool] = wait.c.ended_at > now - LATELY
    return lately


def _at_this_time_of_day(now: datetime) -> ColumnElement[bool]:
    then = (now - timedelta(days=days) for days in range(1, DAYS + 1))
    return or_(*(wait.c.ended_at.between(moment - AROUND, moment + AROUND) for moment in then))


def _seconds(time: timedelta) -> float:
    return time.total_seconds()
