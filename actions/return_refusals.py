"""Says why nothing of an order can be sent back, and what can be done instead."""

from datetime import datetime

from actions.parcel_news import has_left
from actions.request_news import FOR_NOW
from actions.returnable import arrived_at, last_day, solid
from actions.shop import Order
from actions.shop_statuses import OrderStatus, ShipmentStatus
from actions.turn import Turn
from actions.words import day_words, days_count, on_day_words


def tell_why_not(turn: Turn, order: Order) -> None:
    """Lead over to cancelling, let the customer wait, or offer a person, as the order's state wants it."""
    fates = {parcel.status for parcel in order.shipments}
    if order.status is OrderStatus.CANCELLED:
        turn.say("utter_return_cancelled", order_number=order.number)
        turn.ask("helped")
    elif order.status is OrderStatus.RETURNED or ShipmentStatus.RETURNED in fates:
        turn.say("utter_return_came_back", order_number=order.number)
        turn.offer_person("refund")
    elif not solid(order):
        turn.say("utter_return_digital", order_number=order.number)
        turn.offer_person("return")
    elif arrived := [time for item in solid(order) if (time := arrived_at(order, item))]:
        _tell_too_late(turn, order, max(arrived))
    else:
        _tell_not_here(turn, order, fates)


def _tell_too_late(turn: Turn, order: Order, arrived: datetime) -> None:
    until = last_day(arrived, turn.zone, turn.policy.returns.within_days)
    turn.say(
        "utter_return_too_late",
        order_number=order.number,
        delivered=on_day_words(arrived, turn.now, turn.zone),
        within_days=days_count(turn.policy.returns.within_days),
        until=day_words(until, turn.now, turn.zone),
    )
    turn.offer_person("return")


def _tell_not_here(turn: Turn, order: Order, fates: set[ShipmentStatus]) -> None:
    if ShipmentStatus.LOST in fates:
        turn.say("utter_return_lost", order_number=order.number)
        turn.offer_person("order_problem")
    elif has_left(order):
        days = days_count(turn.policy.returns.within_days)
        turn.say("utter_return_on_the_way", order_number=order.number, within_days=days)
        turn.ask("helped", FOR_NOW)
    else:
        turn.say("utter_return_not_left", order_number=order.number)
        turn.ask("cancel_instead")
