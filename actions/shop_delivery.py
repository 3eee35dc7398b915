"""How an order travels, apart from who ordered it and what it cost: all that may be told of its way."""

from dataclasses import dataclass, replace

from actions.shop_rows import Order, Scan, Shipment, Time
from actions.shop_statuses import DelayReason, OrderStatus, ShipmentStatus


@dataclass(frozen=True)
class Parcel:
    """Where one parcel is. `titles` (what's in it) and the scan's place are left out for anonymous people."""

    parcel: int
    status: ShipmentStatus
    carrier: str
    shipped_at: Time | None
    promised_at: Time
    expected_at: Time | None
    delivered_at: Time | None
    delay_reason: DelayReason | None
    missing_reported_at: Time | None
    last_scan: Scan | None
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeliveryStatus:
    """What may be told of an order's way: no name, no address, no e-mail, no money."""

    number: str
    status: OrderStatus
    placed_at: Time
    cancelled_at: Time | None
    returned_at: Time | None
    parcels: tuple[Parcel, ...]


def delivery_status(order: Order) -> DeliveryStatus:
    """An order's way with places and contents, as its owner may hear it."""
    parcels = tuple(_parcel(order, shipment) for shipment in order.shipments)
    return DeliveryStatus(order.number, order.status, order.placed_at, order.cancelled_at, order.returned_at, parcels)


def _parcel(order: Order, shipment: Shipment) -> Parcel:
    return Parcel(
        parcel=shipment.parcel,
        status=shipment.status,
        carrier=shipment.carrier,
        shipped_at=shipment.shipped_at,
        promised_at=shipment.promised_at,
        expected_at=shipment.expected_at,
        delivered_at=shipment.delivered_at,
        delay_reason=shipment.delay_reason,
        missing_reported_at=shipment.missing_reported_at,
        last_scan=shipment.scans[-1] if shipment.scans else None,
        titles=tuple(item.title for item in order.items if item.shipment_id == shipment.shipment_id),
    )


def for_strangers(status: DeliveryStatus) -> DeliveryStatus:
    """The same without places, contents and reports: what somebody with number and e-mail address may hear."""
    return replace(status, parcels=tuple(_without_places(parcel) for parcel in status.parcels))


def _without_places(parcel: Parcel) -> Parcel:
    scan = parcel.last_scan and replace(parcel.last_scan, place=None, detail="")
    return replace(parcel, last_scan=scan, titles=(), missing_reported_at=None)
