"""A rep's shift as the console shows it: when it ends, what still needs a next step, what went on without them."""

from datetime import datetime, timedelta

from sqlalchemy import literal_column, select

from handoff.people import Rep
from handoff.rep_lists import held_list
from handoff.schema import assignment, conversation, customer, history
from handoff.shift_ends import SHIFT_ENDED
from handoff.shifts import ShiftNow, shift_now, site_of
from handoff.states import State
from handoff.storage import Transaction
from handoff.wire_console import QueueItem
from handoff.wire_shifts import Shift, WentOn

TOLD_FOR = timedelta(hours=24)
SELDOM_S, OFTEN_S, AT_THE_END_S = 300, 60, 15
MOST = 50


def shift_for(tx: Transaction, rep: Rep, notice: timedelta) -> Shift | None:
    """The rep's shift; None for somebody who belongs to no site."""
    place = site_of(tx, rep)
    if place is None:
        return None
    now = shift_now(place.hours, tx.now, notice)
    return Shift(
        site=place.name,
        time_zone=place.hours.zone.key,
        state=now.state,
        ends_at=now.ends_at,
        look_again_s=look_again(now, tx.now, notice),
        chats=_open_chats(tx, rep, now),
        went=_went(tx, rep),
    )


def look_again(now: ShiftNow, at: datetime, notice: timedelta) -> int:
    """After how many seconds the page asks again, so that it's told of the notice and of the end in time."""
    if now.state == "ended":
        return AT_THE_END_S
    if now.state == "off" or now.ends_at is None:
        return SELDOM_S
    turn = now.ends_at if now.state == "ending" else now.ends_at - notice
    most = OFTEN_S if now.state == "ending" else SELDOM_S
    return max(1, min(most, int((turn - at).total_seconds()) + 1))


def _open_chats(tx: Transaction, rep: Rep, now: ShiftNow) -> list[QueueItem]:
    """Those of the shift that ends; what a rep claims after its end is their own choice."""
    if now.state not in ("ending", "ended"):
        return []
    mine = (assignment.c.rep_id == rep.id) & assignment.c.ended_at.is_(None)
    theirs = select(conversation.c.id).join(assignment, assignment.c.conversation_id == conversation.c.id).where(mine)
    of_shift = theirs.where(conversation.c.owner_id == rep.id, conversation.c.state == State.WITH_REP)
    ids = set(tx.db.execute(of_shift.where(assignment.c.started_at < now.ends_at)).scalars())
    return [item for item in held_list(tx, rep) if item.id in ids]


def _went(tx: Transaction, rep: Rep) -> list[WentOn]:
    theirs = (history.c.kind == literal_column(f"'{SHIFT_ENDED}'")) & (history.c.who_id == rep.id)
    told = (
        select(history.c.id, history.c.conversation_id, history.c.at, customer.c.name)
        .join(conversation, conversation.c.id == history.c.conversation_id)
        .join(customer, customer.c.id == conversation.c.customer_id)
        .where(theirs, history.c.at > tx.now - TOLD_FOR)
        .order_by(history.c.at.desc())
        .limit(MOST)
    )
    return [
        WentOn(id=str(row.id), conversation=row.conversation_id, customer_name=row.name, at=row.at)
        for row in tx.db.execute(told)
    ]
