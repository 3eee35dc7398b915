"""Ruth asks Ana for something that stands in the brief: it's counted; checking it, or asking for more, isn't."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from handoff import messages, rep_queue, turns, views
from handoff.asked_again import asked_again
from handoff.people import Customer, Rep
from handoff.schema import conversation, history
from handoff.schema import customer as customer_table
from handoff.storage import ConversationChanged
from handoff.wire_console import KnownFact
from tests.record import Record, answer
from tests.test_figures import look

SENTENCES = msgspec.json.decode(Path(__file__).with_name("asked_again.json").read_bytes())
KNOWN = [
    KnownFact(what="order", value="A-123456"),
    KnownFact(what="email", value="a…@example.com"),
    KnownFact(what="name", value="Ana"),
    KnownFact(what="asked", value="Where is my parcel?"),
]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence["says"])
def test_the_rule_catches_what_it_says(sentence: dict[str, Any]) -> None:
    """The console's tests read the same sentences."""
    assert asked_again(sentence["says"], KNOWN) == sentence["asks"]


def test_what_the_brief_doesnt_have_may_be_asked_for() -> None:
    assert asked_again("What's your order number, and how can I help you?", []) == []


def test_ruth_asks_for_the_order_number_that_ana_gave_the_bot_and_its_counted_once(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = told_the_bot(record, ana, ruth, "Hello", "Where is my parcel, order A-123456?", "ana@example.com")
    assert [(fact.what, fact.value) for fact in record.do(views.rep_view, ruth, talk).brief.known] == [
        ("order", "A-123456"),
        ("email", "ana@example.com"),
        ("asked", "Where is my parcel, order A-123456?"),
    ]
    for _ in range(2):
        record.do(messages.reply, ruth, talk, "the-same-id", "Hi Ana, what's your order number?")
    [row] = record.rows(history, kind="asked_again")
    assert (row.who_id, row.conversation_id, row.reason, row.data) == (
        ruth.id,
        talk,
        "the order number",
        {"what": ["order"]},
    )
    assert look(record, record.rep("Lena", role="lead"), "today").all.asked_again == 1


def test_checking_it_and_asking_for_more_arent_counted(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = told_the_bot(record, ana, ruth, "Where is my parcel, order A-123456?")
    for text in ("Is A-123456 your order number?", "What's your e-mail address?", "Who am I speaking to?"):
        record.replies(ruth, talk, text)
    assert record.rows(history, kind="asked_again") == []


def test_the_shops_own_facts_are_known_too_the_address_masked(record: Record) -> None:
    ana, ruth = record.customer("Ana", sub="C-1001"), record.rep("Ruth")
    email = update(customer_table).values(email="ana@example.com")
    record.do(lambda tx: tx.db.execute(email))
    talk = record.held(ana, ruth)
    record.do(lambda tx: tx.db.execute(update(conversation).values(order_id="A-100001")))
    known = record.do(views.rep_view, ruth, talk).brief.known
    assert [(fact.what, fact.value) for fact in known] == [
        ("order", "A-100001"),
        ("email", "a…@example.com"),
        ("name", "Ana"),
        ("asked", "Where is my parcel?"),
    ]


def test_what_ana_writes_to_ruth_is_known_to_sam_with_where_and_when_she_said_it(record: Record) -> None:
    ana, ruth, sam = record.customer("Ana", sub="C-1001"), record.rep("Ruth"), record.rep("Sam")
    talk, asked_at = record.waiting(ana), record.now
    record.later(seconds=5)
    record.do(rep_queue.claim, ruth, talk)
    record.replies(ruth, talk, "Hi Ana, what's your order number, and your e-mail address?")
    assert record.rows(history, kind="asked_again") == [], "she hadn't said it yet"
    record.says(ana, talk, "It's A-123456, and ana@example.com.")
    said_at = record.now
    record.later(seconds=30)
    record.do(rep_queue.release, ruth, talk)
    record.do(rep_queue.claim, sam, talk)
    known = record.do(views.rep_view, sam, talk).brief.known
    assert [(fact.what, fact.value, fact.proven, fact.source, fact.at) for fact in known] == [
        ("order", "A-123456", False, "chat", said_at),
        ("email", "ana@example.com", False, "chat", said_at),
        ("name", "Ana", True, "shop", None),
        ("asked", "Where is my parcel?", False, "chat", asked_at),
    ]
    record.replies(sam, talk, "Hello, what's your order number?")
    [row] = record.rows(history, kind="asked_again")
    assert (row.who_id, row.data) == (sam.id, {"what": ["order"]})


def test_who_asks_while_ana_is_just_telling_it_isnt_counted(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.says(ana, talk, "It's about A-123456.")
    record.later(seconds=9)
    record.replies(ruth, talk, "What's your order number?")
    assert record.rows(history, kind="asked_again") == []
    record.later(seconds=1)
    record.replies(ruth, talk, "What's your order number?")
    assert len(record.rows(history, kind="asked_again")) == 1


def test_what_ana_wrote_while_she_waited_is_what_she_asked_if_the_bot_was_told_nothing(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.waiting(ana, "Hello there")
    for text in ("My lamp came without its bulb.", "Is anybody there? I have been waiting for ever!"):
        record.says(ana, talk, text)
    record.later(minutes=1)
    record.do(rep_queue.claim, ruth, talk)
    [asked] = record.do(views.rep_view, ruth, talk).brief.known
    assert (asked.what, asked.value) == ("asked", "My lamp came without its bulb.")
    record.replies(ruth, talk, "Hello, how can I help you today?")
    assert [row.reason for row in record.rows(history, kind="asked_again")] == ["what was asked"]


def test_of_two_orders_that_ana_names_both_are_known_and_the_shops_own_is_proven_once(record: Record) -> None:
    ana, ruth = record.customer("Ana", sub="C-1001"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(lambda tx: tx.db.execute(update(conversation).values(order_id="A-100001")))
    record.do(lambda tx: tx.db.execute(update(customer_table).values(email="Ana@example.com")))
    record.says(ana, talk, "It's not a-100001 but 200002! My address is ana@example.com")
    known = record.do(views.rep_view, ruth, talk).brief.known
    assert [(fact.what, fact.value, fact.proven) for fact in known][:3] == [
        ("order", "A-100001", True),
        ("order", "A-200002", False),
        ("email", "ana@example.com", True),
    ]
    assert asked_again("Which order is it?", known) == ["order"]
    assert asked_again("Which order is it, A-200002?", known) == []


def test_the_order_that_ana_names_to_ruth_is_the_one_on_the_card(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    assert record.do(views.rep_view, ruth, talk).brief.order_id is None
    for number in ("A-123456", "A-200002"):
        record.says(ana, talk, f"It's {number}")
        assert record.do(views.rep_view, ruth, talk).brief.order_id == number


def test_ruths_screen_is_told_when_the_brief_has_something_new(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    talk = record.held(ana, ruth)
    record.do(lambda tx: tx.db.execute(update(conversation).values(topic="late_delivery")))
    before = record.do(views.rep_view, ruth, talk).version
    record.says(ana, talk, "One moment, I'll look it up.")
    assert record.do(views.rep_view, ruth, talk).version == before
    record.says(ana, talk, "A-123456")
    assert ConversationChanged(talk) in record.told
    assert record.do(views.rep_view, ruth, talk).version == before + 1


def test_a_visitors_name_is_only_claimed_and_may_be_asked_for(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    known = record.do(views.rep_view, ruth, record.held(ana, ruth)).brief.known
    assert [fact.what for fact in known] == ["asked"]


def told_the_bot(record: Record, customer: Customer, rep: Rep, *texts: str) -> str:
    """A conversation that the rep holds, in which the customer said this to the bot."""
    talk = record.opened(customer)
    for text in texts:
        record.says(customer, talk, text)
        turn = record.leased(talk)
        record.do(turns.accept, turn, answer(turn, "Let me see."), 5)
        record.later(seconds=1)
    record.do(rep_queue.ask_for_person, customer, talk)
    record.do(rep_queue.claim, rep, talk)
    return talk
