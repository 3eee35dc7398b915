"""What the shop's views hold: one frozen dataclass for each view, its fields named like the view's columns.

A shop offers these views in the database that `SHOP_DATABASE_URL` names; a field of type `X | None` may be NULL.
Money is whole cents (the currency's smallest unit) beside a three-letter currency. Times are `timestamptz`, or text in
ISO 8601; a time without an offset is UTC. Statuses and kinds are the words of `actions.shop_statuses`. Whatever doesn't
fit is refused by `actions.shop_reading`, so that nothing beyond this file meets a surprise.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from actions.shop_statuses import (
    ChargeStatus,
    ContentKind,
    DelayReason,
    DeviceStatus,
    ItemKind,
    OrderStatus,
    Period,
    PurchaseStatus,
    RefundStatus,
    ReturnStatus,
    ScanKind,
    ShipmentStatus,
    SubscriptionStatus,
)

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Line = Annotated[str, Meta(max_length=500)]
Cents = Annotated[int, Meta(ge=0, le=10**12)]
Currency = Annotated[str, Meta(pattern=r"\A[A-Z]{3}\Z")]
Count = Annotated[int, Meta(ge=0, le=10**9)]
Time = Annotated[datetime, Meta(tz=True)]


@dataclass(frozen=True)
class Customer:
    """`baton_customers`: a person with an account; `customer_id` is the `sub` of the shop's identity tokens."""

    customer_id: Id
    name: Line
    email: Line
    joined_at: Time


@dataclass(frozen=True)
class OrderItem:
    """`baton_order_items`: one line of an order; `shipment_id` names the parcel it travels in, if there's one yet."""

    order_number: Id
    line: Count
    sku: Id
    title: Line
    quantity: Count
    unit_cents: Cents
    kind: ItemKind
    shipment_id: Id | None


@dataclass(frozen=True)
class Scan:
    """`baton_scans`: one scan by the carrier, `detail` in the carrier's words."""

    shipment_id: Id
    scanned_at: Time
    kind: ScanKind
    detail: Line
    place: Line | None


@dataclass(frozen=True)
class Shipment:
    """`baton_shipments`: one parcel, numbered within its order from 1.

    `promised_at` is the end of the day first promised to the customer; `expected_at` the carrier's newest estimate
    (NULL: none); `missing_reported_at` when the customer told the shop that a parcel marked as delivered isn't there.
    """

    shipment_id: Id
    order_number: Id
    parcel: Count
    carrier: Line
    tracking_number: Line | None
    status: ShipmentStatus
    shipped_at: Time | None
    promised_at: Time
    expected_at: Time | None
    delivered_at: Time | None
    delay_reason: DelayReason | None
    missing_reported_at: Time | None
    scans: tuple[Scan, ...] = ()


@dataclass(frozen=True)
class Order:
    """`baton_orders`: an order; `email` is the one given with it, the second proof of an anonymous customer."""

    number: Id
    customer_id: Id
    email: Line
    status: OrderStatus
    currency: Currency
    total_cents: Cents
    placed_at: Time
    cancelled_at: Time | None
    returned_at: Time | None
    ship_to: Line | None
    items: tuple[OrderItem, ...] = ()
    shipments: tuple[Shipment, ...] = ()


@dataclass(frozen=True)
class Charge:
    """`baton_charges`: money taken for an order, for a purchase in the app, or for a period of a subscription.

    `subscription_id` is NULL everywhere in a shop without subscriptions.
    """

    charge_id: Id
    customer_id: Id
    order_number: Id | None
    purchase_id: Id | None
    description: Line
    amount_cents: Cents
    currency: Currency
    status: ChargeStatus
    charged_at: Time
    card_last4: Annotated[str, Meta(pattern=r"\A[0-9]{4}\Z")] | None
    subscription_id: Id | None = None


@dataclass(frozen=True)
class Return:
    """`baton_returns`: something that the customer sends back; `line` is the order's line, NULL the whole order."""

    return_id: Id
    order_number: Id
    customer_id: Id
    line: Count | None
    status: ReturnStatus
    asked_at: Time
    received_at: Time | None


@dataclass(frozen=True)
class Refund:
    """`baton_refunds`: money going back for a charge; `due_at` is when it should be paid at the latest."""

    refund_id: Id
    charge_id: Id
    customer_id: Id
    order_number: Id | None
    return_id: Id | None
    amount_cents: Cents
    currency: Currency
    status: RefundStatus
    asked_at: Time
    due_at: Time
    paid_at: Time | None


@dataclass(frozen=True)
class Purchase:
    """`baton_purchases`: something bought inside an app, such as coins."""

    purchase_id: Id
    customer_id: Id
    app: Line
    title: Line
    coins: Count
    coins_delivered: Count
    amount_cents: Cents
    currency: Currency
    status: PurchaseStatus
    bought_at: Time
    delivered_at: Time | None


@dataclass(frozen=True)
class Subscription:
    """`baton_subscriptions`: something paid anew each period. An active one has `renews_at`, the next time.

    A cancelled one has `ended_at`, which may be to come: the end of what has been paid for.
    """

    subscription_id: Id
    customer_id: Id
    title: Line
    amount_cents: Cents
    currency: Currency
    period: Period
    status: SubscriptionStatus
    started_at: Time
    renews_at: Time | None
    ended_at: Time | None


@dataclass(frozen=True)
class Device:
    """`baton_devices`: a reader or another device registered to the customer; `order_number` is NULL for a gift."""

    device_id: Id
    customer_id: Id
    order_number: Id | None
    model: Line
    name: Line
    software: Line
    status: DeviceStatus
    registered_at: Time
    last_seen_at: Time | None


@dataclass(frozen=True)
class LibraryItem:
    """`baton_library`: a digital thing, such as a book, that the customer owns; `order_number` is NULL for a gift."""

    customer_id: Id
    sku: Id
    title: Line
    kind: ContentKind
    order_number: Id | None
    added_at: Time
