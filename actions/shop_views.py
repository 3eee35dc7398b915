"""The shop's views as tables to select from, built from the dataclasses that they are read into."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, column, select, table

from actions.shop_reading import Row, read_row
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

NAMES: dict[type, str] = {
    Customer: "baton_customers",
    Order: "baton_orders",
    OrderItem: "baton_order_items",
    Shipment: "baton_shipments",
    Scan: "baton_scans",
    Charge: "baton_charges",
    Return: "baton_returns",
    Refund: "baton_refunds",
    Purchase: "baton_purchases",
    Subscription: "baton_subscriptions",
    Device: "baton_devices",
    LibraryItem: "baton_library",
}
LOADED_APART = {"items", "shipments", "scans"}
MOST_ROWS = 500


def column_names(row_type: type) -> list[str]:
    """The columns that the view of this class has, in the order of its fields."""
    return [field.name for field in fields(row_type) if field.name not in LOADED_APART]


VIEWS: dict[type, FromClause] = {
    row_type: table(name, *(column(field) for field in column_names(row_type))) for row_type, name in NAMES.items()
}


def rows(
    db: Connection,
    row_type: type[Row],
    *wanted: ColumnElement[bool],
    order_by: Iterable[ColumnElement[Any]] = (),
    limit: int = MOST_ROWS,
) -> list[Row]:
    """The view's rows that fulfil all of `wanted` as dataclasses; ValueError for one that doesn't fit."""
    query: Select[Any] = select(VIEWS[row_type]).where(*wanted).order_by(*order_by).limit(limit)
    return [read_row(row_type, dict(row)) for row in db.execute(query).mappings()]
