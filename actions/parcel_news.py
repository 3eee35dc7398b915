"""What there is to tell of a parcel: derived from the carrier's facts and today's date, without any words."""

from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from actions.shop_delivery import Parcel
from actions.shop_rows import Order, Shipment
from actions.shop_statuses import DelayReason, OrderStatus, ShipmentStatus


class News(StrEnum):
    """How a parcel fares. `NOT_SENT` should have been sent by now, `CAME_BACK` went back to the shop undelivered."""

    PROCESSING = "processing"
    NOT_SENT = "not_sent"
    ON_THE_WAY = "on_the_way"
    LATE = "late"
    LATE_NO_DATE = "late_no_date"
    LATE_WEATHER = "late_weather"
    LOST = "lost"
    DELIVERED = "delivered"
    MISSING = "delivered_missing"
    CAME_BACK = "came_back"
    CANCELLED = "cancelled"


SETTLED = {
    ShipmentStatus.DELIVERED: News.DELIVERED,
    ShipmentStatus.LOST: News.LOST,
    ShipmentStatus.RETURNED: News.CAME_BACK,
    ShipmentStatus.CANCELLED: News.CANCELLED,
}


LATE = frozenset({News.LATE, News.LATE_NO_DATE, News.LATE_WEATHER})


def news_of(parcel: Parcel | Shipment, now: datetime, zone: tzinfo) -> News:
    """The news of a parcel; one that was reported as missing is missing, whatever the scans say."""
    if parcel.status is ShipmentStatus.DELIVERED and parcel.missing_reported_at:
        return News.MISSING
    if parcel.status in SETTLED:
        return SETTLED[parcel.status]
    coming = arrival(parcel, now, zone)
    if parcel.status is ShipmentStatus.PREPARING:
        return News.PROCESSING if coming else News.NOT_SENT
    if coming is None:
        return News.LATE_NO_DATE
    if coming.astimezone(zone).date() <= parcel.promised_at.astimezone(zone).date():
        return News.ON_THE_WAY
    return News.LATE_WEATHER if parcel.delay_reason is DelayReason.WEATHER else News.LATE


def arrival(parcel: Parcel | Shipment, now: datetime, zone: tzinfo) -> datetime | None:
    """When the parcel should come: the carrier's estimate, else the day promised; None if both days are over."""
    today = now.astimezone(zone).date()
    days = (day for day in (parcel.expected_at, parcel.promised_at) if day)
    return next((day for day in days if day.astimezone(zone).date() >= today), None)


def day_after(start: datetime, days: int, zone: tzinfo) -> datetime:
    """The day that many days after that of `start`, where the shop is: its noon."""
    return datetime.combine(start.astimezone(zone).date() + timedelta(days=days), time(12), zone)


def is_over(day: datetime, now: datetime, zone: tzinfo) -> bool:
    """Whether this day has gone by, where the shop is."""
    return now.astimezone(zone).date() > day.astimezone(zone).date()


def has_left(order: Order) -> bool:
    """Whether anything of the order was handed to a carrier, so that it can't be stopped or sent elsewhere."""
    waiting = {ShipmentStatus.PREPARING, ShipmentStatus.CANCELLED}
    left = any(shipment.status not in waiting for shipment in order.shipments)
    return left or order.status in (OrderStatus.SHIPPED, OrderStatus.DELIVERED)
