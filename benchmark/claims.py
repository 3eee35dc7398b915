"""Claims per second: 200 reps at once, each taking waiting conversations that another rep tries for too."""

import asyncio
import time

from sqlalchemy import update

from benchmark.live_chats import make_customer, make_rep, make_tables, opened
from benchmark.samples import Sample
from handoff import conversations, rep_queue
from handoff.errors import AlreadyClaimed
from handoff.people import Rep
from handoff.schema import conversation
from handoff.storage import Runner, Transaction

REPS = 200
WAITING = 2_000


def measure(url: str) -> Sample:
    """2,000 waiting conversations, each tried for by two reps at once."""
    make_tables(url)
    return asyncio.run(_race(url))


async def _race(url: str) -> Sample:
    sample = Sample()
    async with opened(url) as runner:
        reps, talks = await runner.run(_prepare)
        began = time.perf_counter()
        share = WAITING // (REPS // 2)
        starts = [number // 2 * share for number in range(REPS)]
        await asyncio.gather(
            *(_grab(runner, rep, talks[at : at + share], sample) for rep, at in zip(reps, starts, strict=True))
        )
        sample.seconds = time.perf_counter() - began
    return sample


async def _grab(runner: Runner, rep: Rep, talks: list[str], sample: Sample) -> None:
    for talk in talks:
        began = time.perf_counter()
        try:
            await runner.run(rep_queue.claim, rep, talk)
            sample.times.append(time.perf_counter() - began)
        except AlreadyClaimed:
            sample.refused += 1


def _prepare(tx: Transaction) -> tuple[list[Rep], list[str]]:
    reps = [make_rep(tx, capacity=WAITING) for _ in range(REPS)]
    talks = [conversations.begin(tx, make_customer(tx)).id for _ in range(WAITING)]
    waits = {"state": "waiting", "owner_kind": "queue", "arrived_at": tx.now, "next_step": "tell_still_waiting"}
    tx.db.execute(update(conversation).where(conversation.c.id.in_(talks)).values(waits))
    return reps, talks
