"""Parcels in the demo shop that went astray: looked for, or made up again."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from demo.schema import order_lines, parcels

DAYS_TO_DELIVER = 4


def why_not_again(parcel: dict[str, Any]) -> str | None:
    """Why this parcel can't be sent again, in words for the customer; None if it can."""
    if parcel["status"] == "delivered" and parcel["missing_reported_at"] is None:
        return "The parcel has been delivered."
    if parcel["status"] in ("cancelled", "preparing"):
        return "The parcel hasn't been sent yet, or was called off."
    return None


def send_again(db: Connection, shipment_id: str, lost: dict[str, Any], now: datetime) -> None:
    """Make up a new parcel of this id with what was in the lost one, which no longer counts."""
    of_order = parcels.c.order_number == lost["order_number"]
    number = db.scalar(select(func.max(parcels.c.parcel)).where(of_order)) or 0
    day = now.replace(hour=23, minute=59, second=0, microsecond=0) + timedelta(days=DAYS_TO_DELIVER)
    new = {
        "shipment_id": shipment_id,
        "order_number": lost["order_number"],
        "parcel": number + 1,
        "carrier": lost["carrier"],
        "status": "preparing",
        "promised_at": day,
        "expected_at": day,
    }
    db.execute(insert(parcels), new)
    inside = order_lines.c.shipment_id == lost["shipment_id"]
    db.execute(update(order_lines).where(inside).values(shipment_id=shipment_id))
    db.execute(update(parcels).where(parcels.c.shipment_id == lost["shipment_id"]).values(status="cancelled"))
