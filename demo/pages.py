"""Renders the demo shop's pages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
ORDER_WORDS = {
    "placed": "Being packed",
    "shipped": "On its way",
    "delivered": "Delivered",
    "cancelled": "Cancelled",
    "returned": "Returned",
}
PARCEL_WORDS = {
    "preparing": "Being packed",
    "in_transit": "On its way",
    "out_for_delivery": "Out for delivery",
    "delivered": "Delivered",
    "lost": "Lost by the carrier",
    "returned": "Sent back to us",
    "cancelled": "Cancelled",
}
RETURN_WORDS = {"asked": "a label is in your e-mail", "received": "has reached us"}
REFUND_WORDS = {"asked": "asked for", "sent": "on its way to your bank", "paid": "paid"}


def page_templates() -> Environment:
    """The templates; everything put into them is escaped."""
    templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    templates.filters.update(money=money, day=day, moment=moment, iso=iso)
    words: dict[str, Any] = {"order_words": ORDER_WORDS, "parcel_words": PARCEL_WORDS}
    words |= {"return_words": RETURN_WORDS, "refund_words": REFUND_WORDS}
    templates.globals.update(words)
    return templates


def money(cents: int) -> str:
    """£24.50."""
    return f"£{cents // 100}.{cents % 100:02d}"


def day(when: datetime) -> str:
    """Friday 5 June."""
    return f"{when:%A} {when.day} {when:%B}"


def moment(when: datetime) -> str:
    """Friday 5 June, 18:40."""
    return f"{day(when)}, {when:%H:%M}"


def iso(when: datetime) -> str:
    """For machines; the tables hold UTC."""
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).isoformat()
