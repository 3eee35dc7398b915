"""Tells a customer what a charge is for: item by item, with its day, its card and what has gone back of it."""

from datetime import timedelta

from actions.money import Money
from actions.shop import Charge, Order, OrderItem, Shop, Subscription
from actions.shop_statuses import ChargeStatus, RefundStatus
from actions.turn import Turn
from actions.words import button_title, day_words, days_count, money_words, on_day_words
from actions.workplace import look_up


async def tell_charge(turn: Turn, shop: Shop, money: Money, charge: Charge) -> None:
    """When it was taken from which card, what it's for, and what has gone back."""
    tell_taking(turn, charge)
    await tell_purpose(turn, shop, money, charge)
    _tell_refunds(turn, money, charge)


def tell_taking(turn: Turn, charge: Charge) -> None:
    """The amount, the day and the card's last digits; whether it's only reserved, or failed."""
    fields = {"amount": words_of(charge), "day": on_day_words(charge.charged_at, turn.now, turn.zone)}
    pending = timedelta(days=turn.policy.billing.pending_days)
    if charge.status is ChargeStatus.FAILED:
        turn.say("utter_charge_failed", **fields)
    elif charge.status is ChargeStatus.SETTLED and charge.card_last4:
        turn.say("utter_charge_taken", **fields, card=charge.card_last4)
    elif charge.status is ChargeStatus.SETTLED:
        turn.say("utter_charge_taken_no_card", **fields)
    elif turn.now - charge.charged_at > pending:
        turn.say("utter_charge_reserved_too_long", **fields)
    else:
        turn.say("utter_charge_reserved", **fields, pending=days_count(pending.days))


async def tell_purpose(turn: Turn, shop: Shop, money: Money, charge: Charge) -> None:
    """The order with each item, the purchase in an app, or the subscription that it belongs to."""
    subscription, purchase = money.subscription(charge.subscription_id), money.purchase(charge)
    if charge.order_number:
        order = await look_up(shop.order_of, charge.customer_id, charge.order_number)
        _tell_order(turn, order, charge)
    elif purchase:
        turn.say("utter_charge_is_purchase", title=purchase.title, app=purchase.app)
    elif subscription:
        _tell_subscription(turn, subscription)
    else:
        turn.say("utter_charge_is_described", description=charge.description)


def button(turn: Turn, charge: Charge) -> dict[str, str]:
    """A button that stands for the charge: its amount, day and description."""
    title = f"{words_of(charge)}, {day_words(charge.charged_at, turn.now, turn.zone)}: {charge.description}"
    return {"title": button_title(title), "payload": f'/inform_charge{{"charge":"{charge.charge_id}"}}'}


def words_of(charge: Charge) -> str:
    """The charge's amount."""
    return money_words(charge.amount_cents, charge.currency)


def _tell_order(turn: Turn, order: Order | None, charge: Charge) -> None:
    if order is None:
        turn.say("utter_charge_is_described", description=charge.description)
        return
    postage = order.total_cents - sum(item.quantity * item.unit_cents for item in order.items)
    fields = {"order_number": order.number, "items": "; ".join(_item(item, order.currency) for item in order.items)}
    if postage > 0:
        turn.say("utter_charge_is_order", **fields, postage=money_words(postage, order.currency))
    else:
        turn.say("utter_charge_is_order_no_postage", **fields)
    if charge.amount_cents != order.total_cents:
        total = money_words(order.total_cents, order.currency)
        turn.say("utter_charge_is_part", amount=words_of(charge), total=total)


def _item(item: OrderItem, currency: str) -> str:
    price = money_words(item.quantity * item.unit_cents, currency)
    return f"{item.title} ({price})" if item.quantity == 1 else f"{item.quantity} × {item.title} ({price})"


def _tell_subscription(turn: Turn, subscription: Subscription) -> None:
    turn.say("utter_charge_is_subscription", title=subscription.title, period=subscription.period)


def _tell_refunds(turn: Turn, money: Money, charge: Charge) -> None:
    for refund in money.refunds_of(charge):
        amount = money_words(refund.amount_cents, refund.currency)
        if refund.status is RefundStatus.PAID and refund.paid_at:
            turn.say("utter_charge_paid_back", amount=amount, day=on_day_words(refund.paid_at, turn.now, turn.zone))
        elif refund.due_at >= turn.now:
            turn.say("utter_charge_going_back", amount=amount, day=day_words(refund.due_at, turn.now, turn.zone))
        else:
            turn.say("utter_charge_going_back_late", amount=amount)
