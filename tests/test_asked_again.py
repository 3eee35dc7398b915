"""Ruth asks Ana for something that stands in the brief: it's counted; checking it, or asking for more, isn't."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from handoff import messages, rep_queue, turns, views
from handoff.asked_again import asked_again
from handoff.figures import figures
from handoff.people import Customer, Rep
from handoff.schema import conversation, history
from handoff.schema import customer as customer_table
from handoff.wire_console import KnownFact
from tests.record import Record, answer

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
    assert record.do(figures, record.rep("Lena", role="lead"), "today").all.asked_again == 1


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
    ]


def test_a_visitors_name_is_only_claimed_and_may_be_asked_for(record: Record) -> None:
    ana, ruth = record.customer("Ana"), record.rep("Ruth")
    assert record.do(views.rep_view, ruth, record.held(ana, ruth)).brief.known == []


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
