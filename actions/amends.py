"""A lost parcel, or one that is far too late: the customer may have it sent again or have the money back, not both."""

from dataclasses import dataclass
from datetime import datetime

from actions.parcel_news import LATE, News, day_after, is_over, news_of
from actions.paying_back import refund_key
from actions.request_news import tell_request
from actions.requests import Request
from actions.shop import Charge, Order, OrderCard, Parcel, Shipment
from actions.shop_statuses import ChargeStatus, ItemKind
from actions.turn import Turn
from actions.words import days_count
from actions.workplace import Workplace, look_up


@dataclass(frozen=True)
class Payback:
    """What the parcel cost, and the charge that it was paid with."""

    charge_id: str
    cents: int
    currency: str


def may_choose(turn: Turn, parcel: Parcel | Shipment, news: News | None = None) -> bool:
    """Whether the shop's rules let the customer choose for this parcel already."""
    news = news or news_of(parcel, turn.now, turn.zone)
    if news is News.LOST:
        return True
    last_day_to_wait = day_after(parcel.promised_at, turn.policy.late.refund_after_days - 1, turn.zone)
    return news in LATE and is_over(last_day_to_wait, turn.now, turn.zone)


async def offer_amends(workplace: Workplace, turn: Turn, order: Order, shipment: Shipment) -> None:
    """Ask what the customer would like; tell what became of it, if that was asked of the shop before."""
    if request := await earlier_request(workplace, order, shipment):
        tell_amends(turn, order, request)
        return
    turn.remember(question_about=order.number, parcel=str(shipment.parcel))
    turn.say("utter_amends", order_number=order.number)
    turn.ask("amends")


async def money_for(workplace: Workplace, order: Order, shipment: Shipment) -> Payback | None:
    """What can go back for this parcel; None if nothing was taken for it, or nothing is left of that."""
    card = await look_up(workplace.shop.order_card, order.customer_id, order.number)
    charge = card and _charge_of(card)
    if not card or not charge:
        return None
    left = charge.amount_cents - sum(back.amount_cents for back in card.refunds if back.charge_id == charge.charge_id)
    cents = min(left, _price_of(order, shipment))
    return Payback(charge.charge_id, cents, charge.currency) if cents > 0 else None


async def earlier_request(workplace: Workplace, order: Order, shipment: Shipment) -> Request | None:
    """What the shop was asked before for this parcel: to send it again, or to pay it back."""
    again = await look_up(workplace.requests.find, f"send_again:{shipment.shipment_id}")
    if again:
        return again
    card = await look_up(workplace.shop.order_card, order.customer_id, order.number)
    charge = card and _charge_of(card)
    key = charge and refund_key(charge.charge_id, shipment.shipment_id)
    return await look_up(workplace.requests.find, key) if key else None


def tell_amends(turn: Turn, order: Order, request: Request) -> None:
    """What became of a new parcel or the money back."""
    words = "new_parcel" if request.kind == "send_again" else "money_back"
    days = days_count(turn.policy.returns.refund_days)
    tell_request(turn, request, words, "order_problem", order_number=order.number, refund_days=days)


def _charge_of(card: OrderCard) -> Charge | None:
    """The first charge that was taken: a second one would be a mistake of its own."""
    taken = [charge for charge in card.charges if charge.status is ChargeStatus.SETTLED]
    return min(taken, key=_when, default=None)


def _when(charge: Charge) -> datetime:
    return charge.charged_at


def _price_of(order: Order, shipment: Shipment) -> int:
    """The price of what's in the parcel; with the postage, if nothing of the order travels in another one."""
    prices = {item.line: item.quantity * item.unit_cents for item in order.items}
    inside = {item.line for item in order.items if item.shipment_id == shipment.shipment_id}
    travels = {item.line for item in order.items if item.kind is not ItemKind.DIGITAL}
    postage = order.total_cents - sum(prices.values()) if travels <= inside else 0
    return sum(prices[line] for line in inside) + max(0, postage)
