"""Asking for a person, waiting in line, claiming, and the way back."""

from typing import Any

import pytest

from handoff import closing, messages, rep_lists, rep_queue, sweeper, turns, views, waits
from handoff.errors import AlreadyClaimed, NotFound
from handoff.people import Customer
from handoff.presence import seen
from handoff.schema import assignment, conversation, history
from tests.record import Record, answer


def test_ana_is_told_her_place_in_line(record: Record) -> None:
    record.rep("Ruth")
    ana, bob = record.customer("Ana"), record.customer("Bob")
    first = record.waiting(ana)
    record.later(seconds=1)
    second = record.waiting(bob)
    assert record.texts(ana, first)[-1].endswith("You're next in line.")
    assert record.texts(bob, second)[-1].endswith("You're number 2 in line.")
    assert (record.view(ana, first).place, record.view(bob, second).place) == (1, 2)


def test_with_nobody_signed_in_ana_is_told_at_once(record: Record) -> None:
    record.rep("Ruth", here=False)
    ana = record.customer("Ana")
    assert "Nobody from our team is here" in record.texts(ana, record.waiting(ana))[-1]


def test_asking_for_a_person_twice_changes_nothing(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    before = record.view(ana, talk)
    record.do(rep_queue.ask_for_person, ana, talk)
    assert record.view(ana, talk) == before


def test_ana_may_stop_waiting_and_the_bot_answers_what_it_has_not_yet(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana, "where is my parcel")
    record.do(rep_queue.stop_waiting, ana, talk)
    assert record.view(ana, talk).state == "with_bot"
    assert record.leased(talk).text == "where is my parcel"


def leaves(record: Record, how: str, who: Customer, talk: str) -> None:
    record.do(rep_queue.stop_waiting if how == "stops waiting" else closing.close_by_customer, who, talk)


def asks_again(record: Record, how: str, who: Customer, talk: str) -> None:
    record.do(rep_queue.ask_for_person if how == "stops waiting" else closing.reopen, who, talk)


@pytest.mark.parametrize("how", ["stops waiting", "ends the chat"])
@pytest.mark.parametrize(("seconds", "places"), [(119, (1, 2)), (120, (2, 1))])
def test_a_touch_on_the_wrong_button_doesnt_cost_ana_her_place_for_two_minutes(
    record: Record, how: str, seconds: int, places: tuple[int, int]
) -> None:
    ana, bob = record.customer("Ana"), record.customer("Bob")
    talk = record.waiting(ana)
    record.later(seconds=60)
    other = record.waiting(bob)
    leaves(record, how, ana, talk)
    assert "two minutes" in record.texts(ana, talk)[-1 if how == "stops waiting" else -2]
    record.later(seconds=seconds)
    asks_again(record, how, ana, talk)
    assert (record.view(ana, talk).place, record.view(bob, other).place) == places


def test_who_was_helped_since_has_no_old_place(record: Record) -> None:
    ana, bob, ruth = record.customer("Ana"), record.customer("Bob"), record.rep("Ruth")
    talk = record.waiting(ana)
    leaves(record, "stops waiting", ana, talk)
    record.later(seconds=1)
    asks_again(record, "stops waiting", ana, talk)
    other = record.waiting(bob)
    record.do(rep_queue.claim, ruth, talk)
    record.later(seconds=1)
    leaves(record, "ends the chat", ana, talk)
    asks_again(record, "ends the chat", ana, talk)
    assert record.view(bob, other).place == 1


def test_what_a_rep_has_answered_is_not_asked_of_the_bot_again(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.replies(ruth, talk, "It comes tomorrow.")
    record.do(rep_queue.release, ruth, talk)
    record.do(rep_queue.stop_waiting, ana, talk)
    assert record.do(turns.lease, talk) is None


def test_a_second_rep_cannot_claim_anas_conversation_and_is_told_who_was_quicker(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    talk = record.waiting(ana)
    record.do(rep_queue.claim, sam, talk)
    refusal = record.refused(rep_queue.claim, ruth, talk)
    assert isinstance(refusal, AlreadyClaimed)
    assert refusal.words.startswith("Sam was quicker")
    record.do(rep_queue.claim, sam, talk)
    assert len(record.rows(assignment, conversation_id=talk)) == 1


def test_what_the_bot_has_cannot_be_claimed(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.opened(ana)
    assert isinstance(record.refused(rep_queue.claim, ruth, talk), NotFound)
    assert isinstance(record.refused(rep_queue.claim, ruth, "nonsense"), NotFound)


def test_a_released_conversation_waits_at_its_old_place(record: Record) -> None:
    ruth = record.rep("Ruth")
    ana, bob = record.customer("Ana"), record.customer("Bob")
    talk = record.waiting(ana)
    record.later(minutes=1)
    behind = record.waiting(bob)
    record.do(seen, [ruth.id])
    record.do(rep_queue.claim, ruth, talk)
    record.do(rep_queue.release, ruth, talk)
    assert [item.id for item in record.do(rep_lists.queue_for, ruth).waiting] == [talk, behind]
    assert "You're next in line" in record.texts(ana, talk)[-1]


def test_a_rep_gone_for_45_seconds_loses_the_conversation_and_ana_is_told(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    talk = record.held(ana, ruth)
    started = record.now
    record.later(seconds=44)
    record.do(seen, [sam.id])
    assert record.do(sweeper.sweep, started) == 0
    record.later(seconds=2)
    assert record.do(sweeper.sweep, started) == 1
    assert record.view(ana, talk).state == "waiting"
    assert "connection to Ruth was lost" in record.texts(ana, talk)[-1]
    assert [row.reason for row in record.rows(history, kind="moved")][-1] == "rep_lost"


def test_a_desk_that_was_down_gives_reps_time_to_come_back(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.later(minutes=10)
    restarted = record.now
    record.later(seconds=30)
    record.do(sweeper.sweep, restarted)
    assert record.view(ana, talk).state == "with_rep"


def test_signing_out_gives_everything_back(record: Record) -> None:
    ana, bob, ruth = record.customer("Ana"), record.customer("Bob"), record.rep("Ruth")
    talks = [record.held(ana, ruth), record.held(bob, ruth)]
    record.do(rep_queue.release_all, ruth)
    assert {row.state for row in record.rows(conversation) if row.id in talks} == {"waiting"}
    assert record.do(rep_lists.queue_for, ruth).mine == []


def test_the_brief_says_what_is_proven_and_what_the_bot_made_of_it(record: Record) -> None:
    ana, ruth = record.customer("Ana", "C-1001"), record.rep("Ruth")
    talk = record.opened(ana)
    record.says(ana, talk, "where is it")
    asked = record.leased(talk)
    understood = {"intent": "track_package", "confidence": 0.9}
    record.do(turns.accept, asked, answer(asked, "On its way.", understood=understood, topic="track_package"), 5)
    record.do(rep_queue.ask_for_person, ana, talk)
    brief = record.do(views.rep_view, ruth, talk).brief
    assert (brief.verified, brief.customer_id, brief.topic, brief.reason) == (True, "C-1001", "track_package", "asked")
    assert [(each.text, each.intent) for each in brief.understood] == [("where is it", "track_package")]


def test_the_queue_shows_what_ana_said_last(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.waiting(ana, "my coins are gone")
    record.says(ana, talk, "hello???")
    [item] = record.do(rep_lists.queue_for, ruth).waiting
    assert (item.id, item.last_text, item.customer_name, item.place) == (talk, "hello???", "Ana", 1)


def test_everyone_waiting_has_a_place(record: Record) -> None:
    talks = []
    for number in range(4):
        talks.append(record.waiting(record.customer(f"Customer {number}")))
        record.later(seconds=1)
    assert record.do(waits.places) == {talk: place for place, talk in enumerate(talks, start=1)}


def test_what_ana_writes_while_waiting_is_kept_for_the_rep(record: Record) -> None:
    ana: Customer = record.customer("Ana")
    ruth = record.rep("Ruth")
    talk = record.waiting(ana)
    record.says(ana, talk, "still here")
    record.do(rep_queue.claim, ruth, talk)
    assert "still here" in record.texts(ruth, talk)
    assert record.do(messages.messages_after, ruth, talk, 0, 50).messages[-1].text.startswith("Ruth, a person")


def test_ruths_own_chats_say_since_when_each_waits_for_her_answer(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    asked_at = record.now
    talk = record.waiting(ana)

    def unanswered_since() -> Any:
        record.do(seen, [ruth.id])
        [mine] = record.do(rep_lists.queue_for, ruth).mine
        return mine.unanswered_since

    record.later(minutes=3)
    record.do(rep_queue.claim, ruth, talk)
    assert unanswered_since() == asked_at
    record.replies(ruth, talk, "One moment, Ana.")
    assert unanswered_since() is None
    record.later(minutes=1)
    record.says(ana, talk, "Thank you.")
    thanked_at = record.now
    record.later(minutes=2)
    record.says(ana, talk, "Are you there?")
    assert unanswered_since() == thanked_at
