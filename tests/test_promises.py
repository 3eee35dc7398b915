"""A call back and a message left: asked for, taken back, due, missed, and their place kept."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from handoff import (
    calls,
    closing,
    conversations,
    messages,
    promise_views,
    promises,
    rep_lists,
    rep_queue,
    sweeper,
    views,
)
from handoff.errors import AlreadyClaimed, BadField, NotFound, NotPossibleNow
from handoff.opening_hours import Span
from handoff.people import Customer, Rep
from handoff.presence import seen
from handoff.schema import history
from handoff.schema_centre import promise, site_hours
from tests.record import Record

PHONE = "+44 (0)20 7946-0000"


def sweep(record: Record) -> None:
    record.do(sweeper.sweep, record.now - timedelta(days=1))


def calls_for(record: Record, ana: Customer, talk: str, hours: float = 2, phone: str = PHONE) -> datetime:
    """Ana asks to be called in an hour that begins in so many hours; when it begins."""
    since: datetime = record.now + timedelta(hours=hours)
    record.do(promises.ask_for_call, ana, talk, phone, since, since + timedelta(hours=1))
    return since


def due_for(record: Record, rep: Rep) -> list[str]:
    return [item.id for item in record.do(rep_lists.queue_for, rep).due]


def test_ana_keeps_her_place_while_she_waits_for_a_call(record: Record) -> None:
    ruth, ana, bob = record.rep("Ruth"), record.customer("Ana"), record.customer("Bob")
    first = record.waiting(ana)
    record.later(minutes=1)
    second = record.waiting(bob)
    since = calls_for(record, ana, first)
    made = record.view(ana, first)
    assert (made.state, made.promise.kind, made.promise.phone, made.promise.due) == (
        "promised",
        "call_back",
        PHONE,
        False,
    )
    assert (made.promise.from_, made.promise.until) == (since, since + timedelta(hours=1))
    assert record.view(bob, second).place == 1
    record.do(promises.take_back, ana, first, "queue")
    assert (record.view(ana, first).place, record.view(bob, second).place) == (1, 2)
    assert record.view(ana, first).promise is None
    assert due_for(record, ruth) == []


def test_a_call_comes_up_when_it_is_due_in_the_order_of_arrival(record: Record) -> None:
    ruth, ana, bob = record.rep("Ruth"), record.customer("Ana"), record.customer("Bob")
    first = record.waiting(ana)
    record.later(minutes=1)
    second = record.waiting(bob)
    calls_for(record, bob, second, hours=1)
    since = calls_for(record, ana, first, hours=1.5)
    assert due_for(record, ruth) == []
    record.later(hours=1)
    sweep(record)
    assert due_for(record, ruth) == [second]
    record.later(minutes=30)
    sweep(record)
    [of_ana, of_bob] = record.do(rep_lists.queue_for, ruth).due
    assert (of_ana.id, of_ana.promise.kind, of_ana.promise.from_, of_bob.id) == (first, "call_back", since, second)


def test_a_call_that_becomes_due_shows_by_itself(record: Record) -> None:
    from handoff.storage import QueueChanged

    record.rep("Ruth")
    ana = record.customer("Ana")
    calls_for(record, ana, record.waiting(ana))
    record.later(hours=2, seconds=1)
    sweep(record)
    assert QueueChanged() in record.told


def test_ruth_claims_a_due_call_and_sees_the_number(record: Record) -> None:
    ruth, sam, ana = record.rep("Ruth"), record.rep("Sam"), record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk)
    assert isinstance(record.refused(rep_queue.claim, ruth, talk), NotPossibleNow)
    record.later(hours=2)
    record.do(rep_queue.claim, ruth, talk)
    known = record.do(views.rep_view, ruth, talk).promise
    assert (known.phone, known.due, known.attempts) == (PHONE, True, [])
    assert record.do(calls.call_to_make, ruth, talk).phone == PHONE
    assert isinstance(record.refused(rep_queue.claim, sam, talk), AlreadyClaimed)
    assert isinstance(record.refused(promises.take_back, ana, talk, "bot"), NotPossibleNow)


def test_whose_wish_the_time_of_a_call_was_is_told_and_which_clock_ana_goes_by(record: Record) -> None:
    ruth, ana = record.rep("Ruth"), record.customer("Ana")
    talk = record.waiting(ana)
    since = record.now + timedelta(hours=2)
    window = (since, since + timedelta(hours=1))
    record.do(promises.ask_for_call, ana, talk, PHONE, *window, "America/Los_Angeles")
    record.later(hours=2)
    [due] = record.do(rep_lists.queue_for, ruth).due
    record.do(rep_queue.claim, ruth, talk)
    for shown in (due.promise, record.do(views.rep_view, ruth, talk).promise):
        assert (shown.window, shown.from_, shown.until, shown.time_zone) == ("asked", *window, "America/Los_Angeles")
    record.do(calls.record_call, ruth, talk, "no_answer")
    assert record.do(views.rep_view, ruth, talk).promise.window == "moved"
    record.later(minutes=15)
    record.do(seen, [ruth.id])
    record.do(rep_queue.claim, ruth, talk)
    later = (record.now + timedelta(hours=1), record.now + timedelta(hours=2))
    record.do(calls.call_later, ruth, talk, None, *later)
    agreed = record.do(views.rep_view, ruth, talk).promise
    assert (agreed.window, agreed.from_, agreed.until) == ("agreed", *later)
    assert (agreed.asked_for, agreed.time_zone) == (True, "America/Los_Angeles")
    record.later(hours=2)
    sweep(record)
    missed = record.do(views.rep_view, ruth, talk).promise
    assert (missed.window, missed.time_zone) == ("moved", "America/Los_Angeles")


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus", "/etc/passwd", "Europe"])
def test_a_clock_that_the_desk_doesnt_know_costs_nobody_the_call(record: Record, zone: str | None) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    record.do(promises.ask_for_call, ana, talk, PHONE, record.now, record.now + timedelta(hours=1), zone)
    [made] = record.rows(promise)
    assert (made.phone, made.time_zone) == (PHONE, None)


def test_a_promise_outlives_a_rep_who_is_lost_before_calling(record: Record) -> None:
    ruth, sam, ana = record.rep("Ruth"), record.rep("Sam"), record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk)
    record.later(hours=2)
    record.do(seen, [ruth.id, sam.id])
    record.do(rep_queue.claim, ruth, talk)
    record.do(rep_queue.release, ruth, talk)
    record.do(rep_queue.claim, sam, talk)
    assert record.do(views.rep_view, sam, talk).promise.phone == PHONE


def test_asking_twice_is_as_asking_once(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    window = (record.now + timedelta(hours=1), record.now + timedelta(hours=2))
    for _ in range(2):
        record.do(promises.ask_for_call, ana, talk, PHONE, *window)
    assert len(record.rows(promise)) == 1
    refused = record.refused(promises.ask_for_call, ana, talk, "+1 555 010 9999", *window)
    assert isinstance(refused, NotPossibleNow)
    record.do(promises.take_back, ana, talk, "queue")
    for _ in range(2):
        record.do(promises.leave_message, ana, talk, "Please write.")
    assert record.texts(ana, talk).count("Please write.") == 1


@pytest.mark.parametrize(
    "phone",
    ["", "   ", "12345", "call me", "+44 20 79x6", "1" * 16, "٠٢٠٧٩٤٦٠٠٠٠", "555-0100 ext 12", "+1\n5550100123"],
)
def test_what_is_no_phone_number_is_refused(record: Record, phone: str) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    window = (record.now + timedelta(hours=1), record.now + timedelta(hours=2))
    refused = record.refused(promises.ask_for_call, ana, talk, phone, *window)
    assert isinstance(refused, BadField)
    assert refused.field == "phone"
    assert record.view(ana, talk).state == "waiting"


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [
        (-60, 60, "from"),
        (60, 70, "until"),
        (60, 30, "until"),
        (7 * 1440 - 30, 7 * 1440 + 30, "until"),
        (600, 660, "from"),
    ],
)
def test_a_window_is_ahead_long_enough_soon_enough_and_within_opening_hours(
    record: Record, since: int, until: int, field: str
) -> None:
    record.site(opens=8, closes=18)  # it's nine
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    window = (record.now + timedelta(minutes=since), record.now + timedelta(minutes=until))
    refused = record.refused(promises.ask_for_call, ana, talk, PHONE, *window)
    assert isinstance(refused, BadField)
    assert refused.field == field
    calls_for(record, ana, talk, hours=8)


def test_a_window_from_now_on_is_due_at_once(record: Record) -> None:
    ruth, ana = record.rep("Ruth"), record.customer("Ana")
    talk = record.waiting(ana)
    record.later(seconds=20)
    since = record.now - timedelta(seconds=20)
    record.do(promises.ask_for_call, ana, talk, PHONE, since, since + timedelta(minutes=15))
    assert due_for(record, ruth) == [talk]


def test_the_times_offered_are_the_opening_hours(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    [always] = record.do(promise_views.call_times, ana, talk).open
    assert (always.from_, always.until) == (record.now, record.now + timedelta(days=7))
    record.site(opens=8, closes=18)
    offered = record.do(promise_views.call_times, ana, talk)
    assert (len(offered.open), offered.shortest_minutes) == (8, 15)
    assert isinstance(record.refused(promise_views.call_times, record.customer("Bob"), talk), NotFound)


def test_what_ana_writes_meanwhile_is_kept_for_whoever_calls(record: Record) -> None:
    ruth, ana = record.rep("Ruth"), record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk)
    said = record.says(ana, talk, "The parcel is blue.")
    assert said.conversation == talk
    assert "The parcel is blue." in record.texts(ruth, talk)
    assert record.view(ana, talk).state == "promised"


def test_ana_may_ask_the_bot_something_else_meanwhile_and_the_call_goes_on_without_it(record: Record) -> None:
    ruth, ana = record.rep("Ruth"), record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk)
    other = record.opened(ana)
    assert other != talk
    assert record.view(ana, other).promise.conversation == talk
    record.later(hours=2)
    record.do(rep_queue.claim, ruth, talk)
    assert (record.view(ana, other).state, record.view(ana, talk).state) == ("closed", "with_rep")
    assert record.do(conversations.current_conversation, ana) == talk


def test_nobody_calls_ana_while_somebody_chats_with_her(record: Record) -> None:
    ruth, sam, ana = record.rep("Ruth"), record.rep("Sam"), record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk)
    other = record.held(ana, sam)
    record.later(hours=2)
    refused = record.refused(rep_queue.claim, ruth, talk)
    assert isinstance(refused, NotPossibleNow)
    assert "another chat" in refused.words
    record.do(closing.close_by_rep, sam, other, "late_delivery", "lost")
    record.do(rep_queue.claim, ruth, talk)


def test_taking_back_joins_the_chat_that_was_begun_meanwhile(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk)
    other = record.opened(ana)
    assert record.do(promises.take_back, ana, talk, "queue") == other
    assert (record.view(ana, talk).state, record.view(ana, other).promise) == ("closed", None)


def test_taken_back_to_the_bot_it_answers_what_was_left_unanswered(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana, "Where is my parcel?")
    calls_for(record, ana, talk)
    record.do(promises.take_back, ana, talk, "bot")
    assert record.view(ana, talk).state == "with_bot"
    assert "Where is my parcel?" in record.leased(talk).text
    assert [row.outcome for row in record.rows(promise)] == ["taken_back"]


def test_ana_may_close_a_promised_chat_for_good(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk)
    record.do(closing.close_by_customer, ana, talk)
    assert [row.outcome for row in record.rows(promise)] == ["taken_back"]


def test_a_call_that_nobody_made_is_said_so_and_promised_anew(record: Record) -> None:
    record.site(opens=8, closes=18)
    ruth, ana = record.rep("Ruth"), record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk, hours=8)  # five to six, when it closes
    for _ in range(2):
        record.later(hours=4.6)
        sweep(record)
    assert record.texts(ana, talk)[-1].startswith("Sorry, we didn't call you in time.")
    made = record.view(ana, talk).promise
    assert made.from_ == datetime.fromisoformat("2026-11-23T08:00+00:00")
    assert [row.outcome for row in record.rows(promise)] == ["missed", None]
    sweep(record)
    assert due_for(record, ruth) == []
    record.now = made.from_ + timedelta(seconds=1)
    sweep(record)
    assert due_for(record, ruth) == [talk]


def test_a_message_left_at_night_is_answered_here_and_then_kept(record: Record) -> None:
    record.site(opens=10, closes=18)
    ruth, ana = record.rep("Ruth", here=False), record.customer("Ana")
    talk = record.waiting(ana)
    waits = record.view(ana, talk)
    assert (waits.reps_here, waits.opens_at) == (0, record.now + timedelta(hours=1))
    assert "Our team isn't there at this hour." in record.texts(ana, talk)[-1]
    record.do(promises.leave_message, ana, talk, "My card 4111 1111 1111 1111 was charged twice.")
    made = record.view(ana, talk).promise
    assert (made.kind, made.answers_message) == ("message_left", True)
    assert "My card [card number hidden] was charged twice." in record.texts(ana, talk)
    record.later(hours=2)
    record.do(seen, [ruth.id])
    assert due_for(record, ruth) == [talk]
    record.do(rep_queue.claim, ruth, talk)
    record.replies(ruth, talk, "I've paid one back.")
    assert [row.outcome for row in record.rows(promise)] == ["kept"]
    assert record.do(views.rep_view, ruth, talk).promise is None


def test_a_message_that_nobody_answers_for_a_day_is_said_so(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    record.do(promises.leave_message, ana, talk, "Please write.")
    record.later(days=1, seconds=1)
    sweep(record)
    assert record.texts(ana, talk)[-1].startswith("Sorry, nobody has answered you yet.")
    record.later(hours=23)
    sweep(record)
    assert sum("nobody has answered" in text for text in record.texts(ana, talk)) == 1


def test_an_answer_is_missed_when_a_whole_working_day_has_gone_by_without_it(record: Record) -> None:
    record.site(opens=10, closes=18)
    asked = {"night": (9, 0), "noon": (12, 0), "just before closing": (17, 50)}
    missed = {}
    for name, (hour, minute) in asked.items():
        record.now = record.now.replace(hour=hour, minute=minute)
        ana = record.customer("Ana")
        talk = record.waiting(ana)
        record.do(promises.leave_message, ana, talk, "Please write.")
        missed[name] = record.view(ana, talk).promise.until
    tomorrow = record.now.replace(hour=10, minute=0) + timedelta(days=1)
    after = tomorrow + timedelta(days=1)
    assert missed == {"night": tomorrow, "noon": after, "just before closing": after}


def test_an_answer_that_was_missed_is_promised_anew_for_a_whole_working_day(record: Record) -> None:
    record.site(opens=10, closes=18)
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    record.do(promises.leave_message, ana, talk, "Please write.")
    record.later(days=1, hours=8)  # 17:00 the next day
    sweep(record)
    assert record.texts(ana, talk)[-1].startswith("Sorry, nobody has answered you yet.")
    due = record.now.replace(hour=10) + timedelta(days=2)
    assert record.view(ana, talk).promise.until == due
    assert [row.reason for row in record.rows(history, kind="promised")] == ["left a message"] * 2


def test_where_the_desk_never_closes_an_answer_is_missed_after_a_day_and_where_it_never_opens_too(
    record: Record,
) -> None:
    record.site(opens=0, closes=24)
    day = Span(record.now, record.now + timedelta(days=1))
    assert record.do(promises.answer_window) == day
    record.do(lambda tx: tx.db.execute(delete(site_hours)))
    assert record.do(promises.answer_window) == day


def test_only_who_waits_is_promised_something(record: Record) -> None:
    ruth, ana = record.rep("Ruth"), record.customer("Ana")
    talk = record.opened(ana)
    record.says(ana, talk, "hello")
    window: tuple[Any, ...] = (record.now + timedelta(hours=1), record.now + timedelta(hours=2))
    assert isinstance(record.refused(promises.ask_for_call, ana, talk, PHONE, *window), NotPossibleNow)
    record.do(rep_queue.ask_for_person, ana, talk)
    record.do(rep_queue.claim, ruth, talk)
    assert isinstance(record.refused(promises.leave_message, ana, talk, "Hello?"), NotPossibleNow)
    assert isinstance(record.refused(promises.take_back, ana, talk, "bot"), NotPossibleNow)
    bob = record.customer("Bob")
    assert isinstance(record.refused(promises.ask_for_call, bob, talk, PHONE, *window), NotFound)


def test_what_was_promised_is_in_the_history_without_the_number(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk)
    record.do(promises.take_back, ana, talk, "queue")
    kinds = [(row.kind, row.reason) for row in record.rows(history, conversation_id=talk)]
    assert ("promised", "will be called") in kinds
    assert ("promise_ended", "taken_back") in kinds
    assert "7946" not in str(record.rows(history))


def test_a_new_message_begins_no_successor_of_a_promised_chat(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk)
    stored = record.do(messages.send, ana, talk, "client-id-x1", "One more thing")
    assert stored.message.conversation == talk


def test_ana_is_told_once_when_the_last_rep_leaves_and_the_desk_closes(record: Record) -> None:
    record.site()
    ruth, ana = record.rep("Ruth"), record.customer("Ana")
    talk = record.waiting(ana)
    assert "You're next in line." in record.texts(ana, talk)[-1]
    record.later(hours=10)  # seven in the evening: Leeds has closed
    assert record.view(ana, talk).opens_at == record.now + timedelta(hours=13)
    for _ in range(2):
        sweep(record)
        record.later(minutes=10)
    told = [text for text in record.texts(ana, talk) if text.startswith("Our team isn't there at this hour.")]
    assert len(told) == 1
    record.do(seen, [ruth.id])
    assert record.view(ana, talk).opens_at is None


def test_who_came_by_a_mails_link_takes_a_promise_back_to_the_queue_only(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk)
    by_link = Customer(ana.id, only=talk)
    assert isinstance(record.refused(promises.take_back, by_link, talk, "bot"), NotPossibleNow)
    record.do(promises.take_back, by_link, talk, "queue")
    assert record.view(ana, talk).state == "waiting"
