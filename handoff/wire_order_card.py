"""The order card beside a conversation, as it travels to the rep's console."""

from datetime import datetime

from handoff.wire_base import Wire


class CardItem(Wire, frozen=True, kw_only=True):
    title: str
    quantity: int
    price_cents: int


class CardScan(Wire, frozen=True, kw_only=True):
    at: datetime
    place: str
    words: str


class CardShipment(Wire, frozen=True, kw_only=True):
    """A parcel; `expected_at` is the newest estimate, None where there is none."""

    carrier: str
    tracking_number: str
    status: str
    promised_at: datetime
    expected_at: datetime | None
    delivered_at: datetime | None
    scans: list[CardScan]


class CardMoney(Wire, frozen=True, kw_only=True):
    """A charge, return, refund or purchase; cents of `currency`."""

    what: str
    cents: int
    currency: str
    at: datetime
    status: str


class OrderCard(Wire, frozen=True, kw_only=True):
    """What the shop knows about an order, for the rep; `recent` are the customer's other order numbers.

    `missing` is the order that was asked for, if it isn't on this customer's account: then this is their newest.
    """

    number: str
    status: str
    placed_at: datetime
    total_cents: int
    currency: str
    items: list[CardItem]
    shipments: list[CardShipment]
    charges: list[CardMoney]
    returns: list[CardMoney]
    refunds: list[CardMoney]
    purchases: list[CardMoney]
    recent: list[str]
    missing: str | None = None


class OrderShown(Wire, frozen=True, kw_only=True):
    """The card of a customer's order; without one, `why` says so in words: that there is none is no failure."""

    card: OrderCard | None = None
    why: str | None = None
