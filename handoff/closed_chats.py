"""Closed conversations for leads: found by topic, who held them last, vote, cause and day; never by how long they took.

The list holds what is counted of a conversation, and the sentence that came with its vote. What was said in it is read
only after `looking.look`, which puts the look on record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, literal, or_, select

from handoff.changing import must_lead
from handoff.closing import customer_spoke
from handoff.columns import EPOCH, Flag
from handoff.errors import BadField
from handoff.figure_rows import BOT, NOBODY, last_rep, way
from handoff.figures import DAYS, clock_of, window_of
from handoff.people import Rep
from handoff.schema import conversation, customer
from handoff.schema import rep as rep_table
from handoff.schema import vote as vote_table
from handoff.states import State
from handoff.storage import Transaction
from handoff.topics import plain, usual_words
from handoff.wire_figures import ClosedChat, ClosedChats, FindClosed

A_PAGE = 25
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, from when (None: so many days ago) until when, which a lead's clock has decided."""

    wanted: FindClosed
    since: datetime | None = None
    until: datetime | None = None


def search_of(tx: Transaction, lead: Rep, wanted: FindClosed) -> Search:
    """What a lead looks for; Forbidden to who doesn't lead, BadField for no such day."""
    must_lead(lead)
    if wanted.day is not None:
        return Search(wanted, *_day(tx, lead, wanted.day))
    return Search(wanted, window_of(tx, lead, wanted.period).midnight)


def closed_chats(tx: Transaction, search: Search) -> ClosedChats:
    """A page of what is looked for, the newest first: the same for everybody who may see it."""
    wanted = search.wanted
    found = _closed(tx, _span(tx, search), wanted)
    query = select(found).order_by(found.c.closed_at.desc(), found.c.id.desc()).where(*_fitting(found, wanted))
    rows = tx.db.execute(query.limit(A_PAGE + 1)).all()
    more = len(rows) > A_PAGE
    return ClosedChats(
        chats=[_shown(row) for row in rows[:A_PAGE]], older_than=_place(rows[A_PAGE - 1]) if more else None
    )


def _closed(tx: Transaction, span: ColumnElement[bool], wanted: FindClosed) -> Any:
    """All of the span that fit by what stands in their own row or their vote's, with who held them last."""
    owner = last_rep()
    columns = (
        *(conversation.c[name] for name in ("id", "closed_at", "topic", "cause")),
        case((owner.is_not(None), owner), (way() == NOBODY, NOBODY), else_=BOT).label("owner"),
        *(vote_table.c.solved, vote_table.c.words),
        customer.c.name.label("customer_name"),
    )
    joined = conversation.join(customer, customer.c.id == conversation.c.customer_id)
    joined = joined.outerjoin(vote_table, vote_table.c.conversation_id == conversation.c.id)
    which = (span, customer_spoke(), *_own(tx, span, wanted))
    each = select(*columns).select_from(joined).where(*which).subquery()
    named = each.outerjoin(rep_table, rep_table.c.id == each.c.owner)
    return select(*each.c, rep_table.c.display_name).select_from(named).subquery()


def _span(tx: Transaction, search: Search) -> ColumnElement[bool]:
    since = search.since or tx.now - timedelta(days=DAYS[search.wanted.period])
    closed = (conversation.c.state == State.CLOSED) & (conversation.c.closed_at >= since)
    return closed & (conversation.c.closed_at < search.until) if search.until else closed


def _day(tx: Transaction, lead: Rep, day: str) -> tuple[datetime, datetime]:
    """From midnight to midnight on the lead's clock, which may be 23 or 25 hours."""
    try:
        first = date.fromisoformat(day)
        zone, next_day = clock_of(tx, lead), first + timedelta(days=1)
        start, end = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (first, next_day))
    except (ValueError, OverflowError) as error:
        raise BadField("There is no such day.", field="day") from error
    return start, end


def _own(tx: Transaction, span: ColumnElement[bool], wanted: FindClosed) -> Iterator[ColumnElement[bool]]:
    if wanted.topic:
        yield conversation.c.topic.is_(None) if wanted.topic == "none" else conversation.c.topic == wanted.topic
    if wanted.vote:
        yield (
            vote_table.c.at.is_(None)
            if wanted.vote == "none"
            else vote_table.c.solved == literal(wanted.vote == "yes", Flag)
        )
    if wanted.written:
        yield vote_table.c.words.is_not(None)
    if wanted.cause and (looked_for := plain(wanted.cause)):
        spelt = _spellings(tx, span, looked_for)
        yield conversation.c.cause.in_(spelt) if spelt else false()


def _fitting(found: Any, wanted: FindClosed) -> Iterator[ColumnElement[bool]]:
    if wanted.who:
        yield found.c.owner == wanted.who
    if wanted.older_than:
        when, last = wanted.older_than.split(".")
        at = EPOCH + int(when) * MICROSECOND
        yield or_(found.c.closed_at < at, and_(found.c.closed_at == at, found.c.id < last))


def _spellings(tx: Transaction, span: ColumnElement[bool], looked_for: str) -> list[str]:
    """How the causes were written that are this usual one, else those in which these words are."""
    each = select(conversation.c.cause).where(span, conversation.c.cause.is_not(None)).distinct()
    spelt: list[str] = list(tx.db.execute(each).scalars())
    if usual_words(looked_for):
        return [cause for cause in spelt if plain(cause) == looked_for]
    return [cause for cause in spelt if looked_for in plain(cause)]


def _place(row: Any) -> str:
    return f"{(row.closed_at - EPOCH) // MICROSECOND}.{row.id}"


def _shown(row: Any) -> ClosedChat:
    return ClosedChat(
        id=row.id,
        closed_at=row.closed_at,
        customer_name=row.customer_name,
        topic=row.topic,
        cause=row.cause,
        helped_by=row.owner if row.owner in (BOT, NOBODY) else "rep",
        rep=row.display_name,
        solved=row.solved,
        words=row.words,
    )
