"""The cases in which something is sent back, or its money goes astray."""

from demo.order_book import OrderBook, Row
from demo.steps import charge_of, deliver_whole, solid_lines


def returned(book: OrderBook, customer: Row, number: str) -> Row:
    """Sent back, and the price of the goods is paid back; e-books stay."""
    order, return_id = _sent_back(book, customer, number)
    _pay_back_goods(book, order, return_id, asked=-9, due=-2, paid=-5)
    return order


def refund_late(book: OrderBook, customer: Row, number: str) -> Row:
    """Sent back, but the refund is overdue."""
    order, return_id = _sent_back(book, customer, number)
    _pay_back_goods(book, order, return_id, asked=-9, due=-2, paid=None)
    return order


def return_on_its_way(book: OrderBook, customer: Row, number: str) -> Row:
    """The customer is sending it back; it hasn't reached the shop."""
    order = book.order(customer, number, -18)
    deliver_whole(book, order, -18, "Handed to the customer")
    _send_back(book, order, asked=-4, received=None)
    return order


def refund_on_its_way(book: OrderBook, customer: Row, number: str) -> Row:
    """Sent back, and the refund is at the bank, in time."""
    order = book.order(customer, number, -22)
    deliver_whole(book, order, -22, "Handed to the customer")
    return_id = _send_back(book, order, asked=-9, received=-2)
    _pay_back_goods(book, order, return_id, asked=-1, due=4, paid=None)
    return order


def refund_forgotten(book: OrderBook, customer: Row, number: str) -> Row:
    """Sent back and received, but nobody has thought of the refund."""
    order = book.order(customer, number, -34)
    deliver_whole(book, order, -34, "Handed to the customer")
    _send_back(book, order, asked=-20, received=-11)
    return order


def charged_again(book: OrderBook, customer: Row, number: str) -> Row:
    """Sent back and paid back, but then the card was charged a second time."""
    order = returned(book, customer, number)
    book.charge(order, book.at(-3, 8, 20))
    return order


def _sent_back(book: OrderBook, customer: Row, number: str) -> tuple[Row, str]:
    order = book.order(customer, number, -30)
    deliver_whole(book, order, -30, "Handed to the customer")
    return order, _send_back(book, order, asked=-20, received=-10)


def _send_back(book: OrderBook, order: Row, *, asked: int, received: int | None) -> str:
    """All of the order goes back; `received` is the day when it reached the shop, if it did."""
    return_id = book.next_id("RT", "returns")
    received_at = None if received is None else book.at(received, 14)
    if received_at:
        order.update(status="returned", returned_at=received_at)
    book.add(
        "returns",
        return_id=return_id,
        order_number=order["number"],
        line=None,
        status="received" if received_at else "asked",
        asked_at=book.at(asked, 10),
        received_at=received_at,
        moved_at=None,
    )
    return return_id


def _pay_back_goods(book: OrderBook, order: Row, return_id: str, *, asked: int, due: int, paid: int | None) -> None:
    cents = sum(line["quantity"] * line["unit_cents"] for line in solid_lines(book, order))
    book.refund(charge_of(book, order), cents, asked=asked, due=due, paid=paid, return_id=return_id)
