"""Ruth sees what her verified customer asked before, for as long as she holds a chat of theirs, and it's on record."""

from typing import Any

from sqlalchemy import update

from handoff import closing, conversations, notes, past, rep_queue, views
from handoff.errors import NotFound
from handoff.messages import messages_after
from handoff.people import Customer, Rep
from handoff.schema import conversation, history
from tests.record import Record


def test_ruth_sees_what_ana_asked_before_who_helped_and_how_it_ended(record: Record) -> None:
    ana, ruth, sam = signed_in(record, "Ana"), record.rep("Ruth"), record.rep("Sam")
    with_sam = closed(record, ana, sam, solved=False)
    with_bot = closed_by_herself(record, ana)
    in_vain = record.waiting(ana)
    record.do(closing.close_by_customer, ana, in_vain)
    talk = record.held(ana, ruth)
    found = record.do(past.past_conversations, ruth, talk)
    assert [(each.id, each.helped_by, each.rep, each.solved) for each in found.conversations] == [
        (in_vain, "nobody", None, None),
        (with_bot, "bot", None, None),
        (with_sam, "rep", "Sam", False),
    ]
    assert (found.conversations[2].topic, found.conversations[2].cause) == ("late_delivery", "carrier lost it")
    assert found.more is False


def test_she_reads_one_only_after_opening_it_which_the_history_says_once_in_ten_minutes(record: Record) -> None:
    ana, ruth, sam = signed_in(record, "Ana"), record.rep("Ruth"), record.rep("Sam")
    before = closed(record, ana, sam)
    talk = record.held(ana, ruth)
    assert isinstance(record.refused(past.past_messages, ruth, talk, before, 0, 200), NotFound)
    opened = record.do(past.look_back, ruth, talk, before)
    record.later(minutes=9)
    record.do(past.look_back, ruth, talk, before)
    [row] = record.rows(history, kind=past.LOOKED_BACK)
    assert (row.conversation_id, row.who_id, row.data) == (before, ruth.id, {"held": talk})
    assert [note.text for note in opened.notes] == ["Sounded tired."]
    page = record.do(past.past_messages, ruth, talk, before, 0, 200)
    assert "I see to it." in [message.text for message in page.messages]
    assert page.head == opened.conversation.head


def test_she_can_read_no_longer_once_the_chat_isnt_hers(record: Record) -> None:
    ana, ruth, sam = signed_in(record, "Ana"), record.rep("Ruth"), record.rep("Sam")
    before = closed(record, ana, sam)
    talk = record.held(ana, ruth)
    record.do(past.look_back, ruth, talk, before)
    record.do(rep_queue.release, ruth, talk)
    nothing_is_shown(record, ruth, talk, before)
    assert isinstance(record.refused(messages_after, ruth, before, 0, 10), NotFound)
    assert isinstance(record.refused(views.rep_view, ruth, before), NotFound)


def test_a_colleague_and_a_lead_who_dont_hold_it_see_no_past(record: Record) -> None:
    ana, ruth, sam = signed_in(record, "Ana"), record.rep("Ruth"), record.rep("Sam")
    before = closed(record, ana, sam)
    talk = record.held(ana, ruth)
    record.do(past.look_back, ruth, talk, before)
    for other in (sam, record.rep("Lena", role="lead")):
        nothing_is_shown(record, other, talk, before)


def test_bobs_past_is_not_reached_through_anas_chat(record: Record) -> None:
    ana, bob, ruth, sam = signed_in(record, "Ana"), signed_in(record, "Bob"), record.rep("Ruth"), record.rep("Sam")
    of_bob, of_ana = closed(record, bob, sam), closed(record, ana, sam)
    talk = record.held(ana, ruth)
    assert [each.id for each in record.do(past.past_conversations, ruth, talk).conversations] == [of_ana]
    assert isinstance(record.refused(past.look_back, ruth, talk, of_bob), NotFound)
    assert isinstance(record.refused(past.past_messages, ruth, talk, of_bob, 0, 10), NotFound)
    assert isinstance(record.refused(past.look_back, ruth, talk, talk), NotFound)


def test_a_visitor_who_isnt_signed_in_has_no_past(record: Record) -> None:
    visitor, ruth, sam = record.customer("Ana"), record.rep("Ruth"), record.rep("Sam")
    before = closed(record, visitor, sam)
    talk = record.held(visitor, ruth)
    assert record.do(past.past_conversations, ruth, talk).conversations == []
    assert isinstance(record.refused(past.look_back, ruth, talk, before), NotFound)


def test_what_was_said_before_signing_in_isnt_taken_for_hers(record: Record) -> None:
    """At a shared browser a visitor's closed chat goes to whoever signs in: it stays unread."""
    visitor, ana, ruth, sam = record.customer(), signed_in(record, "Ana"), record.rep("Ruth"), record.rep("Sam")
    before = closed(record, visitor, sam)
    record.do(conversations.customer_signed_in, visitor, ana)
    talk = record.held(ana, ruth)
    assert record.do(past.past_conversations, ruth, talk).conversations == []
    assert isinstance(record.refused(past.look_back, ruth, talk, before), NotFound)


def test_who_came_by_a_mails_link_isnt_proven_to_be_ana(record: Record) -> None:
    ana, ruth, sam = signed_in(record, "Ana"), record.rep("Ruth"), record.rep("Sam")
    closed(record, ana, sam)
    talk = record.held(ana, ruth)
    record.do(lambda tx: tx.db.execute(update(conversation).where(conversation.c.id == talk).values(unproven_from=3)))
    assert record.do(past.past_conversations, ruth, talk).conversations == []


def test_a_past_chat_that_somebody_came_into_by_a_mails_link_isnt_taken_for_hers(record: Record) -> None:
    ana, ruth, sam = signed_in(record, "Ana"), record.rep("Ruth"), record.rep("Sam")
    by_link, hers = closed(record, ana, sam), closed(record, ana, sam)
    record.do(
        lambda tx: tx.db.execute(update(conversation).where(conversation.c.id == by_link).values(unproven_from=3))
    )
    talk = record.held(ana, ruth)
    assert [each.id for each in record.do(past.past_conversations, ruth, talk).conversations] == [hers]
    nothing_of_it = record.refused(past.look_back, ruth, talk, by_link)
    assert isinstance(nothing_of_it, NotFound)


def test_of_many_the_newest_twenty_are_listed(record: Record) -> None:
    ana, ruth = signed_in(record, "Ana"), record.rep("Ruth")
    before = [closed_by_herself(record, ana) for _ in range(past.MOST + 2)]
    found = record.do(past.past_conversations, ruth, record.held(ana, ruth))
    assert [each.id for each in found.conversations] == before[:1:-1]
    assert found.more is True


def signed_in(record: Record, name: str) -> Customer:
    return record.customer(name, sub=f"C-{name}")


def closed(record: Record, customer: Customer, rep: Rep, solved: bool | None = None) -> Any:
    """A conversation that this rep has closed, with a note in it."""
    talk = record.held(customer, rep)
    record.replies(rep, talk, "I see to it.")
    record.do(notes.write_note, rep, talk, record.client_id(), "Sounded tired.")
    record.do(closing.close_by_rep, rep, talk, "late_delivery", "carrier lost it")
    if solved is not None:
        record.do(closing.vote, customer, talk, solved)
    record.later(minutes=30)
    return talk


def closed_by_herself(record: Record, customer: Customer) -> str:
    """A conversation with the bot."""
    talk = record.opened(customer)
    record.says(customer, talk, "Where is it?")
    record.do(closing.close_by_customer, customer, talk)
    record.later(minutes=30)
    return talk


def nothing_is_shown(record: Record, rep: Rep, talk: str, before: str) -> None:
    for verb in (past.past_conversations, past.look_back, past.past_messages):
        more = {past.past_conversations: (), past.look_back: (before,), past.past_messages: (before, 0, 10)}[verb]
        assert isinstance(record.refused(verb, rep, talk, *more), NotFound)
