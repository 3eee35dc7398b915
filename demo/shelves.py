"""What the demo shop's pages show, read from its own tables."""

from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, select

from demo.schema import (
    charges,
    coin_purchases,
    customers,
    library,
    order_lines,
    orders,
    parcel_scans,
    parcels,
    products,
    refunds,
    returns,
)

Row = dict[str, Any]


class Shelves:
    """Reads for the pages. One person's orders are reached through that person only."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def products(self) -> list[Row]:
        """All that is sold."""
        with self._engine.connect() as db:
            return _all(db, select(products).order_by(products.c.sku))

    def customer(self, customer_id: str | None) -> Row | None:
        """The customer with this id."""
        with self._engine.connect() as db:
            return _one(db, select(customers).where(customers.c.customer_id == customer_id))

    def orders_of(self, customer_id: str) -> list[Row]:
        """The customer's orders with their lines, newest first."""
        query = select(orders).where(orders.c.customer_id == customer_id).order_by(orders.c.placed_at.desc())
        with self._engine.connect() as db:
            return [order | {"lines": _lines(db, order["number"])} for order in _all(db, query)]

    def order_of(self, customer_id: str, number: str) -> Row | None:
        """One order of the customer with lines, parcels, scans and money; None for any other."""
        query = select(orders).where(orders.c.number == number, orders.c.customer_id == customer_id)
        with self._engine.connect() as db:
            order = _one(db, query)
            return order and order | _details(db, number)

    def coins_of(self, customer_id: str) -> list[Row]:
        """The customer's coin purchases, newest first."""
        query = select(coin_purchases).where(coin_purchases.c.customer_id == customer_id)
        with self._engine.connect() as db:
            return _all(db, query.order_by(coin_purchases.c.bought_at.desc()))

    def library_of(self, customer_id: str) -> list[Row]:
        """The customer's e-books, newest first."""
        query = select(library, products.c.title, products.c.picture).join(products)
        with self._engine.connect() as db:
            return _all(db, query.where(library.c.customer_id == customer_id).order_by(library.c.added_at.desc()))


def _details(db: Connection, number: str) -> Row:
    paid_back = select(refunds).join(charges, charges.c.charge_id == refunds.c.charge_id)
    return {
        "lines": _lines(db, number),
        "parcels": [parcel | {"scans": _scans(db, parcel)} for parcel in _of_order(db, parcels, number, "parcel")],
        "returns": _of_order(db, returns, number, "asked_at"),
        "charges": _of_order(db, charges, number, "charged_at"),
        "refunds": _all(db, paid_back.where(charges.c.order_number == number).order_by(refunds.c.asked_at)),
    }


def _of_order(db: Connection, table: Table, number: str, order_by: str) -> list[Row]:
    return _all(db, select(table).where(table.c.order_number == number).order_by(table.c[order_by]))


def _lines(db: Connection, number: str) -> list[Row]:
    query = select(order_lines, products.c.title, products.c.picture, products.c.kind).join(products)
    return _all(db, query.where(order_lines.c.order_number == number).order_by(order_lines.c.line))


def _scans(db: Connection, parcel: Row) -> list[Row]:
    query = select(parcel_scans).where(parcel_scans.c.shipment_id == parcel["shipment_id"])
    return _all(db, query.order_by(parcel_scans.c.scanned_at.desc()))


def _all(db: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in db.execute(query).mappings()]


def _one(db: Connection, query: Select[Any]) -> Row | None:
    rows = _all(db, query)
    return rows[0] if rows else None
