"""What the figures are made of: few rows, counted by the database."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from handoff.closing import customer_spoke
from handoff.columns import Flag
from handoff.schema import assignment, conversation, history
from handoff.schema import rep as rep_table
from handoff.schema import vote as vote_table
from handoff.schema_centre import skill, team, wait
from handoff.skills import SKILLS
from handoff.states import By, State
from handoff.storage import Transaction

LATEST_TOLD = 200
BOT, NOBODY = "bot", "nobody"
WITH_REP = "rep"


@dataclass(frozen=True, slots=True)
class Closed:
    """How many conversations closed alike: topic, who held them last, how they went, and what the customer said."""

    topic: str | None
    rep_id: str | None
    way: str
    solved: bool | None
    said_solved: bool
    checked: bool
    check_no: bool
    count: int

    @property
    def owner(self) -> str:
        """The rep who held them last; the bot; or nobody, where a person was waited for in vain."""
        return self.rep_id or (NOBODY if self.way == NOBODY else BOT)


def closed_since(tx: Transaction, since: datetime) -> list[Closed]:
    """The conversations that closed since then and in which the customer had said something."""
    rows = tx.db.execute(_closed(since)).all()
    return [
        Closed(row.topic, row.rep_id, row.way, row.solved, bool(row.said), bool(row.checked), bool(row.no), row.number)
        for row in rows
    ]


def reasons_since(tx: Transaction, since: datetime) -> list[tuple[str, int]]:
    """Why conversations came into the queue since then, the most frequent first."""
    why = func.coalesce(wait.c.reason, "none")
    query = select(why, func.count()).where(wait.c.arrived_at >= since).group_by(why)
    return [(row[0], row[1]) for row in tx.db.execute(query.order_by(func.count().desc(), why))]


def waits_since(tx: Transaction, since: datetime) -> dict[str | None, dict[str, Counter[int]]]:
    """Stays in the queue that ended since then: by skill, by outcome, how often each number of whole seconds."""
    seconds = seconds_between(tx, wait.c.arrived_at, wait.c.ended_at)
    what = (wait.c.skill, wait.c.outcome, seconds)
    found: defaultdict[str | None, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for name, outcome, time, count in tx.db.execute(
        select(*what, func.count()).where(wait.c.ended_at >= since).group_by(*what)
    ):
        found[name][outcome][time] += count
    return dict(found)


@dataclass(frozen=True, slots=True)
class Told:
    """Of the latest who were told a range: how many waited so long, and how many left before it was over."""

    kept: int
    shorter: int
    longer: int
    unknown: int


def ranges_kept(tx: Transaction) -> Told:
    """What came of the ranges that the last 200 people were told of whom it's known."""
    seconds = seconds_between(tx, wait.c.arrived_at, wait.c.ended_at)
    told = and_(wait.c.high_s.is_not(None), wait.c.ended_at.is_not(None))
    known = or_(wait.c.outcome == "claimed", seconds > wait.c.high_s)
    columns = (seconds.label("seconds"), wait.c.low_s, wait.c.high_s, wait.c.ended_at)
    latest = tx.db.execute(
        select(*columns).where(told, known).order_by(wait.c.ended_at.desc()).limit(LATEST_TOLD)
    ).all()
    first = latest[-1].ended_at if latest else tx.now
    left = select(func.count()).select_from(wait).where(told, ~known, wait.c.ended_at >= first)
    kept = [row for row in latest if row.seconds <= row.high_s]
    shorter = sum(row.seconds < row.low_s for row in kept)
    return Told(len(kept), shorter, len(latest) - len(kept), int(tx.db.execute(left).scalar_one()))


def asked_again_since(tx: Transaction, since: datetime) -> dict[str, int]:
    """How often each rep asked for something that was in the brief."""
    again = select(history.c.who_id, func.count()).where(history.c.kind == "asked_again", history.c.at >= since)
    return {row[0]: row[1] for row in tx.db.execute(again.group_by(history.c.who_id))}


def names(tx: Transaction) -> dict[str, str]:
    """Reps, teams and skills by id, as people read them."""
    reps = select(rep_table.c.id, rep_table.c.display_name)
    every = (reps, select(team.c.id, team.c.name), select(skill.c.name, skill.c.title))
    return {**SKILLS, **{row[0]: row[1] for query in every for row in tx.db.execute(query)}}


def teams_of(tx: Transaction) -> dict[str, str]:
    """The team of each rep who is in one."""
    found = select(rep_table.c.id, rep_table.c.team_id).where(rep_table.c.team_id.is_not(None))
    return {row[0]: row[1] for row in tx.db.execute(found)}


def seconds_between(tx: Transaction, start: Any, end: Any) -> ColumnElement[int]:
    """Whole seconds from one instant's column to another's, on either database."""
    if tx.db.dialect.name == "postgresql":
        return cast(func.floor(extract("epoch", end - start)), Integer)
    return (type_coerce(end, Integer) - type_coerce(start, Integer)) // 1_000_000


def _closed(since: datetime) -> Any:
    """One row for each way in which conversations ended alike, with their number."""
    columns = (
        conversation.c.topic,
        last_rep().label("rep_id"),
        way().label("way"),
        vote_table.c.solved,
        case((_solved_by_bot() | (vote_table.c.solved == literal(True, Flag)), 1), else_=0).label("said"),
        case((_remembered("checked"), 1), else_=0).label("checked"),
        case((_remembered("checked", history.c.reason == "no"), 1), else_=0).label("no"),
    )
    ended = (conversation.c.state == State.CLOSED) & (conversation.c.closed_at >= since) & customer_spoke()
    from_both = conversation.outerjoin(vote_table, vote_table.c.conversation_id == conversation.c.id)
    each = select(*columns).select_from(from_both).where(ended).subquery()
    return select(*each.c, func.count().label("number")).group_by(*each.c)


def way() -> ColumnElement[str]:
    """How a conversation went: a rep helped, the bot alone, or nobody came while a person was waited for."""
    held = exists().where(assignment.c.conversation_id == conversation.c.id)
    waited = exists().where(wait.c.conversation_id == conversation.c.id)
    return case((held, WITH_REP), (and_(waited, ~_solved_by_bot()), NOBODY), else_=BOT)


def last_rep() -> ColumnElement[str]:
    """The id of the rep to whom a conversation, joined with its vote, is put down: when it was voted on, else now."""
    held = select(assignment.c.rep_id).where(assignment.c.conversation_id == conversation.c.id)
    last = held.order_by(assignment.c.epoch.desc()).limit(1).correlate(conversation).scalar_subquery()
    return case((vote_table.c.at.is_not(None), vote_table.c.owner_id), else_=last)


def _solved_by_bot() -> ColumnElement[bool]:
    return _remembered("moved", history.c.reason == By.SOLVED, history.c.who_kind == "bot")


def _remembered(kind: str, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(history.c.conversation_id == conversation.c.id, history.c.kind == kind, *more)
