"""Races, on SQLite and on Postgres, with as many at once as the words say."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import func, select

from handoff import conversations, messages, rep_queue, turns
from handoff.bot_answer import BotAnswer
from handoff.errors import AlreadyClaimed
from handoff.people import Customer, Rep
from handoff.schema import assignment, conversation, message
from handoff.schema import customer as customer_table
from handoff.states import State
from handoff.storage import Runner, Transaction, open_runner
from tests.record import Record, answer

REPS, CHATS = 200, 2_000


def race(record: Record, url: str, story: Callable[[Runner], Awaitable[Any]]) -> Any:
    """Run a story on the desk's own runner, beside the record that was prepared."""

    async def play() -> Any:
        runner = open_runner(url, lambda notices: None)
        try:
            return await story(runner)
        finally:
            await runner.close()

    record.engine.dispose()
    return asyncio.run(play())


def test_a_rep_claims_while_the_bot_is_thinking(record: Record, database_url: str) -> None:
    """Answer and claim start together, many times: the bot never speaks once a person is in the conversation."""
    ruth = record.rep("Ruth", capacity=40)
    people = [record.customer(f"Customer {number}") for number in range(40)]
    asked = [leased_turn(record, who) for who in people]

    async def one(runner: Runner, who: Customer, turn: turns.Turn, hurry: bool) -> None:
        async def ask_and_claim() -> None:
            await runner.run(rep_queue.ask_for_person, who, turn.conversation_id)
            await runner.run(rep_queue.claim, ruth, turn.conversation_id)

        accept = runner.run(turns.accept, turn, answer(turn, "It is on its way."), 5)
        await asyncio.gather(*((ask_and_claim(), accept) if hurry else (accept, ask_and_claim())))

    async def story(runner: Runner) -> None:
        await asyncio.gather(
            *(
                one(runner, who, turn, number % 2 == 0)
                for number, (who, turn) in enumerate(zip(people, asked, strict=True))
            )
        )

    race(record, database_url, story)
    outcomes = Counter(bot_spoke_after_claim(record, turn.conversation_id) for turn in asked)
    assert outcomes["after"] == 0
    assert sum(outcomes.values()) == 40


def test_the_same_message_arrives_twice(record: Record, database_url: str) -> None:
    ana = record.customer("Ana")
    talk = record.opened(ana)

    async def story(runner: Runner) -> list[messages.Stored]:
        each = [(f"client-id-{n:03}", f"line {n}") for n in range(50)]
        return await asyncio.gather(*(runner.run(messages.send, ana, talk, *one) for one in each * 3))

    stored = race(record, database_url, story)
    assert sum(each.new for each in stored) == 50
    page = record.do(messages.messages_after, ana, talk, 0, 200)
    assert [each.seq for each in page.messages] == list(range(1, 52))
    assert sorted(each.text for each in page.messages[1:]) == sorted(f"line {n}" for n in range(50))


def test_the_same_message_to_a_closed_conversation_arrives_twice(record: Record, database_url: str) -> None:
    from handoff import closing

    ana = record.customer("Ana")
    talk = record.opened(ana)
    record.do(closing.close_by_customer, ana, talk)

    async def story(runner: Runner) -> list[messages.Stored]:
        return await asyncio.gather(*(runner.run(messages.send, ana, talk, "client-id-1", "again") for _ in range(10)))

    stored = race(record, database_url, story)
    assert sum(each.new for each in stored) == 1
    assert len({each.message.conversation for each in stored}) == 1


def test_opening_at_once_in_many_tabs_gives_one_conversation(record: Record, database_url: str) -> None:
    ana = record.customer("Ana")

    async def story(runner: Runner) -> list[conversations.Opened]:
        return await asyncio.gather(*(runner.run(conversations.open_conversation, ana) for _ in range(20)))

    opened = race(record, database_url, story)
    assert sum(each.new for each in opened) == 1
    assert len({each.id for each in opened}) == 1


def test_two_reps_claim_at_once(record: Record, database_url: str) -> None:
    """200 reps race for 2,000 conversations, each tried by two reps at once: nobody shares one, none is left."""
    reps = [record.rep(f"Rep {number:03}", capacity=2 * CHATS // REPS) for number in range(REPS)]
    talks = record.do(wait_for_people, CHATS)

    async def story(runner: Runner) -> tuple[int, int]:
        async def grab(rep: Rep, mine: list[str]) -> tuple[int, int]:
            won = lost = 0
            for talk in mine:
                try:
                    await runner.run(rep_queue.claim, rep, talk)
                    won += 1
                except AlreadyClaimed:
                    lost += 1
            return won, lost

        share = CHATS // (REPS // 2)
        tries = [grab(rep, talks[number // 2 * share : (number // 2 + 1) * share]) for number, rep in enumerate(reps)]
        results = await asyncio.gather(*tries)
        return sum(won for won, _ in results), sum(lost for _, lost in results)

    assert race(record, database_url, story) == (CHATS, CHATS)
    held = record.do(
        lambda tx: tx.db.execute(select(assignment.c.conversation_id).where(assignment.c.ended_at.is_(None))).all()
    )
    assert len(held) == len(set(held)) == CHATS
    assert record.do(count_in, State.WITH_REP) == CHATS


def test_rasa_answers_after_its_turn_was_given_up(record: Record, database_url: str) -> None:
    """Giving up and the answer start together, many times: Ana gets the answer or the apology, never both."""
    people = [record.customer(f"Customer {number}") for number in range(40)]
    asked = [leased_turn(record, who) for who in people]

    async def one(runner: Runner, turn: turns.Turn, hurry: bool) -> list[bool]:
        said: BotAnswer = answer(turn, "It is on its way.")
        both = [runner.run(turns.give_up, turn, "timeout", 8000), runner.run(turns.accept, turn, said, 8000)]
        return await asyncio.gather(*(both if hurry else reversed(both)))

    async def story(runner: Runner) -> list[list[bool]]:
        return await asyncio.gather(*(one(runner, turn, number % 2 == 0) for number, turn in enumerate(asked)))

    for counted in race(record, database_url, story):
        assert sorted(counted) == [False, True]
    for who, turn in zip(people, asked, strict=True):
        texts = record.texts(who, turn.conversation_id)
        assert ("It is on its way." in texts) != any(text.startswith("Sorry") for text in texts)


def test_ana_asks_for_a_person_while_the_bot_closes(record: Record, database_url: str) -> None:
    """Both start together, many times: a person is coming, or the chat is closed and she knows; never both."""
    people = [record.customer(f"Customer {number}") for number in range(40)]
    asked = [leased_turn(record, who) for who in people]

    async def one(runner: Runner, who: Customer, turn: turns.Turn, hurry: bool) -> list[Any]:
        closes = runner.run(turns.accept, turn, answer(turn, "You're welcome.", close=True), 5)
        both = [runner.run(rep_queue.ask_for_person, who, turn.conversation_id), closes]
        return await asyncio.gather(*(both if hurry else reversed(both)), return_exceptions=True)

    async def story(runner: Runner) -> None:
        pairs = enumerate(zip(people, asked, strict=True))
        await asyncio.gather(*(one(runner, who, turn, number % 2 == 0) for number, (who, turn) in pairs))

    race(record, database_url, story)
    outcomes = Counter(
        (record.view(who, turn.conversation_id).state, "You're welcome." in record.texts(who, turn.conversation_id))
        for who, turn in zip(people, asked, strict=True)
    )
    assert set(outcomes) <= {("waiting", False), ("closed", True)}
    assert sum(outcomes.values()) == 40


def test_ana_writes_while_the_bot_closes(record: Record, database_url: str) -> None:
    """Both start together, many times: her words keep the chat open or begin the next one; the bot owes an answer."""
    people = [record.customer(f"Customer {number}") for number in range(40)]
    asked = [leased_turn(record, who) for who in people]

    async def one(runner: Runner, who: Customer, turn: turns.Turn, hurry: bool) -> None:
        closes = runner.run(turns.accept, turn, answer(turn, "You're welcome.", close=True), 5)
        writes = runner.run(messages.send, who, turn.conversation_id, f"client-id-{who.id}", "One more thing")
        await asyncio.gather(*((writes, closes) if hurry else (closes, writes)))

    async def story(runner: Runner) -> None:
        pairs = enumerate(zip(people, asked, strict=True))
        await asyncio.gather(*(one(runner, who, turn, number % 2 == 0) for number, (who, turn) in pairs))

    race(record, database_url, story)
    for who in people:
        current = record.do(conversations.current_conversation, who)
        assert record.view(who, current).state == "with_bot"
        assert record.leased(current).text == "One more thing"


def test_a_rep_replies_while_losing_the_conversation(record: Record, database_url: str) -> None:
    """Release and reply start together: a reply is either before the release or refused."""
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)

    async def story(runner: Runner) -> None:
        replies = [runner.run(messages.reply, ruth, talk, f"client-id-{n:03}", f"reply {n}") for n in range(10)]
        await asyncio.gather(
            *replies[:5], runner.run(rep_queue.release, ruth, talk), *replies[5:], return_exceptions=True
        )

    race(record, database_url, story)
    texts = record.texts(ana, talk)
    released = next(place for place, text in enumerate(texts) if "hand your chat back" in text)
    assert not any(text.startswith("reply") for text in texts[released:])


def leased_turn(record: Record, who: Customer) -> turns.Turn:
    talk = record.opened(who)
    record.says(who, talk, "Where is it?")
    return record.leased(talk)


def bot_spoke_after_claim(record: Record, talk: str) -> str:
    rows = sorted(record.rows(message, conversation_id=talk), key=lambda row: row.seq)
    [came] = [row.seq for row in rows if "a person, is now helping" in row.text]
    spoke = [row.seq for row in rows if row.text == "It is on its way."]
    return "silent" if not spoke else "after" if spoke[0] > came else "before"


def wait_for_people(tx: Transaction, how_many: int) -> list[str]:
    """That many conversations, each of another customer, all waiting."""
    talks = []
    for number in range(how_many):
        who = Customer(id=f"customer-{number}")
        tx.db.execute(customer_table.insert().values(id=who.id, created_at=tx.now))
        talks.append(conversations.begin(tx, who).id)
    waiting = {"state": "waiting", "owner_kind": "queue", "arrived_at": tx.now, "next_step": "tell_still_waiting"}
    tx.db.execute(conversation.update().values(waiting))
    return talks


def count_in(tx: Transaction, state: State) -> int:
    return tx.db.execute(
        select(func.count()).select_from(conversation).where(conversation.c.state == state)
    ).scalar_one()
