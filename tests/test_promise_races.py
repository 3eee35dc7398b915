"""Promises under races, on SQLite and on Postgres: one rep keeps one, and it's taken back or claimed, never both."""

import asyncio
from collections import Counter

from handoff import promises, rep_queue
from handoff.errors import AlreadyClaimed, NotFound, NotPossibleNow
from handoff.people import Customer, Rep
from handoff.schema_centre import promise
from handoff.storage import Runner
from tests.record import Record
from tests.test_races import race

PEOPLE = 20


def left_message(record: Record, name: str) -> tuple[Customer, str]:
    """A customer who left a message, which is due at once."""
    who = record.customer(name)
    talk = record.waiting(who)
    record.do(promises.leave_message, who, talk, "Please answer.")
    return who, talk


def test_two_reps_claim_a_due_promise_and_one_gets_it(record: Record, database_url: str) -> None:
    ruth, sam = record.rep("Ruth", capacity=PEOPLE), record.rep("Sam", capacity=PEOPLE)
    talks = [left_message(record, f"Customer {number}")[1] for number in range(PEOPLE)]

    async def one(runner: Runner, rep: Rep, talk: str) -> str:
        try:
            await runner.run(rep_queue.claim, rep, talk)
        except AlreadyClaimed:
            return "too late"
        return "got it"

    async def story(runner: Runner) -> list[list[str]]:
        return [await asyncio.gather(one(runner, ruth, talk), one(runner, sam, talk)) for talk in talks]

    outcomes = race(record, database_url, story)
    assert [sorted(each) for each in outcomes] == [["got it", "too late"]] * PEOPLE


def test_ana_takes_back_while_ruth_claims(record: Record, database_url: str) -> None:
    """Either she is back with the bot and Ruth finds nothing, or she is told that somebody has her chat."""
    ruth = record.rep("Ruth", capacity=100)
    due = [left_message(record, f"Customer {number}") for number in range(PEOPLE)]

    async def take_back(runner: Runner, who: Customer, talk: str) -> str:
        try:
            await runner.run(promises.take_back, who, talk, "bot")
        except NotPossibleNow:
            return "refused"
        return "taken back"

    async def claim(runner: Runner, talk: str) -> str:
        try:
            await runner.run(rep_queue.claim, ruth, talk)
        except NotFound:
            return "refused"
        return "claimed"

    async def story(runner: Runner) -> list[list[str]]:
        both = [
            (take_back(runner, who, talk), claim(runner, talk))
            if number % 2
            else (claim(runner, talk), take_back(runner, who, talk))
            for number, (who, talk) in enumerate(due)
        ]
        return [sorted(await asyncio.gather(*pair)) for pair in both]

    outcomes = race(record, database_url, story)
    assert all(each in (["claimed", "refused"], ["refused", "taken back"]) for each in outcomes), outcomes
    held = Counter(record.view(who, talk).state for who, talk in due)
    assert held["with_rep"] == sum("claimed" in each for each in outcomes)
    assert Counter(row.outcome for row in record.rows(promise))["taken_back"] == held["with_bot"]
