"""What of an order can be sent back, until when, and for how much: reckoned from the shop's facts, without words."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from actions.shop import Order, OrderItem, Return
from actions.shop_statuses import ItemKind


class Standing(StrEnum):
    """Whether a line of an order can be sent back, and why not."""

    OPEN = "open"
    TOO_LATE = "too_late"
    NOT_HERE = "not_here"
    GOING_BACK = "going_back"
    DIGITAL = "digital"


def standing(
    order: Order, item: OrderItem, returns: Sequence[Return], now: datetime, zone: tzinfo, within_days: int
) -> Standing:
    """Whether the shop takes this line back today; `returns` are those of the order."""
    if item.kind is ItemKind.DIGITAL:
        return Standing.DIGITAL
    if any(sent.line in (None, item.line) for sent in returns):
        return Standing.GOING_BACK
    arrived = arrived_at(order, item)
    if arrived is None:
        return Standing.NOT_HERE
    is_over = now.astimezone(zone).date() > last_day(arrived, zone, within_days).date()
    return Standing.TOO_LATE if is_over else Standing.OPEN


def last_day(since: datetime, zone: tzinfo, days: int) -> datetime:
    """The last of so many calendar days, where the shop's days begin in `zone`."""
    return since.astimezone(zone) + timedelta(days=days)


def arrived_at(order: Order, item: OrderItem) -> datetime | None:
    """When the parcel with this line arrived; None if it hasn't, or if nobody knows which parcel that is."""
    parcels = [parcel for parcel in order.shipments if item.shipment_id in (None, parcel.shipment_id)]
    times = [parcel.delivered_at for parcel in parcels]
    return max((time for time in times if time), default=None) if all(times) else None


def solid(order: Order) -> list[OrderItem]:
    """The lines that go by post."""
    return [item for item in order.items if item.kind is not ItemKind.DIGITAL]


def sent_items(order: Order, sent: Return) -> list[OrderItem]:
    """The lines that a return is about."""
    return [item for item in solid(order) if sent.line in (None, item.line)]


def price(items: Iterable[OrderItem]) -> int:
    """What these lines cost, in cents: what a return pays back."""
    return sum(item.quantity * item.unit_cents for item in items)
