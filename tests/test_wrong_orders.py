"""Wrong order numbers: counted by address and by number, whoever tries them and in however many conversations."""

from dataclasses import replace

from handoff import sweeper, turns
from handoff.people import Customer
from handoff.schema import wrong_order
from handoff.turns import Turn
from handoff.wrong_orders import MOST_GUARDED, MOST_PER_ADDRESS, guarded_orders
from tests.record import Record, answer


def test_wrong_order_numbers_are_counted_for_an_hour(record: Record) -> None:
    ana = record.customer("Ana")
    tries(record, ana, "A-000000")
    assert asks(record, ana).wrong_orders == 1
    record.later(minutes=61)
    assert asks(record, ana).wrong_orders == 0


def test_an_address_is_counted_across_its_conversations_and_customers(record: Record) -> None:
    ana, somebody = at(record, "an address"), at(record, "an address")
    tries(record, ana, "A-000000")
    tries(record, somebody, "A-000001")
    assert asks(record, ana).wrong_orders == 2
    assert asks(record, at(record, "another address")).wrong_orders == 0


def test_a_number_that_five_people_tried_in_vain_is_guarded_for_everybody(record: Record) -> None:
    ana = record.customer("Ana")
    for number in range(5):
        assert asks(record, ana).guarded_orders == []
        tries(record, at(record, f"address {number}"), "A-123456")
        tries(record, at(record, f"address {number}"), f"A-00000{number}")
    assert asks(record, ana).guarded_orders == ["A-123456"]
    record.later(minutes=61)
    assert asks(record, ana).guarded_orders == []


def test_of_many_guarded_numbers_the_most_tried_are_named(record: Record) -> None:
    for place in range(MOST_GUARDED + 1):
        rows = [
            {"id": f"{place}-{times}", "address": f"{times}", "order_number": f"A-{place:06}", "at": record.now}
            for times in range(5 if place else 6)
        ]
        record.do(lambda tx, rows=rows: tx.db.execute(wrong_order.insert(), rows))
    guarded = record.do(guarded_orders)
    assert len(guarded) == MOST_GUARDED
    assert guarded[0] == "A-000000"


def test_one_address_cannot_fill_the_table(record: Record) -> None:
    ana = at(record, "an address")
    for number in range(MOST_PER_ADDRESS + 5):
        tries(record, ana, f"A-{number:06}")
    assert len(record.rows(wrong_order)) == MOST_PER_ADDRESS
    assert asks(record, ana).wrong_orders == MOST_PER_ADDRESS


def test_old_tries_are_forgotten(record: Record) -> None:
    tries(record, record.customer("Ana"), "A-000000")
    record.later(minutes=59)
    record.do(sweeper.sweep, record.now)
    assert len(record.rows(wrong_order)) == 1
    record.later(minutes=1)
    record.do(sweeper.sweep, record.now)
    assert record.rows(wrong_order) == []


def at(record: Record, address: str) -> Customer:
    """Somebody who isn't signed in, at this network address."""
    return replace(record.customer(), address=address)


def asks(record: Record, who: Customer) -> Turn:
    """A turn of theirs, as the bot gets it."""
    talk = record.opened(who)
    record.says(who, talk, "where is it")
    asked = record.leased(talk)
    assert record.do(turns.accept, asked, answer(asked, "Which order?"), 5)
    return asked


def tries(record: Record, who: Customer, number: str) -> None:
    """They name an order number that the shop doesn't have, or not with this e-mail."""
    talk = record.opened(who)
    record.says(who, talk, number)
    asked = record.leased(talk)
    assert record.do(turns.accept, asked, answer(asked, "I can't find that.", wrong_order=number), 5)
