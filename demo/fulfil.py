"""What the demo shop does for each kind of request: the effect in its own tables, all within the caller's transaction.

| kind | subject | payload (JSON, always with `customer`) |
|---|---|---|
| restore_coins | purchase | |
| refund | charge | `cents`, and `return` (the return's id) or null |
| cancel | order | |
| return | order | `line` of the order, or null for all of it |
| refund_overdue | refund | |
| change_address | order | `address` |
| report_missing | parcel | |
| send_again | parcel | |
| cancel_subscription | subscription | |
| deliver_digital | order | |
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from demo.money import REFUND_DAYS, left_of, pay_back
from demo.parcels import send_again, why_not_again
from demo.returns import begin, why_not
from demo.schema import (
    charges,
    coin_entries,
    coin_purchases,
    library,
    order_lines,
    orders,
    parcels,
    products,
    refunds,
    requests,
    returns,
    subscriptions,
)

Result = dict[str, Any]


class Refused(Exception):
    """The shop won't do it; the text says why, in words for the customer."""


class Wish(msgspec.Struct, frozen=True):
    """The payload of a request. The customer must own the subject."""

    customer: str
    cents: int | None = None
    return_id: str | None = msgspec.field(name="return", default=None)
    address: str | None = None
    line: int | None = None


def fulfil(db: Connection, request: dict[str, Any], now: datetime) -> Result:
    """Do what was asked and answer what was done; Refused if it can't be."""
    if request["kind"] not in KINDS:
        raise Refused("The shop doesn't know this kind of request.")
    try:
        wish = msgspec.json.decode(request["payload"], type=Wish)
    except (msgspec.DecodeError, RecursionError) as bad:
        raise Refused("The request doesn't say who asks, or for what.") from bad
    return KINDS[request["kind"]](db, request, wish, now)


def _restore_coins(db: Connection, request: dict[str, Any], wish: Wish, now: datetime) -> Result:
    purchase = _own(db, coin_purchases, request["subject"], wish)
    if purchase["delivered_at"] is not None:
        raise Refused("The coins of this purchase have already arrived.")
    if _is_paid_back(db, charges.c.purchase_id == purchase["purchase_id"]):
        raise Refused("The money for this purchase has already been paid back.")
    credit = {
        "entry_id": _id("E", request),
        "customer_id": purchase["customer_id"],
        "purchase_id": purchase["purchase_id"],
        "coins": purchase["coins"],
        "entered_at": now,
    }
    db.execute(insert(coin_entries), credit)
    _change(db, coin_purchases, purchase["purchase_id"], delivered_at=now)
    return {"coins": purchase["coins"]}


def _refund(db: Connection, request: dict[str, Any], wish: Wish, now: datetime) -> Result:
    charge = _own(db, charges, request["subject"], wish)
    if charge["status"] == "failed":
        raise Refused("This charge was never taken.")
    if _was_sent_again(db, request):
        raise Refused("It has been sent again instead.")
    if wish.cents is None or not 0 < wish.cents <= left_of(db, charge):
        raise Refused("That is more than what is left of this charge." if wish.cents else "There's no amount given.")
    if wish.return_id is not None:
        _check_return(db, charge, wish.return_id)
    return pay_back(db, _id("RF", request, charge["charge_id"]), charge, wish.cents, wish.return_id, now)


def _check_return(db: Connection, charge: dict[str, Any], return_id: str) -> None:
    sent_back = db.execute(select(returns).where(returns.c.return_id == return_id)).mappings().one_or_none()
    if sent_back is None or sent_back["order_number"] != charge["order_number"]:
        raise Refused("There's no such return on this account.")
    if sent_back["status"] != "received":
        raise Refused("The parcel hasn't reached us yet.")
    if db.execute(select(refunds).where(refunds.c.return_id == return_id)).first():
        raise Refused("This return has already been paid back.")


def _refund_overdue(db: Connection, request: dict[str, Any], wish: Wish, now: datetime) -> Result:
    found = db.execute(select(refunds).where(refunds.c.refund_id == request["subject"])).mappings().one_or_none()
    _own(db, charges, found["charge_id"] if found else "", wish)
    if found is None or found["status"] == "paid":
        raise Refused("This refund has been paid.")
    _change(db, refunds, found["refund_id"], status="sent", due_at=now + timedelta(days=REFUND_DAYS), moved_at=now)
    return {"refund": found["refund_id"]}


def _cancel(db: Connection, request: dict[str, Any], wish: Wish, now: datetime) -> Result:
    order = _own(db, orders, request["subject"], wish)
    if order["status"] != "placed":
        raise Refused("The order has already left, or was cancelled before.")
    _change(db, orders, order["number"], status="cancelled", cancelled_at=now)
    db.execute(update(parcels).where(parcels.c.order_number == order["number"]).values(status="cancelled"))
    taken = select(charges).where(charges.c.order_number == order["number"], charges.c.status != "failed")
    back = [
        pay_back(db, _id("RF", request, charge["charge_id"]), charge, left_of(db, charge), None, now)
        for charge in db.execute(taken).mappings().all()
        if left_of(db, charge)
    ]
    return {"cancelled": order["number"], "cents": sum(refund["cents"] for refund in back)}


def _return(db: Connection, request: dict[str, Any], wish: Wish, now: datetime) -> Result:
    order = _own(db, orders, request["subject"], wish)
    if reason := why_not(db, order, wish.line):
        raise Refused(reason)
    return_id = _id("RT", request)
    begin(db, return_id, order, wish.line, now)
    return {"return": return_id}


def _change_address(db: Connection, request: dict[str, Any], wish: Wish, now: datetime) -> Result:
    order = _own(db, orders, request["subject"], wish)
    if order["status"] != "placed":
        raise Refused("The order has already left.")
    if not wish.address or len(wish.address) > 300:
        raise Refused("There's no address given, or it's too long.")
    _change(db, orders, order["number"], ship_to=wish.address)
    return {"address_changed": order["number"]}


def _report_missing(db: Connection, request: dict[str, Any], wish: Wish, now: datetime) -> Result:
    parcel = _parcel(db, request, wish)
    if parcel["status"] != "delivered":
        raise Refused("The parcel isn't marked as delivered.")
    if parcel["missing_reported_at"] is None:
        _change(db, parcels, parcel["shipment_id"], missing_reported_at=now)
    return {"reported": parcel["shipment_id"]}


def _send_again(db: Connection, request: dict[str, Any], wish: Wish, now: datetime) -> Result:
    parcel = _parcel(db, request, wish)
    if reason := why_not_again(parcel):
        raise Refused(reason)
    if _is_paid_back(db, charges.c.order_number == parcel["order_number"]):
        raise Refused("The money for this order has already been paid back.")
    shipment_id = _id("S", request)
    send_again(db, shipment_id, parcel, now)
    return {"parcel": shipment_id}


def _is_paid_back(db: Connection, paid_with: ColumnElement[bool]) -> bool:
    """Whether any of these charges has been paid back, or a part of it."""
    back = select(refunds.c.refund_id).join(charges, charges.c.charge_id == refunds.c.charge_id).where(paid_with)
    return db.execute(back).first() is not None


def _was_sent_again(db: Connection, request: dict[str, Any]) -> bool:
    """Whether it's for a parcel (`refund:<charge>:<parcel>`) that was made up again meanwhile."""
    again = requests.c.key == f"send_again:{request['key'].rpartition(':')[2]}"
    return db.execute(select(requests.c.key).where(again, requests.c.status == "done")).first() is not None


def _parcel(db: Connection, request: dict[str, Any], wish: Wish) -> dict[str, Any]:
    """The parcel of an order that the customer owns."""
    found = db.execute(select(parcels).where(parcels.c.shipment_id == request["subject"])).mappings().one_or_none()
    _own(db, orders, found["order_number"] if found else "", wish)
    return dict(found or {})


def _cancel_subscription(db: Connection, request: dict[str, Any], wish: Wish, now: datetime) -> Result:
    """It runs until the period that has been paid for is over."""
    subscription = _own(db, subscriptions, request["subject"], wish)
    if subscription["status"] != "active":
        raise Refused("This subscription has already been cancelled.")
    ends = {"status": "cancelled", "ended_at": subscription["renews_at"], "renews_at": None}
    _change(db, subscriptions, subscription["subscription_id"], **ends)
    return {"subscription_cancelled": subscription["subscription_id"]}


def _deliver_digital(db: Connection, request: dict[str, Any], wish: Wish, now: datetime) -> Result:
    """What is digital in the order and isn't in the library goes there."""
    order = _own(db, orders, request["subject"], wish)
    if order["status"] == "cancelled":
        raise Refused("The order was cancelled.")
    owned = select(library.c.sku).where(library.c.customer_id == order["customer_id"])
    of_order = select(order_lines.c.sku).join(products).where(order_lines.c.order_number == order["number"])
    missing = sorted(set(db.scalars(of_order.where(products.c.kind == "digital", order_lines.c.sku.not_in(owned)))))
    if not missing:
        raise Refused("Everything in this order is already in the library.")
    row = {"customer_id": order["customer_id"], "order_number": order["number"], "added_at": now}
    db.execute(insert(library), [row | {"sku": sku} for sku in missing])
    return {"added": missing}


KINDS: dict[str, Callable[[Connection, dict[str, Any], Wish, datetime], Result]] = {
    "restore_coins": _restore_coins,
    "refund": _refund,
    "cancel": _cancel,
    "return": _return,
    "refund_overdue": _refund_overdue,
    "deliver_digital": _deliver_digital,
    "change_address": _change_address,
    "report_missing": _report_missing,
    "send_again": _send_again,
    "cancel_subscription": _cancel_subscription,
}


def _own(db: Connection, table: Table, key: str, wish: Wish) -> dict[str, Any]:
    """The row with this key, locked; Refused alike if it isn't there or is another customer's."""
    [primary] = table.primary_key.columns
    row = db.execute(select(table).where(primary == key).with_for_update()).mappings().one_or_none()
    if row is None or row["customer_id"] != wish.customer:
        raise Refused("There's no such thing on this account.")
    return dict(row)


def _change(db: Connection, table: Table, key: str, **values: Any) -> None:
    [primary] = table.primary_key.columns
    db.execute(update(table).where(primary == key).values(values))


def _id(prefix: str, request: dict[str, Any], more: str = "") -> str:
    """The same for the same request, so that even a second try would be refused by the primary key."""
    return f"{prefix}-{sha256((request['key'] + more).encode()).hexdigest()[:12]}"
