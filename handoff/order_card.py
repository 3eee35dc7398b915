"""The order card beside a conversation: what the shop knows, asked in a thread and given up after three seconds."""

import asyncio
from datetime import datetime

from actions.shop import Order, OrderCard, Return, Shipment, Shop, ShopDown
from handoff import wire_order_card
from handoff.errors import ShopUnavailable

SECONDS = 3.5  # the shop's own limit is 3 s; this one is for a thread that doesn't come back


async def order_shown(shop: Shop, customer_sub: str | None, number: str | None) -> wire_order_card.OrderShown:
    """The card of a verified customer's order: their newest if `number` is None or isn't theirs.

    Why there's none if they aren't signed in or have none; ShopUnavailable if the shop doesn't answer.
    """
    if customer_sub is None:
        return wire_order_card.OrderShown(why="The customer isn't signed in at the shop, so their orders aren't shown.")
    try:
        async with asyncio.timeout(SECONDS):
            return await asyncio.to_thread(_card, shop, customer_sub, number)
    except (ShopDown, TimeoutError) as error:
        raise ShopUnavailable(retry_after=5) from error


def _card(shop: Shop, customer_sub: str, number: str | None) -> wire_order_card.OrderShown:
    recent = [order.number for order in shop.recent_orders(customer_sub, limit=10)]
    named = shop.order_card(customer_sub, number) if number else None
    found = named or (shop.order_card(customer_sub, recent[0]) if recent else None)
    if found is None:
        return wire_order_card.OrderShown(why="This customer has no orders.")
    return wire_order_card.OrderShown(card=_as_wire(found, recent, missing=None if named else number))


def _as_wire(found: OrderCard, recent: list[str], missing: str | None) -> wire_order_card.OrderCard:
    order = found.order
    return wire_order_card.OrderCard(
        number=order.number,
        status=order.status,
        placed_at=order.placed_at,
        total_cents=order.total_cents,
        currency=order.currency,
        items=[
            wire_order_card.CardItem(title=line.title, quantity=line.quantity, price_cents=line.unit_cents)
            for line in order.items
        ],
        shipments=[_shipment(parcel) for parcel in order.shipments],
        charges=[_money(c.description, c.amount_cents, c.currency, c.charged_at, c.status) for c in found.charges],
        returns=[_return(found.order, sent) for sent in found.returns],
        refunds=[_money("Refund", r.amount_cents, r.currency, r.paid_at or r.due_at, r.status) for r in found.refunds],
        purchases=[_money(p.title, p.amount_cents, p.currency, p.bought_at, p.status) for p in found.purchases],
        recent=recent,
        missing=missing,
    )


def _shipment(parcel: Shipment) -> wire_order_card.CardShipment:
    return wire_order_card.CardShipment(
        carrier=parcel.carrier,
        tracking_number=parcel.tracking_number or "",
        status=parcel.status,
        promised_at=parcel.promised_at,
        expected_at=parcel.expected_at,
        delivered_at=parcel.delivered_at,
        scans=[
            wire_order_card.CardScan(at=scan.scanned_at, place=scan.place or "", words=scan.detail)
            for scan in parcel.scans
        ],
    )


def _return(order: Order, sent: Return) -> wire_order_card.CardMoney:
    """What is sent back, and what it cost: a line, or all that goes by post."""
    items = [item for item in order.items if item.kind != "digital" and sent.line in (None, item.line)]
    cents = sum(item.quantity * item.unit_cents for item in items)
    at = sent.received_at or sent.asked_at
    return _money(", ".join(item.title for item in items), cents, order.currency, at, sent.status)


def _money(what: str, cents: int, currency: str, at: datetime, status: str) -> wire_order_card.CardMoney:
    return wire_order_card.CardMoney(what=what, cents=cents, currency=currency, at=at, status=status)
