"""What can become of an order: one function for each case, from the parcel that arrives to the coins that don't.

Each takes the book, the customer and the order's number, and writes a whole order whose dates, scans and money agree.
"""

from collections.abc import Callable
from datetime import timedelta

from demo.belongings import GONE_ASTRAY
from demo.order_book import OrderBook, Row
from demo.return_cases import (
    charged_again,
    refund_forgotten,
    refund_late,
    refund_on_its_way,
    return_on_its_way,
    returned,
)
from demo.steps import charge_of, deliver_whole, solid_lines


def processing(book: OrderBook, customer: Row, number: str) -> Row:
    """Placed, not handed to the carrier yet."""
    order = book.order(customer, number, -1)
    book.parcel(order, solid_lines(book, order), promised=4, expected=4)
    return order


def on_time(book: OrderBook, customer: Row, number: str) -> Row:
    """On its way and due tomorrow, a day before it was promised."""
    order = book.order(customer, number, -3)
    parcel = book.parcel(order, solid_lines(book, order), promised=2, expected=1)
    depot = book.ship(order, parcel, -2)
    book.scan(parcel, book.at(-1, 18, 40), "arrived", "Arrived at the depot", depot)
    return order


def late(book: OrderBook, customer: Row, number: str) -> Row:
    """Promised for the day before yesterday; the carrier now says in two days."""
    order = book.order(customer, number, -8)
    parcel = book.parcel(order, solid_lines(book, order), promised=-2, expected=2)
    _held_up(book, order, parcel, "carrier", "Missed the connection at the depot")
    return order


def late_no_date(book: OrderBook, customer: Row, number: str) -> Row:
    """Late, and the carrier gives no new date."""
    order = book.order(customer, number, -10)
    parcel = book.parcel(order, solid_lines(book, order), promised=-4)
    _held_up(book, order, parcel, "carrier", "Held at the depot")
    return order


def late_for_long(book: OrderBook, customer: Row, number: str) -> Row:
    """Promised nine days ago, and the carrier still gives no date: too long to be borne."""
    order = book.order(customer, number, -14)
    parcel = book.parcel(order, solid_lines(book, order), promised=-9)
    _held_up(book, order, parcel, "carrier", "Held at the depot")
    return order


def weather(book: OrderBook, customer: Row, number: str) -> Row:
    """Late because roads were closed; a new date is known."""
    order = book.order(customer, number, -7)
    parcel = book.parcel(order, solid_lines(book, order), promised=-1, expected=3)
    _held_up(book, order, parcel, "weather", "Held at the depot: roads closed by the weather")
    return order


def lost(book: OrderBook, customer: Row, number: str) -> Row:
    """No scan for two weeks; the carrier has given the parcel up."""
    order = book.order(customer, number, -21)
    parcel = book.parcel(order, solid_lines(book, order), promised=-16)
    depot = book.ship(order, parcel, -19)
    book.scan(parcel, book.at(-18, 22, 10), "arrived", "Arrived at the depot", depot)
    parcel["status"] = "lost"
    return order


def delivered(book: OrderBook, customer: Row, number: str) -> Row:
    """Arrived in time, some time ago; readers are registered and e-books in the library."""
    day = -book.random.randint(8, 90)
    order = book.order(customer, number, day)
    deliver_whole(book, order, day, "Handed to the customer")
    return order


def missing(book: OrderBook, customer: Row, number: str) -> Row:
    """Marked as delivered, left by the door; the customer says it isn't there."""
    order = book.order(customer, number, -6)
    parcel = deliver_whole(book, order, -6, "Left by the front door, nobody answered")
    parcel["missing_reported_at"] = book.at(-1, 19, 15)
    return order


def left_outside(book: OrderBook, customer: Row, number: str) -> Row:
    """Marked as delivered yesterday, left by the door; nobody has said anything yet."""
    order = book.order(customer, number, -5)
    deliver_whole(book, order, -5, "Left by the front door, nobody answered")
    return order


def split(book: OrderBook, customer: Row, number: str) -> Row:
    """Two parcels: one is here, the other on its way."""
    order = book.order(customer, number, -6)
    first, second = _two_lines(book, order)
    here = book.parcel(order, first, promised=-1)
    on_its_way = book.parcel(order, second, promised=3, expected=2)
    depot = book.ship(order, here, -4)
    book.scan(here, book.at(-3, 18, 40), "arrived", "Arrived at the depot", depot)
    book.deliver(order, here, -2, depot)
    depot = book.ship(order, on_its_way, -2)
    book.scan(on_its_way, book.at(-1, 20, 5), "arrived", "Arrived at the depot", depot)
    return order


def cancelled(book: OrderBook, customer: Row, number: str) -> Row:
    """Cancelled before it was sent; the money is back."""
    order = book.order(customer, number, -12)
    order.update(status="cancelled", cancelled_at=order["placed_at"] + timedelta(hours=5))
    book.refund(charge_of(book, order), order["total_cents"], asked=-11, due=-4, paid=-6, return_id=None)
    return order


def double_charged(book: OrderBook, customer: Row, number: str) -> Row:
    """Delivered, but the card was charged twice within minutes."""
    order = delivered(book, customer, number)
    book.charge(order, charge_of(book, order)["charged_at"] + timedelta(minutes=2))
    return order


def two_readers(book: OrderBook, customer: Row, number: str) -> Row:
    """Two readers, one of them reported lost, and an e-book that never reached the library."""
    order = book.order(customer, number, -20)
    for sku, fate in (("READER-1", {"status": "lost"}), ("READER-2", {"software": "4.2.1"}), ("EBOOK-08", GONE_ASTRAY)):
        book.add_line(order, sku)
        book.fates[number, sku] = fate
    deliver_whole(book, order, -20, "Handed to the customer")
    return order


CASES: dict[str, Callable[[OrderBook, Row, str], Row]] = {
    case.__name__: case
    for case in (
        processing,
        on_time,
        late,
        late_no_date,
        late_for_long,
        weather,
        lost,
        delivered,
        missing,
        left_outside,
        split,
        cancelled,
        returned,
        refund_late,
        double_charged,
        return_on_its_way,
        refund_on_its_way,
        refund_forgotten,
        charged_again,
        two_readers,
    )
}


def _two_lines(book: OrderBook, order: Row) -> tuple[list[Row], list[Row]]:
    """The order's solid lines in two halves; one that has a single line gets a mug beside it."""
    lines = solid_lines(book, order)
    if len(lines) == 1:
        lines.append(book.add_line(order, "MUG-02" if lines[0]["sku"] != "MUG-02" else "LAMP-01"))
    return lines[:1], lines[1:]


def _held_up(book: OrderBook, order: Row, parcel: Row, reason: str, detail: str) -> None:
    depot = book.ship(order, parcel, -5)
    book.scan(parcel, book.at(-4, 21, 20), "arrived", "Arrived at the depot", depot)
    book.scan(parcel, book.at(-2, 18, 40), "delayed", detail, depot)
    parcel["delay_reason"] = reason
