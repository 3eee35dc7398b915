"""How soon a rep who becomes free is offered a fit chat: 500 reps who have their hands full, 2,000 chats that wait."""

import asyncio
import random
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from benchmark.live_chats import make_customer, make_rep, make_tables
from benchmark.samples import Sample
from handoff import closing, conversations
from handoff.ids import new_id
from handoff.offering import Offering
from handoff.people import Rep
from handoff.schema import assignment, conversation, rep
from handoff.schema_centre import offer, rep_skill, skill, team, wait
from handoff.skills import SKILLS
from handoff.storage import Notice, Runner, Transaction, open_runner

REPS = 500
WAITING = 2_000
AT_ONCE = 3
FREED = 300
FREED_EVERY = 0.1
LONGEST_WAIT = 600
LAST_OFFERS = 60


def measure(url: str) -> Sample:
    """One rep after the other closes a chat, ten in a second; the times until each is offered the next."""
    make_tables(url)
    return asyncio.run(_day(url))


async def _day(url: str) -> Sample:
    offering: Offering | None = None

    def push(notices: list[Notice]) -> None:
        if offering:
            offering.hear(notices)

    runner = open_runner(url, push)
    try:
        crew = await runner.run(_prepare)
        offering = Offering(runner, lambda: None)
        await _wait_for_calm(runner, offering)
        rounds = asyncio.create_task(_for_ever(offering))
        freed = random.Random(1).sample(crew, FREED)  # noqa: S311  not a secret
        ids = [who.id for who, _ in freed]
        for who, talk in freed:
            await runner.run(closing.close_by_rep, who, talk, "late_delivery", "carrier lost it")
            await asyncio.sleep(FREED_EVERY)
        async with asyncio.timeout(LAST_OFFERS):
            while len(times := await runner.read(_times, ids)) < FREED:  # noqa: ASYNC110  only the table knows
                await asyncio.sleep(0.5)
        rounds.cancel()
        return Sample(times, seconds=FREED * FREED_EVERY)
    finally:
        await runner.close()


async def _for_ever(offering: Offering) -> None:
    while True:
        await offering.next_round()


async def _wait_for_calm(runner: Runner, offering: Offering) -> None:
    """Nobody is free at the beginning: the first round offers nothing, and warms up."""
    await offering.next_round()
    assert await runner.read(lambda tx: tx.db.scalar(select(func.count()).select_from(offer))) == 0


def _prepare(tx: Transaction) -> list[tuple[Rep, str]]:
    """Reps of one team with random skills, each holding as many chats as they take; and those who wait."""
    dice = random.Random(0)  # noqa: S311  not a secret
    days = {"id": new_id(), "name": "Days", "mode": "push", "created_at": tx.now}
    tx.db.execute(insert(team).values(days))
    tx.db.execute(insert(skill), [{"name": name, "title": title} for name, title in SKILLS.items()])
    reps = [make_rep(tx, capacity=AT_ONCE) for _ in range(REPS)]
    tx.db.execute(update(rep).values(team_id=days["id"], seen_at=tx.now + timedelta(hours=1)))
    known = [(who, name) for who in reps for name in dice.sample(list(SKILLS), 2)]
    levels = [{"rep_id": who.id, "skill": name, "level": dice.randint(1, 3)} for who, name in known]
    tx.db.execute(insert(rep_skill), levels)
    held = [(who, _held(tx, who)) for who in reps for _ in range(AT_ONCE)]
    for _ in range(WAITING):
        _waits(tx, dice)
    return [(who, talk) for place, (who, talk) in enumerate(held) if place % AT_ONCE == 0]


def _held(tx: Transaction, who: Rep) -> str:
    talk = conversations.begin(tx, make_customer(tx)).id
    is_held = {"state": "with_rep", "owner_kind": "rep", "owner_id": who.id, "next_step": "remind_rep"}
    tx.db.execute(update(conversation).where(conversation.c.id == talk).values(is_held))
    row = {"id": new_id(), "conversation_id": talk, "rep_id": who.id, "epoch": 1, "started_at": tx.now}
    tx.db.execute(insert(assignment).values(row))
    return talk


def _waits(tx: Transaction, dice: random.Random) -> None:
    talk = conversations.begin(tx, make_customer(tx)).id
    at = tx.now - timedelta(seconds=dice.uniform(0, LONGEST_WAIT))
    waits: dict[str, Any] = {
        "state": "waiting",
        "owner_kind": "queue",
        "arrived_at": at,
        "skill": dice.choice(list(SKILLS)),
    }
    change = update(conversation).where(conversation.c.id == talk)
    tx.db.execute(change.values(**waits, next_step="tell_still_waiting"))
    stay = {"id": new_id(), "conversation_id": talk, "skill": waits["skill"], "priority": 0, "place": 1}
    tx.db.execute(insert(wait).values(**stay, arrived_at=at))


def _times(tx: Transaction, freed: list[str]) -> list[float]:
    """From the end of each rep's chat to their first offer after it, both by the database's clock."""
    ended = select(assignment.c.rep_id, func.min(assignment.c.ended_at).label("at")).group_by(assignment.c.rep_id)
    first = select(offer.c.rep_id, func.min(offer.c.made_at).label("at")).group_by(offer.c.rep_id)
    free_at = {row.rep_id: row.at for row in tx.db.execute(ended.where(assignment.c.ended_at.is_not(None)))}
    offered_at = {row.rep_id: row.at for row in tx.db.execute(first)}
    return [(offered_at[id] - free_at[id]).total_seconds() for id in freed if id in offered_at]
