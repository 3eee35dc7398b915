"""Checks a shop's database against what Baton reads and writes there: `python -m actions check-shop`.

Nothing is changed: the request that it tries to write is taken back. Each thing that's wrong is one line that says what
to do; docs/connect-your-shop.md has the views and the table in full.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, column, exists, func, insert, literal_column, select, table
from sqlalchemy.exc import SQLAlchemyError

from actions.requests import REQUESTS
from actions.shop_lookup import Lookup, ShopDown
from actions.shop_reading import read_row
from actions.shop_views import NAMES, VIEWS, column_names

LOOKED_AT = 500
"""Rows of each view that are read in full."""
TRIED = {"key": "check-shop:nothing", "kind": "check-shop", "subject": "nothing", "payload": "{}"}
BELONGS = (
    ("baton_order_items", "order_number", "baton_orders", "number"),
    ("baton_shipments", "order_number", "baton_orders", "number"),
    ("baton_scans", "shipment_id", "baton_shipments", "shipment_id"),
    ("baton_orders", "customer_id", "baton_customers", "customer_id"),
    ("baton_refunds", "charge_id", "baton_charges", "charge_id"),
)
"""Column of a view → the view and column where its value has to be found."""


class CheckedShop:
    """A shop's database under check; `url` is its SQLAlchemy address, `seconds` the time for each question."""

    def __init__(self, url: str, seconds: float = 30.0) -> None:
        self._reading, self._writing = Lookup(url, seconds), Lookup(url, seconds, writing=True)

    def close(self) -> None:
        """Give the connections back."""
        self._reading.close()
        self._writing.close()

    def faults(self) -> list[str]:
        """What's missing or doesn't fit, a line each; an empty list means that Baton can work with this shop."""
        try:
            self._reading.run(lambda db: db.execute(select(literal_column("1"))).all())
        except ShopDown as down:
            return [f"The database can't be reached: {_cause(down)}"]
        broken = [fault for row_type in VIEWS for fault in self._view_faults(row_type)]
        return broken + ([] if broken else list(self._strays())) + list(self._request_faults())

    def _view_faults(self, row_type: type[Any]) -> Iterator[str]:
        name, missing = NAMES[row_type], []
        for wanted in column_names(row_type):
            if not self._works(select(column(wanted)).select_from(table(name)).limit(0)):
                missing.append(wanted)
        if len(missing) == len(column_names(row_type)):
            yield f"{name}: there is no such view, or this user may not read it."
        elif missing:
            yield f"{name}: these columns are missing: {', '.join(missing)}."
        else:
            yield from self._row_faults(row_type)

    def _row_faults(self, row_type: type[Any]) -> Iterator[str]:
        for row in self._reading.run(lambda db: _some_rows(db, row_type)):
            try:
                read_row(row_type, row)
            except (ValueError, TypeError) as wrong:
                first = next(iter(row.values()))
                yield f"{NAMES[row_type]}: the row {first!r} doesn't fit: {wrong}"
                return

    def _strays(self) -> Iterator[str]:
        for view, link, other, key in BELONGS:
            stray = self._reading.run(partial(_first_stray, view=view, link=link, other=other, key=key))
            if stray is not None:
                yield f"{view}: {link} {stray!r} isn't in {other}.{key}."

    def _request_faults(self) -> Iterator[str]:
        try:
            self._writing.run(_try_request)
        except ShopDown as down:
            yield f"baton_requests: a request can't be written: {_cause(down)}"

    def _works(self, query: Any) -> bool:
        try:
            self._reading.run(lambda db: db.execute(query).all())
        except ShopDown:
            return False
        return True


def report(url: str) -> int:
    """Print what's wrong with the shop at this address; the number of faults, at most 100."""
    shop = CheckedShop(url)
    try:
        faults = shop.faults()
    finally:
        shop.close()
    for fault in faults:
        print(f"- {fault}")  # noqa: T201
    print(_summary(faults))  # noqa: T201
    return min(len(faults), 100)


def _summary(faults: list[str]) -> str:
    if not faults:
        return f"This shop has all that Baton needs: {len(VIEWS)} views and the table baton_requests."
    return f"{len(faults)} to mend; docs/connect-your-shop.md says what each view and column must hold."


def _some_rows(db: Connection, row_type: type[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in db.execute(select(VIEWS[row_type]).limit(LOOKED_AT)).mappings()]


def _first_stray(db: Connection, view: str, link: str, other: str, key: str) -> Any:
    """The first value of the column that isn't found where it belongs."""
    here, there = table(view, column(link)), table(other, column(key))
    found: ColumnElement[bool] = exists().where(there.c[key] == here.c[link])
    return db.execute(select(here.c[link]).where(here.c[link].is_not(None), ~found).limit(1)).scalar()


def _try_request(db: Connection) -> None:
    """Write a request, see that its key can't be taken twice, and take it back."""
    with db.begin_nested() as attempt:
        db.execute(insert(REQUESTS).values(TRIED))
        row = db.execute(select(REQUESTS).where(REQUESTS.c.key == TRIED["key"])).mappings().one()
        if row["status"] != "asked" or row["asked_at"] is None:
            raise ValueError("a new row needs status 'asked' and asked_at by default")
        if _can_be_repeated(db):
            raise ValueError("key must be unique")
        attempt.rollback()


def _can_be_repeated(db: Connection) -> bool:
    try:
        with db.begin_nested():
            db.execute(insert(REQUESTS).values(TRIED))
    except SQLAlchemyError:
        return False
    return db.execute(select(func.count()).where(REQUESTS.c.key == TRIED["key"])).scalar_one() > 1


def _cause(down: ShopDown) -> str:
    cause = down.__cause__
    return str(getattr(cause, "orig", cause) or down).splitlines()[0]
