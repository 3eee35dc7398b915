"""What a customer has once an order has arrived: readers that they registered, and e-books in their library."""

from datetime import timedelta

from demo.order_book import OrderBook, Row
from demo.products import PRODUCTS

GONE_ASTRAY: Row = {"astray": True}
"""The fate of an e-book that never reached the library."""


def add_belongings(book: OrderBook, order: Row) -> None:
    """Readers that arrived and weren't sent back are registered; e-books are in the library unless cancelled."""
    if order["status"] == "cancelled":
        return
    kinds = {product[0]: product[3] for product in PRODUCTS}
    for line in book.lines(order):
        if kinds[line["sku"]] == "digital":
            _own(book, order, line["sku"])
        elif kinds[line["sku"]] == "device" and order["status"] == "delivered":
            _register(book, order, line)


def _own(book: OrderBook, order: Row, sku: str) -> None:
    """An e-book in the customer's library; one bought twice is there once, one that went astray not at all."""
    owned = {(row["customer_id"], row["sku"]) for row in book.rows["library"]}
    if (order["customer_id"], sku) in owned or book.fates.get((order["number"], sku)) == GONE_ASTRAY:
        return
    added_at = order["placed_at"] + timedelta(minutes=2)
    book.add("library", customer_id=order["customer_id"], sku=sku, order_number=order["number"], added_at=added_at)


def _register(book: OrderBook, order: Row, line: Row) -> None:
    """A reader that its owner switched on after it had arrived; what came only yesterday isn't yet."""
    parcel = next(parcel for parcel in book.rows["parcels"] if parcel["shipment_id"] == line["shipment_id"])
    arrived_at = parcel["delivered_at"]
    if arrived_at is None or arrived_at >= book.at(-1, 0) or parcel["missing_reported_at"] is not None:
        return
    last_seen = parcel["delivered_at"] + timedelta(hours=book.random.randint(3, 10))
    usual = {
        "device_id": book.next_id("D", "devices"),
        "customer_id": order["customer_id"],
        "order_number": order["number"],
        "model": next(product[1] for product in PRODUCTS if product[0] == line["sku"]),
        "name": "My reader",
        "software": book.random.choice(("4.1.0", "4.2.0", "4.2.1")),
        "status": "active",
        "registered_at": parcel["delivered_at"] + timedelta(hours=2),
        "last_seen_at": min(last_seen, book.at(-1, 23, 59)),
    }
    book.add("devices", **usual | book.fates.get((order["number"], line["sku"]), {}))
