"""Whether promises were kept, as Lena reads it: each counted once, by what the customer was told first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handoff import calls, closing, hand_on, promises, sweeper
from handoff.people import Customer, Rep
from handoff.presence import seen
from tests.record import Record
from tests.test_calls import PHONE, claim_when_due
from tests.test_figures import look

NAMES = ("at_once", "in_window", "late", "missed", "ended_without", "not_reached", "taken_back")


@pytest.fixture
def ana(record: Record) -> Customer:
    return record.customer("Ana")


@pytest.fixture
def ruth(record: Record) -> Rep:
    return record.rep("Ruth")


@pytest.fixture
def lena(record: Record) -> Rep:
    return record.rep("Lena", role="lead")


def call_at(record: Record, ana: Customer, hours: float = 1) -> str:
    """Ana's chat, in which she is to be called in the hour that begins then."""
    talk, since = record.waiting(ana), record.now + timedelta(hours=hours)
    record.do(promises.ask_for_call, ana, talk, PHONE, since, since + timedelta(hours=1))
    return talk


def dials(record: Record, ruth: Rep, talk: str, outcome: str, talks_for: float = 0) -> None:
    record.do(calls.call_to_make, ruth, talk)
    record.later(minutes=talks_for)
    record.do(seen, [ruth.id])
    record.do(calls.record_call, ruth, talk, outcome)


def kept(record: Record, lena: Rep) -> dict[str, dict[str, int]]:
    """What isn't nothing of each kind."""
    found = look(record, lena).promises
    assert all(
        each.due == each.at_once + each.in_window + each.late + each.missed + each.ended_without for each in found
    )
    return {each.kind: {name: getattr(each, name) for name in NAMES if getattr(each, name)} for each in found}


def test_a_call_is_kept_when_ruth_dials_however_long_they_talk(
    record: Record, ana: Customer, ruth: Rep, lena: Rep
) -> None:
    talk = call_at(record, ana)
    assert kept(record, lena) == {}, "it's still to be kept"
    claim_when_due(record, ruth, talk, hours=1, seconds=50)
    dials(record, ruth, talk, "reached", talks_for=70)
    assert kept(record, lena) == {"call_back": {"at_once": 1}}


def test_a_call_later_in_its_window_is_kept_and_after_it_late(
    record: Record, ana: Customer, ruth: Rep, lena: Rep
) -> None:
    talk = call_at(record, ana)
    claim_when_due(record, ruth, talk, hours=1, minutes=2)
    dials(record, ruth, talk, "reached")
    assert kept(record, lena) == {"call_back": {"in_window": 1}}
    talk = call_at(record, bob := record.customer("Bob"))
    claim_when_due(record, ruth, talk, hours=1, minutes=59)
    record.later(minutes=2)
    record.do(seen, [ruth.id])
    dials(record, ruth, talk, "reached")
    assert kept(record, lena) == {"call_back": {"in_window": 1, "late": 1}}
    assert record.view(bob, talk).promise is None


def test_a_call_that_nobody_made_is_missed_and_late_once_it_is_made_after_all(
    record: Record, ana: Customer, ruth: Rep, lena: Rep
) -> None:
    talk = call_at(record, ana)
    for _ in range(2):
        record.later(hours=1, seconds=1)
        record.do(sweeper.sweep, record.now - timedelta(days=1))
    assert kept(record, lena) == {"call_back": {"missed": 1}}
    claim_when_due(record, ruth, talk, minutes=5)
    dials(record, ruth, talk, "reached")
    assert kept(record, lena) == {"call_back": {"late": 1}}, "what was promised anew is the same promise"


def test_a_call_that_ana_didnt_answer_is_neither_kept_nor_missed(
    record: Record, ana: Customer, ruth: Rep, lena: Rep
) -> None:
    talk = call_at(record, ana)
    claim_when_due(record, ruth, talk, hours=1)
    dials(record, ruth, talk, "no_answer")
    claim_when_due(record, ruth, talk, minutes=16)
    dials(record, ruth, talk, "busy")
    assert record.view(ana, talk).state == "closed"
    assert kept(record, lena) == {"call_back": {"not_reached": 1}}


def test_one_who_answers_the_second_call_was_called_in_time_by_the_first(
    record: Record, ana: Customer, ruth: Rep, lena: Rep
) -> None:
    talk = call_at(record, ana)
    claim_when_due(record, ruth, talk, hours=1, minutes=58)
    dials(record, ruth, talk, "no_answer")
    claim_when_due(record, ruth, talk, minutes=16)
    dials(record, ruth, talk, "reached")
    assert kept(record, lena) == {"call_back": {"in_window": 1}}


def test_what_ana_takes_back_isnt_held_against_us(record: Record, ana: Customer, ruth: Rep, lena: Rep) -> None:
    record.do(promises.take_back, ana, call_at(record, ana), "bot")
    [call] = look(record, lena).promises
    assert (call.due, call.in_time, call.low, call.high, call.taken_back) == (0, None, 0.0, 1.0, 1)


def test_ruth_who_closes_without_calling_hasnt_kept_it(record: Record, ana: Customer, ruth: Rep, lena: Rep) -> None:
    talk = call_at(record, ana)
    claim_when_due(record, ruth, talk, hours=1)
    record.do(closing.close_by_rep, ruth, talk, "late_delivery", "Weather")
    assert kept(record, lena) == {"call_back": {"ended_without": 1}}


def test_messages_left_and_answers_promised_are_counted_apart(
    record: Record, ana: Customer, ruth: Rep, lena: Rep
) -> None:
    left = record.waiting(ana)
    record.do(promises.leave_message, ana, left, "Please write.")
    record.later(hours=2)
    claim_when_due(record, ruth, left)
    record.replies(ruth, left, "Here I am.")
    later = record.held(record.customer("Bob"), ruth)
    record.do(hand_on.answer_later, ruth, later, "ring the carrier")
    record.later(days=1, seconds=1)
    record.do(sweeper.sweep, record.now - timedelta(days=2))
    assert kept(record, lena) == {"message_left": {"in_window": 1}, "answer_promised": {"missed": 1}}
    [message, _] = look(record, lena).promises
    assert message.in_time == 1.0
    assert message.low < 1.0 == message.high
    record.later(days=7, seconds=1)
    assert kept(record, lena) == {}, "what ended longer ago isn't of these days"
