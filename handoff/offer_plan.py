"""Reads who waits and who is there, and has `routing` decide what to offer next. Nothing is written here."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from handoff import routing
from handoff.presence import GONE_AFTER
from handoff.routing_values import Chat, Match, RepNow, free_places
from handoff.schema import assignment, conversation, rep
from handoff.schema_centre import offer, team, wait
from handoff.shifts import off_shift
from handoff.skills import language_skill
from handoff.staff import Member, staff
from handoff.states import State
from handoff.storage import Transaction

PASSED = ("skipped", "expired")


def plan(tx: Transaction) -> list[Match]:
    """The offers to make now: none, at little cost, while nobody waits, is free, or is offered chats at all."""
    pushed = _pushed_teams(tx)
    reps = crew(tx, pushed) if pushed and _anybody_waits(tx) else []
    if not any(rep.is_free(tx.now) for rep in reps):
        return []
    return routing.decide(_waiting(tx), reps, tx.now).matches


def why_it_waits(tx: Transaction, conversation_id: str) -> str | None:
    """Why a waiting chat is offered to nobody at this moment; None if it is, or if no team is offered chats."""
    if pushed := _pushed_teams(tx):
        return routing.decide(_waiting(tx), crew(tx, pushed), tx.now).waits.get(conversation_id)
    return None


def crew(tx: Transaction, pushed: frozenset[str]) -> list[RepNow]:
    """Everybody who is there, whether chats are offered to them (`pushed`: the teams) or they claim by themselves."""
    here = [each for each in staff(tx) if each.presence != "gone"]
    off = off_shift(tx)
    offered = set(tx.db.execute(select(offer.c.rep_id).where(offer.c.state == "open")).scalars())
    last_got_at = _last_got_at(tx)
    return [
        RepNow(
            id=each.id,
            name=each.name,
            team_id=each.team_id,
            mode="push" if each.team_id in pushed else "pull",
            skills=each.skills,
            load=each.load,
            held=each.held,
            capacity=each.capacity,
            offered=each.id in offered,
            open=each.id not in off,
            away=each.presence == "away",
            breather_until=each.breather_until,
            last_got_at=last_got_at.get(each.id),
        )
        for each in here
    ]


def can_be_offered(rep: Member) -> bool:
    """Whether an open offer may stay with them: they are there, and have room."""
    return rep.presence == "here" and free_places(rep.load, rep.held, rep.capacity) > 0


def _anybody_waits(tx: Transaction) -> bool:
    waits = select(conversation.c.id).where(conversation.c.state == State.WAITING).limit(1)
    return tx.db.execute(waits).first() is not None


def _waiting(tx: Transaction) -> list[Chat]:
    """All who wait and have no open offer."""
    offered = select(offer.c.id).where(offer.c.conversation_id == conversation.c.id, offer.c.state == "open")
    names = ("id", "arrived_at", "priority", "skill", "language", "team_id", "wanted_rep_id", "routed_at")
    stay = (wait.c.conversation_id == conversation.c.id) & wait.c.ended_at.is_(None)
    query = select(*(conversation.c[name] for name in names), wait.c.arrived_at.label("queued_at")).outerjoin(
        wait, stay
    )
    rows = tx.db.execute(query.where(conversation.c.state == State.WAITING, ~offered.exists())).all()
    asked = _asked(tx) if rows else {}
    return [
        Chat(
            id=row.id,
            arrived_at=row.arrived_at,
            priority=row.priority,
            queued_at=max(filter(None, (row.queued_at, row.routed_at)), default=None),
            skill=row.skill,
            language=language_skill(row.language),
            team_id=row.team_id,
            wanted_rep_id=row.wanted_rep_id,
            asked={who: at for who, at in asked.get(row.id, {}).items() if not row.routed_at or at > row.routed_at},
        )
        for row in rows
    ]


def _asked(tx: Transaction) -> dict[str, dict[str, datetime]]:
    """By chat: who let an offer of it pass in this stay in the queue, or had it before, and when."""
    waits = conversation.c.state == State.WAITING
    passed = (
        select(offer.c.conversation_id, offer.c.rep_id, offer.c.ended_at)
        .join(
            conversation, (conversation.c.id == offer.c.conversation_id) & (conversation.c.owner_epoch == offer.c.epoch)
        )
        .where(waits, offer.c.state.in_(PASSED))
    )
    before = (assignment.c.conversation_id == conversation.c.id) & (
        assignment.c.epoch == conversation.c.owner_epoch - 1
    )
    had = select(assignment.c.conversation_id, assignment.c.rep_id, assignment.c.ended_at).join(conversation, before)
    found: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for query in (had.where(waits), passed.order_by(offer.c.ended_at)):
        for conversation_id, rep_id, at in tx.db.execute(query):
            found[conversation_id][rep_id] = at
    return found


def _pushed_teams(tx: Transaction) -> frozenset[str]:
    return frozenset(tx.db.execute(select(team.c.id).where(team.c.mode == "push")).scalars())


def _last_got_at(tx: Transaction) -> dict[str, Any]:
    """Of those who are there: by the index of each one's assignments, as the table grows for ever."""
    newest = select(func.max(assignment.c.started_at)).where(assignment.c.rep_id == rep.c.id).correlate(rep)
    here = select(rep.c.id, newest.scalar_subquery().label("at")).where(rep.c.seen_at > tx.now - GONE_AFTER)
    return {row.id: row.at for row in tx.db.execute(here)}
