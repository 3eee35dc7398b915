"""How many chats a rep may have at once, on SQLite and on Postgres, also with many hands at once."""

import asyncio
from typing import Any

from handoff import lead, rep_queue
from handoff.errors import AlreadyClaimed, AtCapacity
from handoff.people import Rep
from handoff.schema import conversation
from handoff.storage import Runner
from tests.record import Record
from tests.test_races import race


def test_ruth_cannot_claim_a_fourth_chat_while_three_need_her(record: Record) -> None:
    ruth = record.rep("Ruth", capacity=3)
    holds(record, ruth, 3)
    fourth = record.waiting(record.customer())
    refusal = record.refused(rep_queue.claim, ruth, fourth)
    assert isinstance(refusal, AtCapacity)
    assert str(refusal) == "3 chats need you already, and you take 3 at once. Answer or close one first."
    assert record.rows(conversation, id=fourth)[0].state == "waiting"


def test_ruth_claims_a_fourth_once_she_has_answered_one(record: Record) -> None:
    ruth = record.rep("Ruth", capacity=3)
    first, *_ = holds(record, ruth, 3)
    fourth = record.waiting(record.customer())
    record.replies(ruth, first, "It comes tomorrow.")
    record.do(rep_queue.claim, ruth, fourth)
    assert record.rows(conversation, id=fourth)[0].owner_id == ruth.id


def test_ruth_holds_twice_her_capacity_at_most_even_if_all_are_answered(record: Record) -> None:
    ruth = record.rep("Ruth", capacity=1)
    for talk in (record.held(record.customer(), ruth) for _ in range(2)):
        record.replies(ruth, talk, "It comes tomorrow.")
    refusal = record.refused(rep_queue.claim, ruth, record.waiting(record.customer()))
    assert isinstance(refusal, AtCapacity)
    assert str(refusal) == "You hold 2 chats already. Close one first."


def test_claiming_again_what_she_holds_is_harmless_at_capacity(record: Record) -> None:
    ruth = record.rep("Ruth", capacity=1)
    [talk] = holds(record, ruth, 1)
    record.do(rep_queue.claim, ruth, talk)
    assert record.rows(conversation, id=talk)[0].owner_id == ruth.id


def test_lena_takes_over_whatever_her_load(record: Record) -> None:
    lena = record.rep("Lena", role="lead", capacity=1)
    holds(record, lena, 1)
    waits = record.waiting(record.customer())
    assert isinstance(record.refused(rep_queue.claim, lena, waits), AtCapacity)
    record.do(lead.take_over, lena, waits)
    assert record.rows(conversation, id=waits)[0].owner_id == lena.id


def test_many_tabs_of_ruth_claiming_at_once_get_three_chats(record: Record, database_url: str) -> None:
    """Sixty claims start together for each of two reps: each gets as many as they take, and none more."""
    ruth, sam = record.rep("Ruth", capacity=3), record.rep("Sam", capacity=3)
    talks = [record.waiting(record.customer()) for _ in range(60)]

    async def story(runner: Runner) -> list[Any]:
        claims = [runner.run(rep_queue.claim, who, talk) for talk in talks for who in (ruth, sam)]
        return await asyncio.gather(*claims, return_exceptions=True)

    ends = race(record, database_url, story)
    assert sum(end is None for end in ends) == 6
    assert sum(isinstance(end, AtCapacity | AlreadyClaimed) for end in ends) == 114
    for who in (ruth, sam):
        assert len(record.rows(conversation, owner_id=who.id)) == 3


def holds(record: Record, rep: Rep, how_many: int) -> list[str]:
    """So many chats that need the rep."""
    return [record.held(record.customer(), rep) for _ in range(how_many)]
