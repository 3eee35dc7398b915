"""What was promised and is due is offered like a chat: at its customer's old place, to whom it fits. Both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from handoff import calls, hand_on, lead, offers, promises, rep_lists, rep_queue, sweeper, why
from handoff.errors import NotPossibleNow
from handoff.people import Customer, Rep
from handoff.presence import seen
from handoff.schema import conversation
from handoff.schema_centre import offer
from handoff.wire_lead import TransferTo
from tests.record import Record
from tests.test_offers import crew, knows, next_round, shown, stay
from tests.test_promises import calls_for


def left_message(record: Record, name: str = "Ana", **columns: Any) -> tuple[Customer, str]:
    """A customer who left a message instead of waiting, which is due at once."""
    who = record.customer(name)
    talk = record.waiting(who)
    if columns:
        record.do(lambda tx: tx.db.execute(update(conversation).where(conversation.c.id == talk).values(**columns)))
    record.do(promises.leave_message, who, talk, "Where is my parcel? Please write.")
    return who, talk


def promised_to(record: Record, *reps: Rep) -> list[str | None]:
    """Which of the reps is offered which conversation."""
    offered = [shown(record, rep) for rep in reps]
    return [each and each.chat.id for each in offered]


def test_a_message_that_ana_left_is_offered_to_ruth_who_is_free(record: Record) -> None:
    _, talk = left_message(record)
    left_at = record.now
    record.later(hours=9)
    [ruth] = crew(record, "Ruth")
    next_round(record)
    offered = shown(record, ruth)
    assert (offered.chat.id, offered.reason, offered.seconds_left) == (talk, "Because you are free.", 20)
    assert (offered.chat.promise.kind, offered.chat.promise.asked_for, offered.chat.promise.made_at) == (
        "message_left",
        True,
        left_at,
    )
    assert record.do(offers.accept, ruth, offered.id) == talk
    [held] = record.rows(conversation, id=talk)
    assert (held.state, held.owner_id) == ("with_rep", ruth.id)
    assert [each.text for each in record.do(why.reasons, ruth, talk).reasons] == [
        "The customer asked for a person.",
        "The customer left a message.",
        "Offered to Ruth: free.",
        "Ruth took the offer.",
    ]
    assert shown(record, ruth) is None


def test_a_call_is_offered_when_its_time_comes_and_not_before(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    since = calls_for(record, ana, talk, hours=1)
    [ruth] = crew(record, "Ruth")
    stay(record, ruth, minutes=59)
    next_round(record)
    assert shown(record, ruth) is None
    stay(record, ruth, minutes=1)
    next_round(record)
    offered = shown(record, ruth)
    assert (offered.chat.id, offered.chat.state, offered.chat.promise.kind) == (talk, "promised", "call_back")
    assert (offered.chat.promise.from_, offered.chat.promise.until) == (since, since + timedelta(hours=1))
    record.do(offers.accept, ruth, offered.id)
    assert record.do(calls.call_to_make, ruth, talk).phone


def test_what_is_due_stands_at_the_old_place_in_the_line(record: Record) -> None:
    _, first = left_message(record, "Ana")
    record.later(hours=9)
    second = record.waiting(record.customer("Bob"))
    [ruth] = crew(record, "Ruth")
    next_round(record)
    assert promised_to(record, ruth) == [first]
    record.do(offers.accept, ruth, shown(record, ruth).id)
    next_round(record)
    assert promised_to(record, ruth) == [second]


def test_it_is_offered_to_who_knows_it_first_counted_from_when_it_is_due(record: Record) -> None:
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    record.do(lambda tx: tx.db.execute(update(conversation).values(skill="billing")))
    calls_for(record, ana, talk, hours=1)
    ruth, sam = crew(record, "Ruth", "Sam")
    knows(record, sam, billing=3)
    record.held(record.customer("Bob"), sam)
    record.later(hours=1)
    stay(record, ruth, sam)
    next_round(record)
    assert promised_to(record, ruth, sam) == [None, talk]
    assert shown(record, sam).reason == "Because you are best at billing."


def test_who_lets_it_pass_isnt_asked_again_while_another_can_be(record: Record) -> None:
    _, talk = left_message(record)
    ruth, sam = crew(record, "Ruth", "Sam")
    next_round(record)
    first, second = (ruth, sam) if shown(record, ruth) else (sam, ruth)
    record.do(offers.skip, first, shown(record, first).id)
    next_round(record)
    assert promised_to(record, first, second) == [None, talk]
    record.do(offers.skip, second, shown(record, second).id)
    next_round(record)
    assert promised_to(record, first, second) == [None, None]
    assert record.do(why.reasons, record.rep("Lena", role="lead"), talk).waits == (
        "Everybody who is free was asked already. They are asked again after a minute."
    )


def test_whoever_promised_the_answer_may_be_offered_it(record: Record) -> None:
    [ruth] = crew(record, "Ruth")
    talk = record.held(record.customer("Ana"), ruth)
    record.do(hand_on.answer_later, ruth, talk, "Ask the depot.")
    next_round(record)
    offered = shown(record, ruth)
    assert (offered.chat.id, offered.chat.promise.kind, offered.chat.promise.asked_for) == (talk, "message_left", False)


def test_claiming_or_taking_back_ends_the_offer(record: Record) -> None:
    (ruth,), sam = crew(record, "Ruth"), record.rep("Sam")
    _, hers = left_message(record, "Ana")
    next_round(record)
    assert promised_to(record, ruth) == [hers]
    record.do(rep_queue.claim, sam, hers)
    assert shown(record, ruth) is None
    bob, his = left_message(record, "Bob")
    next_round(record)
    assert promised_to(record, ruth) == [his]
    record.do(promises.take_back, bob, his, "bot")
    assert shown(record, ruth) is None
    assert {row.state for row in record.rows(offer)} == {"withdrawn"}


def test_nobody_is_asked_about_a_promise_to_ana_while_she_is_helped_in_another_chat(record: Record) -> None:
    ana, talk = left_message(record)
    (ruth,), sam = crew(record, "Ruth"), record.rep("Sam")
    next_round(record)
    mine = shown(record, ruth).id
    other = record.waiting(ana, "Another thing.")
    record.do(rep_queue.claim, sam, other)
    assert isinstance(record.refused(offers.accept, ruth, mine), NotPossibleNow)
    next_round(record)
    assert shown(record, ruth) is None
    record.do(rep_queue.release, sam, other)
    next_round(record)
    assert promised_to(record, ruth) == [talk]


def test_ana_who_waits_anew_while_her_promise_is_due_is_offered_once_and_helped_in_one_chat(record: Record) -> None:
    ana, talk = left_message(record)
    other = record.waiting(ana, "Are you there?")
    ruth, sam = crew(record, "Ruth", "Sam")
    next_round(record)
    assert sorted(promised_to(record, ruth, sam), key=str) == sorted([None, talk], key=str)
    who = ruth if shown(record, ruth) else sam
    record.do(offers.accept, who, shown(record, who).id)
    assert {row.id: row.state for row in record.rows(conversation)} == {talk: "with_rep", other: "closed"}


def test_a_call_that_is_promised_for_tomorrow_by_now_is_on_offer_to_nobody(record: Record) -> None:
    record.site(time_zone="UTC", opens=8, closes=11)
    ana = record.customer("Ana")
    talk = record.waiting(ana)
    calls_for(record, ana, talk, hours=1)
    [ruth] = crew(record, "Ruth")
    for seconds_to_eleven in (5, -1):
        record.now = record.now.replace(hour=11, minute=0, second=0) - timedelta(seconds=seconds_to_eleven)
        record.do(seen, [ruth.id])
        next_round(record)
        assert promised_to(record, ruth) == [talk]
        record.do(sweeper.sweep, record.now - timedelta(days=1))
    next_round(record)
    assert promised_to(record, ruth) == [None]


def test_what_lena_moves_to_sam_is_offered_to_sam_first_and_marked_in_his_list(record: Record) -> None:
    ruth, sam = crew(record, "Ruth", "Sam")
    lena = record.rep("Lena", role="lead")
    _, talk = left_message(record)
    next_round(record)
    record.do(lead.move_chat, lena, talk, TransferTo(rep=sam.id), "He knows her.")
    assert promised_to(record, ruth, sam) == [None, None]
    [due] = record.do(rep_lists.queue_for, sam).due
    assert (due.id, due.for_you) == (talk, True)
    assert [item.for_you for item in record.do(rep_lists.queue_for, ruth).due] == [False]
    next_round(record)
    assert promised_to(record, ruth, sam) == [None, talk]
    assert shown(record, sam).reason == "Because you are the one whom it should go to first."


def test_a_rep_of_a_team_that_claims_by_itself_is_offered_no_promise(record: Record) -> None:
    left_message(record)
    ruth = record.rep("Ruth")
    record.do(seen, [ruth.id])
    next_round(record)
    assert shown(record, ruth) is None
    assert [item.promise.kind for item in record.do(rep_lists.queue_for, ruth).due] == ["message_left"]
