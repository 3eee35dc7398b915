"""What is sent back to the demo shop, and how it and its money move on: asked, received, refund sent, refund paid.

`moved_at` is when a return or a refund moved last. Those without it stay as they are: they are the seed's cases.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from demo.money import left_of, pay_back
from demo.schema import charges, order_lines, orders, parcels, products, refunds, requests, returns

Row = dict[str, Any]


def why_not(db: Connection, order: Row, line: int | None) -> str | None:
    """Why this line of an order (None: all of it) can't be sent back, in words for the customer; None if it can."""
    wanted = [row for row in _solid_lines(db, order["number"]) if line in (None, row["line"])]
    if not wanted:
        return "There's nothing in it that could be sent back by post."
    if any(row["delivered_at"] is None for row in wanted):
        return "Only what has arrived can be sent back."
    if any(_is_paid_back(db, row["shipment_id"]) for row in wanted):
        return "Its money has gone back already."
    before = db.execute(select(returns.c.line).where(returns.c.order_number == order["number"])).scalars().all()
    if before and (line is None or None in before or line in before):
        return "It's on its way back to us already."
    return None


def begin(db: Connection, return_id: str, order: Row, line: int | None, now: datetime) -> None:
    """Expect a parcel back; check with `why_not` first."""
    sent_back = {"return_id": return_id, "order_number": order["number"], "line": line}
    db.execute(insert(returns), {**sent_back, "status": "asked", "asked_at": now, "received_at": None, "moved_at": now})


def move_next(db: Connection, now: datetime, step: timedelta) -> bool:
    """Move the return or refund that has stood still longest, for `step` at least; False if there's none."""
    for table, status, move in STEPS:
        waiting = select(table).where(table.c.status == status, table.c.moved_at <= now - step)
        first = waiting.order_by(table.c.moved_at).limit(1).with_for_update(skip_locked=True)
        if row := db.execute(first).mappings().one_or_none():
            move(db, dict(row), now)
            return True
    return False


def _receive(db: Connection, sent_back: Row, now: datetime) -> None:
    """The parcel is back; an order of which all is back counts as returned."""
    _change(db, returns, sent_back, status="received", received_at=now, moved_at=now)
    number = sent_back["order_number"]
    here = select(returns.c.line).where(returns.c.order_number == number, returns.c.status == "received")
    back = set(db.execute(here).scalars())
    if None in back or back >= {row["line"] for row in _solid_lines(db, number)}:
        db.execute(update(orders).where(orders.c.number == number).values(status="returned", returned_at=now))


def _send_money(db: Connection, sent_back: Row, now: datetime) -> None:
    """What came back is paid back once, unless somebody has seen to that already."""
    _change(db, returns, sent_back, moved_at=None)
    if db.scalar(select(func.count()).where(refunds.c.return_id == sent_back["return_id"])):
        return
    cents = price_of(db, sent_back)
    taken = (charges.c.order_number == sent_back["order_number"]) & (charges.c.status != "failed")
    paid = select(charges).where(taken).order_by(charges.c.charged_at)
    for charge in db.execute(paid.with_for_update()).mappings():
        if 0 < cents <= left_of(db, charge):
            refund_id = f"RF-{sha256(sent_back['return_id'].encode()).hexdigest()[:12]}"
            pay_back(db, refund_id, charge, cents, sent_back["return_id"], now)
            return


def _pay(db: Connection, refund: Row, now: datetime) -> None:
    _change(db, refunds, refund, status="paid", paid_at=now, moved_at=None)


STEPS: tuple[tuple[Table, str, Callable[[Connection, Row, datetime], None]], ...] = (
    (returns, "asked", _receive),
    (returns, "received", _send_money),
    (refunds, "sent", _pay),
)


def _is_paid_back(db: Connection, shipment_id: str) -> bool:
    """Whether the money for this parcel went back when it was lost or late (`refund:<charge>:<parcel>`)."""
    for_parcel = requests.c.key.endswith(f":{shipment_id}", autoescape=True) & (requests.c.kind == "refund")
    return db.scalar(select(func.count()).where(for_parcel, requests.c.status == "done")) > 0


def price_of(db: Connection, sent_back: Row) -> int:
    """What the goods of a return cost, in cents; postage isn't paid back."""
    lines = _solid_lines(db, sent_back["order_number"])
    chosen = [row for row in lines if sent_back["line"] in (None, row["line"])]
    return sum(row["quantity"] * row["unit_cents"] for row in chosen)


def _solid_lines(db: Connection, number: str) -> list[Row]:
    """The order's lines that go by post, with the time when they arrived."""
    query = (
        select(order_lines, parcels.c.delivered_at)
        .join(products, products.c.sku == order_lines.c.sku)
        .outerjoin(parcels, parcels.c.shipment_id == order_lines.c.shipment_id)
        .where(order_lines.c.order_number == number, products.c.kind != "digital")
    )
    return [dict(row) for row in db.execute(query).mappings()]


def _change(db: Connection, table: Table, row: Row, **values: Any) -> None:
    [primary] = table.primary_key.columns
    db.execute(update(table).where(primary == row[primary.name]).values(values))
