"""A rep's shift as the console shows it: when it ends, what still needs a next step, what went on without them."""

from datetime import datetime, timedelta

from sqlalchemy import literal_column, select

from handoff.opening_hours import opens_next
from handoff.people import Rep
from handoff.rep_hours import shown_days, shown_hours
from handoff.rep_lists import held_list
from handoff.schema import assignment, conversation, customer, history
from handoff.schema import rep as rep_table
from handoff.schema_hours import rep_day, rep_hours
from handoff.shift_ends import SHIFT_ENDED
from handoff.shifts import ShiftNow, hours_by_rep, shift_now, site_of
from handoff.sites import Site
from handoff.states import State
from handoff.storage import Transaction
from handoff.wire_console import QueueItem
from handoff.wire_shifts import Shift, WentOn

TOLD_FOR = timedelta(hours=24)
SELDOM_S, AT_THE_END_S = 60, 15
MOST = 50


def shift_for(tx: Transaction, rep: Rep, notice: timedelta) -> Shift | None:
    """The rep's shift; None for somebody who belongs to no site."""
    place = site_of(tx, rep)
    if place is None:
        return None
    hours = hours_by_rep(tx, rep_table.c.id == rep.id)[rep.id]
    now = shift_now(hours, tx.now, notice)
    off = now.state in ("ended", "off")
    return Shift(
        site=place.name,
        time_zone=place.hours.zone.key,
        state=now.state,
        ends_at=now.ends_at,
        begins_at=opens_next(hours, tx.now) if off else None,
        hours=shown_hours(tx, rep_hours.c.rep_id == rep.id)[rep.id],
        days=[each for each in shown_days(tx, rep_day.c.rep_id == rep.id)[rep.id] if each.day >= _today(tx, place)],
        look_again_s=look_again(now, tx.now, notice),
        chats=_open_chats(tx, rep, now),
        went=_went(tx, rep),
    )


def _today(tx: Transaction, place: Site) -> str:
    return tx.now.astimezone(place.hours.zone).date().isoformat()


def look_again(now: ShiftNow, at: datetime, notice: timedelta) -> int:
    """After how many seconds the page asks again, so that it's told of the notice and of the end in time."""
    if now.state == "ended":
        return AT_THE_END_S
    if now.state == "off" or now.ends_at is None:
        return SELDOM_S
    turn = now.ends_at if now.state == "ending" else now.ends_at - notice
    return max(1, min(SELDOM_S, int((turn - at).total_seconds()) + 1))


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
