"""The outbox: put once with its cause, leased to one desk at a time, tried again for a day."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from handoff import outbound
from handoff.errors import TooMany
from handoff.mail_trouble import NotSent
from handoff.outbound import Letter
from handoff.schema_mail import mail
from handoff.storage import Runner
from tests.record import Record
from tests.test_races import race

DESK = "https://desk.example"
BUSY = NotSent("put_off", "451 try later", code="451")
WHY_BUSY = 'the mail server put it off (the mail server said "451 try later")'
NO_MAILBOX = NotSent("no_mailbox", "550 no such mailbox", code="550", for_good=True)


def put(record: Record, key: str = "k", to: str = "ana@example.com") -> bool:
    put_it: bool = record.do(outbound.put, key, "transcript", to, "Your chat", "What was said")
    return put_it


def leased(record: Record) -> Letter:
    letter = record.do(outbound.lease, DESK)
    assert letter is not None, "no letter was due"
    return letter


def only(record: Record) -> Any:
    [row] = record.rows(mail)
    return row


def test_a_letter_is_put_once_for_its_key(record: Record) -> None:
    assert put(record)
    assert not put(record)
    assert len(record.rows(mail)) == 1


def test_a_letter_comes_with_its_cause_or_not_at_all(record: Record) -> None:
    def cause_that_fails(tx: Any) -> None:
        outbound.put(tx, "k", "transcript", "ana@example.com", "Your chat", "What was said")
        raise RuntimeError("the cause failed")

    with pytest.raises(RuntimeError):
        record.do(cause_that_fails)
    assert record.rows(mail) == []


def test_a_letter_that_was_sent_is_not_due_again_and_its_words_are_forgotten(record: Record) -> None:
    put(record)
    letter = leased(record)
    assert (letter.to, letter.text, letter.attempt) == ("ana@example.com", "What was said", 1)
    assert record.do(outbound.sent, letter)
    record.later(days=2)
    assert record.do(outbound.lease, DESK) is None
    assert (only(record).state, only(record).text) == ("sent", "")


def test_while_one_desk_sends_a_letter_no_other_takes_it(record: Record) -> None:
    put(record)
    leased(record)
    record.later(minutes=4)
    assert record.do(outbound.lease, DESK) is None


def test_a_desk_that_died_after_the_servers_250_leaves_the_letter_to_be_sent_again_under_the_same_id(
    record: Record,
) -> None:
    put(record)
    first = leased(record)
    record.later(minutes=6)
    second = leased(record)
    assert (second.id, second.attempt) == (first.id, 2)
    assert not record.do(outbound.sent, first)
    assert only(record).state == "due"
    assert record.do(outbound.sent, second)


def test_a_letter_is_tried_again_later_and_later_and_given_up_after_a_day(record: Record) -> None:
    put(record)
    tries = 0
    while only(record).state == "due":
        if letter := record.do(outbound.lease, DESK):
            tries += 1
            record.do(outbound.not_sent, letter, BUSY)
        record.later(minutes=1)
        assert tries < 50
    gone = only(record)
    assert (gone.state, gone.error) == ("failed", WHY_BUSY)
    assert gone.ended_at - gone.made_at >= outbound.GIVE_UP_AFTER
    assert 20 < tries < 35


def test_a_letter_that_will_never_be_taken_is_given_up_at_once(record: Record) -> None:
    put(record)
    record.do(outbound.not_sent, leased(record), NO_MAILBOX)
    assert (only(record).state, only(record).error) == ("failed", str(NO_MAILBOX))


def test_what_failed_together_isnt_tried_again_together(record: Record) -> None:
    for number in range(20):
        put(record, f"k{number}")
    while letter := record.do(outbound.lease, DESK):
        record.do(outbound.not_sent, letter, BUSY)
    again = {row.due_at - record.now for row in record.rows(mail)}
    assert len(again) == 20
    assert min(again) >= outbound.WAITS[0] * 0.8
    assert max(again) <= outbound.WAITS[0] * 1.2


def test_the_servers_own_trouble_makes_a_letter_wait_as_long_as_the_server_rests(record: Record) -> None:
    put(record)
    for _ in range(5):
        record.do(outbound.not_sent, leased(record), NotSent("busy", code="421", by_server=True), 7)
        assert only(record).due_at - record.now == timedelta(seconds=7)
        record.later(seconds=7)


def test_a_letter_in_hand_isnt_taken_again_though_its_lease_ran_out(record: Record) -> None:
    put(record)
    letter = leased(record)
    record.later(minutes=6)
    assert record.do(outbound.lease, DESK, [letter.id]) is None


def test_what_failed_before_can_be_left_out(record: Record) -> None:
    put(record)
    record.do(outbound.not_sent, leased(record), BUSY)
    record.later(minutes=2)
    assert record.do(outbound.lease, DESK, untried=True) is None
    put(record, "another")
    assert record.do(outbound.lease, DESK, untried=True).attempt == 1


def test_nobody_can_have_an_address_flooded(record: Record) -> None:
    for number in range(outbound.MOST_TO_ONE_ADDRESS_A_DAY):
        assert put(record, f"k{number}")
    assert isinstance(record.refused(outbound.put, "more", "transcript", "ana@example.com", "s", "t"), TooMany)
    assert put(record, "bob", "bob@example.com")
    record.later(days=1, seconds=1)
    assert put(record, "tomorrow")


def test_after_a_month_nobody_can_tell_to_whom_we_wrote(record: Record) -> None:
    put(record)
    record.do(outbound.sent, leased(record))
    put(record, "waits")
    record.later(days=30)
    record.do(outbound.forget_old)
    assert len(record.rows(mail)) == 2
    record.later(seconds=1)
    record.do(outbound.forget_old)
    assert [row.state for row in record.rows(mail)] == ["due"]


def test_two_desks_share_the_letters_and_never_send_one_twice(record: Record, database_url: str) -> None:
    for number in range(30):
        put(record, f"k{number}", f"somebody{number}@example.com")
    taken: list[str] = []

    async def story(runner: Runner) -> None:
        async def one_desk() -> None:
            while letter := await runner.run(outbound.lease, DESK):
                taken.append(letter.id)
                assert await runner.run(outbound.sent, letter)

        await asyncio.gather(*(one_desk() for _ in range(6)))

    # The race runs by the database's own clock, which is behind the record's.
    record.do(lambda tx: tx.db.execute(mail.update().values(due_at=record.now.replace(year=2000))))
    race(record, database_url, story)
    assert len(taken) == len(set(taken)) == 30
