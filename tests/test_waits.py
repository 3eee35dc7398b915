"""A row for each stay in the queue, and the honest range that Ana is told while she waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from handoff import closing, moves, rep_queue, sweeper
from handoff.people import Customer, Rep
from handoff.presence import seen
from handoff.ranges import in_words, renew_ranges
from handoff.schema_centre import wait
from handoff.states import By, NextStep, State
from tests.record import Record


def stays(record: Record, conversation_id: str) -> list[Any]:
    """The rows of a conversation in the order in which they began."""
    return sorted(record.rows(wait, conversation_id=conversation_id), key=lambda row: row.arrived_at)


def answered_after(record: Record, rep: Rep, *seconds: float) -> None:
    """People who came into an empty line and were answered after so many seconds."""
    for number, each in enumerate(seconds):
        somebody = record.customer(f"Customer {number}")
        talk = record.waiting(somebody)
        record.later(seconds=each)
        record.do(rep_queue.claim, rep, talk)
        record.do(closing.close_by_rep, rep, talk, "late_delivery", "carrier lost it")
    record.do(seen, [rep.id])


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [
        (lambda record, ana, ruth, talk: record.do(rep_queue.claim, ruth, talk), "claimed"),
        (lambda record, ana, ruth, talk: record.do(rep_queue.stop_waiting, ana, talk), "stopped"),
        (lambda record, ana, ruth, talk: record.do(closing.close_by_customer, ana, talk), "left"),
        (lambda record, ana, ruth, talk: record.do(promised, ana, talk), "promised"),
    ],
)
def test_a_stay_in_line_is_kept_with_how_it_ended(record: Record, ends: Any, outcome: str) -> None:
    ana, bob, ruth = record.customer("Ana"), record.customer("Bob"), record.rep("Ruth")
    record.waiting(bob)
    record.later(seconds=1)
    talk = record.waiting(ana)
    began = record.now
    record.later(seconds=70)
    ends(record, ana, ruth, talk)
    [stay] = stays(record, talk)
    assert (stay.place, stay.arrived_at, stay.ended_at, stay.outcome) == (2, began, record.now, outcome)


def promised(tx: Any, ana: Customer, talk: str) -> None:
    before = rep_queue.conversation_of(tx, ana, talk, lock=True)
    due = {"next_step": NextStep.KEEP_PROMISE, "deadline_at": tx.now + timedelta(hours=1)}
    moves.move(tx, before, State.PROMISED, By.CALL_BACK, ana, **due)


def test_a_chat_that_a_rep_gave_back_begins_a_new_stay_when_it_came_back(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    talk = record.waiting(ana)
    first_came = record.now
    record.later(minutes=2)
    record.do(rep_queue.claim, ruth, talk)
    record.later(minutes=10)
    record.do(rep_queue.release, ruth, talk)
    came_back = record.now
    record.later(minutes=1)
    record.do(rep_queue.claim, sam, talk)
    assert [(stay.arrived_at, stay.outcome) for stay in stays(record, talk)] == [
        (first_came, "claimed"),
        (came_back, "claimed"),
    ]


def test_with_too_little_history_ana_is_told_her_place_and_no_time(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    answered_after(record, ruth, *[30] * 10)
    talk = record.waiting(ana)
    assert record.texts(ana, talk)[-1].endswith("You're next in line.")
    assert record.view(ana, talk).wait is None
    [stay] = stays(record, talk)
    assert (stay.low_s, stay.high_s) == (None, None)


def test_ana_is_told_what_eight_of_ten_people_waited_and_it_is_kept(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    answered_after(record, ruth, *[20 * number for number in range(1, 21)])
    talk = record.waiting(ana)
    assert record.texts(ana, talk)[-1].endswith(
        "You're next in line. 8 of 10 people waited less than 6 minutes, most of them more than a minute."
    )
    shown = record.view(ana, talk).wait
    assert (shown.low_s, shown.high_s, shown.over) == (60, 360, False)
    [stay] = stays(record, talk)
    assert (stay.low_s, stay.high_s) == (60, 360)


def test_nobody_here_means_no_time_at_all(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    answered_after(record, ruth, *[30] * 25)
    record.later(minutes=1)
    talk = record.waiting(ana)
    assert "Nobody from our team is here" in record.texts(ana, talk)[-1]
    assert record.view(ana, talk).wait is None


def test_while_ana_waits_the_range_is_renewed_and_the_first_one_is_what_counts(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    answered_after(record, ruth, *[20] * 25, *[200] * 20)
    talk = record.waiting(ana)
    first = record.view(ana, talk)
    record.later(seconds=61)
    record.do(seen, [ruth.id])
    assert record.do(renew_ranges) == 1
    later = record.view(ana, talk)
    assert later.version > first.version
    assert (first.wait.low_s, later.wait.low_s) == (0, 180)
    [stay] = stays(record, talk)
    assert (stay.low_s, stay.high_s, stay.now_low_s) == (0, 240, 180)


def test_a_range_that_is_a_few_seconds_old_or_unchanged_bothers_nobody(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    answered_after(record, ruth, *[30] * 25)
    talk = record.waiting(ana)
    assert record.do(renew_ranges) == 0
    version = record.view(ana, talk).version
    record.later(seconds=61)
    record.do(seen, [ruth.id])
    assert record.do(renew_ranges) == 1, "nobody ever waited for a minute, so that nothing more can be said"
    shown = record.view(ana, talk).wait
    assert (shown.low_s, shown.high_s, shown.over) == (None, None, True)
    record.later(seconds=61)
    record.do(seen, [ruth.id])
    assert record.do(renew_ranges) == 0
    assert record.view(ana, talk).version == version + 1


def test_told_again_after_five_minutes_ana_hears_how_long_from_here(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    started = record.now
    answered_after(record, ruth, *[310 + 3 * number for number in range(22)])
    talk = record.waiting(ana)
    record.later(minutes=5, seconds=1)
    record.do(seen, [ruth.id])
    record.do(sweeper.sweep, started)
    assert record.texts(ana, talk)[-1].startswith(
        "Thank you for waiting. You're next in line. From here, 8 of 10 people waited less than 2 minutes."
    )


def test_people_with_the_same_skill_are_the_ones_to_compare_with(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    answered_after(record, ruth, *[30] * 25)
    answered_after_for(record, ruth, "billing_question", *[200] * 25)
    assert told(record, ana, "billing_question") == 240
    assert told(record, record.customer("Bob"), "missing_coins") == 240, "nobody's were coins, so all are compared with"


def test_a_shop_with_few_chats_compares_with_this_time_of_day(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    for _ in range(11):
        answered_after(record, ruth, 100, 100)
        record.later(hours=9)
        answered_after(record, ruth, 3000, 3000)
        record.later(days=1, hours=-9, seconds=-6200)
    record.do(seen, [ruth.id])
    assert told(record, ana, "track_package") == 120


def answered_after_for(record: Record, rep: Rep, topic: str, *seconds: float) -> None:
    for each in seconds:
        talk = waiting_for(record, record.customer("Somebody"), topic)
        record.later(seconds=each)
        record.do(rep_queue.claim, rep, talk)
        record.do(closing.close_by_rep, rep, talk, topic, "carrier lost it")
    record.do(seen, [rep.id])


def told(record: Record, customer: Customer, topic: str) -> int | None:
    talk = waiting_for(record, customer, topic)
    shown = record.view(customer, talk).wait
    record.do(closing.close_by_customer, customer, talk)
    return shown.high_s if shown else None


def waiting_for(record: Record, customer: Customer, topic: str) -> str:
    talk = record.opened(customer)

    def hand_over(tx: Any) -> None:
        before = rep_queue.conversation_of(tx, customer, talk, lock=True)
        rep_queue.hand_over(tx, before, By.ASKED, customer, reason="asked", topic=topic)

    record.do(hand_over)
    return talk


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "a minute"),
        (4, "4 minutes"),
        (45, "45 minutes"),
        (60, "an hour"),
        (90, "an hour and a half"),
        (120, "2 hours"),
        (150, "2 and a half hours"),
        (720, "12 hours"),
    ],
)
def test_times_are_told_in_words(minutes: int, words: str) -> None:
    assert in_words(minutes * 60)(None) == words
