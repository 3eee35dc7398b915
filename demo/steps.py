"""What happens in several of the cases."""

from demo.order_book import OrderBook, Row
from demo.products import PRODUCTS

SOLID = {product[0] for product in PRODUCTS if product[3] != "digital"}


def deliver_whole(book: OrderBook, order: Row, day: int, detail: str) -> Row:
    """Everything that goes by post leaves a day after `day`, in one parcel, and arrives three days later."""
    parcel = book.parcel(order, solid_lines(book, order), promised=day + 5)
    depot = book.ship(order, parcel, day + 1)
    book.scan(parcel, book.at(day + 2, 18, 40), "arrived", "Arrived at the depot", depot)
    book.deliver(order, parcel, day + 4, depot, detail)
    return parcel


def solid_lines(book: OrderBook, order: Row) -> list[Row]:
    """The order's lines that go by post."""
    return [line for line in book.lines(order) if line["sku"] in SOLID]


def charge_of(book: OrderBook, order: Row) -> Row:
    """The charge that was made with the order."""
    return next(charge for charge in book.rows["charges"] if charge["order_number"] == order["number"])
