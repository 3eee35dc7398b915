"""The words in which the shop says how far a thing is: the values its views may hold."""

from enum import StrEnum


class OrderStatus(StrEnum):
    """How far an order is as a whole."""

    PLACED = "placed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"


OPEN_ORDERS = frozenset({OrderStatus.PLACED, OrderStatus.SHIPPED})
"""Of an order that hasn't come yet."""


class ShipmentStatus(StrEnum):
    """How far one parcel is; `preparing` until the carrier has it."""

    PREPARING = "preparing"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    LOST = "lost"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class ScanKind(StrEnum):
    """What the carrier did when it scanned a parcel."""

    COLLECTED = "collected"
    ARRIVED = "arrived"
    LEFT = "left"
    DELAYED = "delayed"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    RETURNED = "returned"


class DelayReason(StrEnum):
    """Why a parcel is late, where the carrier said so."""

    WEATHER = "weather"
    CARRIER = "carrier"
    CUSTOMS = "customs"
    ADDRESS = "address"


class ItemKind(StrEnum):
    """What was ordered; only `goods` and `device` travel in parcels."""

    GOODS = "goods"
    DEVICE = "device"
    DIGITAL = "digital"


class ChargeStatus(StrEnum):
    """`pending` is reserved on the card, `settled` is taken from it."""

    PENDING = "pending"
    SETTLED = "settled"
    FAILED = "failed"


class ReturnStatus(StrEnum):
    """`asked` until what is sent back has reached the shop."""

    ASKED = "asked"
    RECEIVED = "received"


class RefundStatus(StrEnum):
    """`asked` by the customer, `sent` to the bank, `paid` by the bank."""

    ASKED = "asked"
    SENT = "sent"
    PAID = "paid"


class PurchaseStatus(StrEnum):
    """Whether what was bought in the app arrived there."""

    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    REFUNDED = "refunded"


class SubscriptionStatus(StrEnum):
    """Whether it renews; a cancelled one may still run until its `ended_at`."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


class Period(StrEnum):
    """How often a subscription is paid."""

    MONTH = "month"
    YEAR = "year"


class DeviceStatus(StrEnum):
    """Whether a device may be used with the account."""

    ACTIVE = "active"
    LOST = "lost"
    REMOVED = "removed"


class ContentKind(StrEnum):
    """What a digital thing is to its owner."""

    BOOK = "book"
    AUDIOBOOK = "audiobook"
    FILM = "film"
    MUSIC = "music"
    GAME = "game"
    OTHER = "other"
