"""Reads who waits, what is due and who is there, and has `routing` decide what to offer next. Nothing is written here.

A promise that is due stands in the one line at the place of its customer's arrival. Who may have it widens from the
moment it's due, as it does for a chat from the moment it waits.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from handoff import routing
from handoff.offerable import is_offerable, still_promised
from handoff.presence import GONE_AFTER
from handoff.routing_values import Chat, Match, RepNow, free_places
from handoff.schema import assignment, conversation, rep
from handoff.schema_centre import offer, promise, team, wait
from handoff.shifts import off_shift
from handoff.skills import language_skill
from handoff.staff import Member, staff
from handoff.states import State
from handoff.storage import Transaction
from handoff.waits import this_stay

PASSED = ("skipped", "expired")


def plan(tx: Transaction) -> list[Match]:
    """The offers to make now: none, at little cost, while nothing is to be done, nobody is free or offered chats."""
    pushed = _pushed_teams(tx)
    reps = crew(tx, pushed) if pushed and _anything_to_do(tx) else []
    if not any(rep.is_free(tx.now) for rep in reps):
        return []
    return routing.decide(_waiting(tx), reps, tx.now).matches


def why_it_waits(tx: Transaction, conversation_id: str) -> str | None:
    """Why a chat or a due promise is offered to nobody at this moment; None if it is, or if no team is offered any."""
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


def _anything_to_do(tx: Transaction) -> bool:
    return tx.db.execute(select(conversation.c.id).where(is_offerable(tx.now)).limit(1)).first() is not None


def _waiting(tx: Transaction) -> list[Chat]:
    """All who wait and all promises that are due, but for those that have an open offer."""
    offered = select(offer.c.id).where(offer.c.conversation_id == conversation.c.id, offer.c.state == "open")
    names = ("id", "arrived_at", "priority", "skill", "language", "team_id", "wanted_rep_id", "routed_at")
    columns = (wait.c.arrived_at.label("queued_at"), promise.c.from_at.label("due_at"))
    query = select(*(conversation.c[name] for name in names), *columns).outerjoin(wait, this_stay())
    query = query.outerjoin(promise, still_promised()).where(is_offerable(tx.now), ~offered.exists())
    rows = tx.db.execute(query).all()
    asked = _asked(tx) if rows else {}
    return [
        Chat(
            id=row.id,
            arrived_at=row.arrived_at,
            priority=row.priority,
            queued_at=max(filter(None, (row.queued_at, row.due_at, row.routed_at)), default=None),
            skill=row.skill,
            language=language_skill(row.language),
            team_id=row.team_id,
            wanted_rep_id=row.wanted_rep_id,
            asked={who: at for who, at in asked.get(row.id, {}).items() if not row.routed_at or at > row.routed_at},
        )
        for row in rows
    ]


def _asked(tx: Transaction) -> dict[str, dict[str, datetime]]:
    """By chat: who let an offer of it pass in this stay in the queue, or had it before, and when.

    Whoever had it and promised more doesn't count: they know the customer.
    """
    this_stay = (conversation.c.id == offer.c.conversation_id) & (conversation.c.owner_epoch == offer.c.epoch)
    passed = (
        select(offer.c.conversation_id, offer.c.rep_id, offer.c.ended_at)
        .join(conversation, this_stay)
        .where(conversation.c.state.in_((State.WAITING, State.PROMISED)), offer.c.state.in_(PASSED))
    )
    before = (assignment.c.conversation_id == conversation.c.id) & (
        assignment.c.epoch == conversation.c.owner_epoch - 1
    )
    had = select(assignment.c.conversation_id, assignment.c.rep_id, assignment.c.ended_at).join(conversation, before)
    gave_back = had.where(conversation.c.state == State.WAITING)
    found: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for query in (gave_back, passed.order_by(offer.c.ended_at)):
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
