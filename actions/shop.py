"""The one place that knows the shop's database: orders and what became of them, for the person they belong to.

It reads the views that `actions.shop_rows` documents and nothing else, and never writes. Each method takes at most 3 s
and raises `ShopDown` for anything wrong: no connection, no answer in time, rows that don't fit, rows of somebody else.
An order that doesn't exist, one of another customer, a number that is none at all: all take one path and answer None.
"""

import hmac
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Connection

from actions.shop_delivery import DeliveryStatus, Parcel, delivery_status, for_strangers
from actions.shop_lookup import Lookup, ShopDown
from actions.shop_rows import (
    Charge,
    Customer,
    Device,
    LibraryItem,
    Order,
    OrderItem,
    Purchase,
    Refund,
    Return,
    Scan,
    Shipment,
    Subscription,
)
from actions.shop_views import VIEWS, rows

__all__ = [
    "Charge",
    "Customer",
    "DeliveryStatus",
    "Device",
    "LibraryItem",
    "Order",
    "OrderCard",
    "OrderItem",
    "Parcel",
    "Purchase",
    "Refund",
    "Return",
    "Scan",
    "Shipment",
    "Shop",
    "ShopDown",
    "Subscription",
    "delivery_status",
    "order_number",
]

Owned = TypeVar("Owned", Customer, Order, Charge, Return, Refund, Purchase, Subscription, Device, LibraryItem)

NO_ORDER = "-"  # what is looked up for a number that is none, so that it takes the same path
ORDER_NUMBER = re.compile(r"A?[ \-‐‑‒–—−]*([0-9]{6})")


@dataclass(frozen=True)
class OrderCard:
    """What a rep sees beside the conversation: the order in full and the money and devices around it."""

    customer: Customer
    order: Order
    charges: tuple[Charge, ...]
    returns: tuple[Return, ...]
    refunds: tuple[Refund, ...]
    purchases: tuple[Purchase, ...]
    devices: tuple[Device, ...]


class Shop:
    """The shop's orders; `url` is an SQLAlchemy URL, `seconds` the time that one method may take."""

    def __init__(self, url: str, seconds: float = 3.0) -> None:
        self._lookup = Lookup(url, seconds)

    def close(self) -> None:
        """Give the connections back."""
        self._lookup.close()

    def check(self) -> None:
        """ShopDown unless each view is there with all its columns."""
        self._lookup.run(lambda db: [rows(db, view, limit=1) for view in VIEWS])

    def recent_orders(self, customer_id: str, limit: int = 5) -> list[Order]:
        """The customer's newest orders with items, shipments and scans, newest first."""
        return self._lookup.run(lambda db: _recent_orders(db, customer_id, limit))

    def order_of(self, customer_id: str, number: str) -> Order | None:
        """The customer's own order of that number, with items, shipments and scans; None for any other."""
        return self._lookup.run(lambda db: _order_of(db, customer_id, number))

    def order_by_email(self, number: str, email: str) -> DeliveryStatus | None:
        """The delivery status of an order for somebody who knows its number and its e-mail address; else None."""
        return self._lookup.run(lambda db: _order_by_email(db, number, email))

    def customer(self, customer_id: str) -> Customer:
        """The customer; ShopDown if the shop doesn't know them."""
        return self._lookup.run(lambda db: _customer(db, customer_id))

    def all_of(self, row_type: type[Owned], customer_id: str) -> list[Owned]:
        """What the customer has of one kind, such as `Purchase` or `Device`, in the order of their ids."""
        return self._lookup.run(lambda db: _of_customer(db, row_type, customer_id))

    def order_card(self, customer_id: str, number: str) -> OrderCard | None:
        """The customer's own order with charges and refunds for it, and their purchases and devices; else None."""
        return self._lookup.run(lambda db: _order_card(db, customer_id, number))


def order_number(text: str) -> str | None:
    """`A-123456` for what people type for it (`a 123456`, `A–123456`, `123456`), None for all else.

    Only ASCII digits count: full-width and other digits look right but aren't the shop's.
    """
    found = ORDER_NUMBER.fullmatch(text[:64].strip().upper())
    return f"A-{found[1]}" if found else None


def _recent_orders(db: Connection, customer_id: str, limit: int) -> list[Order]:
    view = VIEWS[Order]
    newest = (view.c.placed_at.desc(), view.c.number)
    orders = rows(db, Order, view.c.customer_id == customer_id, order_by=newest, limit=limit)
    return [_complete(db, order) for order in _owned(orders, customer_id)]


def _order_of(db: Connection, customer_id: str, number: str) -> Order | None:
    view = VIEWS[Order]
    wanted = order_number(number) or NO_ORDER
    orders = rows(db, Order, view.c.number == wanted, view.c.customer_id == customer_id)
    order = _the_one(_owned(orders, customer_id), wanted)
    return order and _complete(db, order)


def _order_by_email(db: Connection, number: str, email: str) -> DeliveryStatus | None:
    wanted = order_number(number) or NO_ORDER
    order = _the_one(rows(db, Order, VIEWS[Order].c.number == wanted), wanted)
    if not _same_email(order.email if order else "", email) or order is None:
        return None
    return for_strangers(delivery_status(_complete(db, order)))


def _order_card(db: Connection, customer_id: str, number: str) -> OrderCard | None:
    order = _order_of(db, customer_id, number)
    if order is None:
        return None
    return OrderCard(
        customer=_customer(db, customer_id),
        order=order,
        charges=tuple(_of_customer(db, Charge, customer_id, order.number)),
        returns=tuple(_of_customer(db, Return, customer_id, order.number)),
        refunds=tuple(_of_customer(db, Refund, customer_id, order.number)),
        purchases=tuple(_of_customer(db, Purchase, customer_id)),
        devices=tuple(_of_customer(db, Device, customer_id)),
    )


def _customer(db: Connection, customer_id: str) -> Customer:
    [customer] = _of_customer(db, Customer, customer_id)
    return customer


def _the_one(orders: Sequence[Order], number: str) -> Order | None:
    if len(orders) > 1 or any(order.number != number for order in orders):
        raise ShopDown("another order than the one asked for")
    return orders[0] if orders else None


def _owned(found: list[Owned], customer_id: str) -> list[Owned]:
    if any(row.customer_id != customer_id for row in found):
        raise ShopDown("rows of another customer")
    return found


def _of_customer(db: Connection, row_type: type[Owned], customer_id: str, number: str | None = None) -> list[Owned]:
    view = VIEWS[row_type]
    wanted = [view.c.customer_id == customer_id]
    if number is not None:
        wanted.append(view.c.order_number == number)
    return _owned(rows(db, row_type, *wanted, order_by=[view.columns[0]]), customer_id)


def _complete(db: Connection, order: Order) -> Order:
    items, shipments = VIEWS[OrderItem], VIEWS[Shipment]
    parcels = rows(db, Shipment, shipments.c.order_number == order.number, order_by=[shipments.c.parcel])
    lines = rows(db, OrderItem, items.c.order_number == order.number, order_by=[items.c.line])
    return replace(order, items=tuple(lines), shipments=_with_scans(db, parcels))


def _with_scans(db: Connection, shipments: list[Shipment]) -> tuple[Shipment, ...]:
    view = VIEWS[Scan]
    ids = [shipment.shipment_id for shipment in shipments]
    in_order = (view.c.shipment_id, view.c.scanned_at)
    scans = rows(db, Scan, view.c.shipment_id.in_(ids), order_by=in_order) if ids else []
    of_shipment = {key: tuple(group) for key, group in groupby(scans, lambda scan: scan.shipment_id)}
    return tuple(replace(shipment, scans=of_shipment.get(shipment.shipment_id, ())) for shipment in shipments)


def _same_email(known: str, given: str) -> bool:
    same = hmac.compare_digest(_digest(known), _digest(given))
    return same and "@" in known


def _digest(email: str) -> bytes:
    """Of one length whatever the address, so that comparing takes the same time."""
    return sha256(unicodedata.normalize("NFC", email[:320]).strip().casefold().encode("utf-8", "replace")).digest()
