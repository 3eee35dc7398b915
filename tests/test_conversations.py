"""Opening, joining and reaching conversations."""

from handoff import conversations, messages, rep_queue
from handoff.errors import NotFound
from handoff.people import Customer
from handoff.schema import conversation, message
from tests.record import Record


def test_the_first_message_says_it_is_a_bot_and_a_person_is_near(record: Record) -> None:
    ana = record.customer("Ana")
    [greeting] = record.texts(ana, record.opened(ana))
    assert "bot, not a person" in greeting
    assert "person is always one click away" in greeting


def test_opening_twice_joins_the_open_conversation(record: Record) -> None:
    ana = record.customer("Ana")
    first = record.do(conversations.open_conversation, ana)
    second = record.do(conversations.open_conversation, ana)
    assert (first.new, second.new, second.id) == (True, False, first.id)


def test_a_foreign_an_unknown_and_a_malformed_id_answer_alike(record: Record) -> None:
    ana, bob = record.customer("Ana"), record.customer("Bob")
    anas = record.opened(ana)
    assert record.do(conversations.conversation_of, ana, anas).id == anas
    words = {
        str(record.refused(messages.messages_after, bob, some_id, 0, 10))
        for some_id in (anas, "0" * 32, "nonsense", "")
    }
    assert words == {NotFound.message}


def test_a_rep_sees_what_waits_but_not_what_the_bot_or_another_rep_has(record: Record) -> None:
    ana, bob, ruth, sam = record.customer("Ana"), record.customer("Bob"), record.rep("Ruth"), record.rep("Sam")
    with_bot, waits = record.opened(ana), record.waiting(bob)
    assert isinstance(record.refused(conversations.conversation_of, ruth, with_bot), NotFound)
    assert record.do(conversations.conversation_of, ruth, waits).id == waits
    record.do(rep_queue.claim, sam, waits)
    assert isinstance(record.refused(conversations.conversation_of, ruth, waits), NotFound)
    assert record.do(conversations.conversation_of, sam, waits).id == waits


def test_clicking_another_order_is_said_once_in_the_open_conversation(record: Record) -> None:
    ana = record.customer("Ana", "C-1001")
    talk = record.opened(ana)
    record.do(conversations.order_clicked, ana, "A-123456")
    record.do(conversations.order_clicked, ana, "A-123456")
    assert [text for text in record.texts(ana, talk) if "A-123456" in text] == [
        "You're now asking about order A-123456."
    ]
    assert record.view(ana, talk).order_id == "A-123456"


def test_an_anonymous_customer_who_signs_in_keeps_the_conversation_verified_from_there(record: Record) -> None:
    stranger, ana = record.customer(), record.customer("Ana", "C-1001")
    talk = record.opened(stranger)
    said = record.says(stranger, talk, "hello?")
    record.do(conversations.customer_signed_in, stranger, ana)
    [row] = record.rows(conversation, id=talk)
    assert row.customer_id == ana.id
    assert row.verified_from > said.seq
    assert "hello?" in record.texts(ana, talk)
    assert isinstance(record.refused(messages.messages_after, stranger, talk, 0, 10), NotFound)


def test_signing_in_with_a_chat_already_open_elsewhere_leaves_one_open(record: Record) -> None:
    stranger, ana = record.customer(), record.customer("Ana", "C-1001")
    anonymous_talk, anas_talk = record.opened(stranger), record.opened(ana)
    record.says(stranger, anonymous_talk, "hello?")
    record.do(conversations.customer_signed_in, stranger, ana)
    assert record.view(ana, anonymous_talk).state == "closed"
    assert record.view(ana, anas_talk).state == "with_bot"


def test_a_repeat_from_before_signing_in_is_still_a_repeat(record: Record) -> None:
    stranger, ana = record.customer(), record.customer("Ana", "C-1001")
    talk = record.opened(stranger)
    first = record.do(messages.send, stranger, talk, "same-client-id", "hello?")
    record.do(conversations.customer_signed_in, stranger, ana)
    again = record.do(messages.send, Customer(ana.id, "C-1001"), talk, "same-client-id", "hello?")
    assert (first.new, again.new, again.message.seq) == (True, False, first.message.seq)
    assert len(record.rows(message, client_id="same-client-id")) == 1


def test_the_latest_conversation_is_found_again_tomorrow(record: Record) -> None:
    ana = record.customer("Ana")
    assert record.do(conversations.current_conversation, ana) is None
    talk = record.opened(ana)
    record.later(days=1)
    assert record.do(conversations.current_conversation, ana) == talk
