"""Cancelling an order: as long as it hasn't left, after an explicit yes, as a request to the shop."""

from actions.about_order import AboutOrder, agrees, ask_about, declines
from actions.find_order import OrderHelp
from actions.order_news import things_words
from actions.parcel_news import has_left
from actions.renewals import helps_with_membership
from actions.request_news import tell_request
from actions.requests import Request
from actions.shop import Order, Refund
from actions.shop_statuses import OPEN_ORDERS, OrderStatus
from actions.turn import Turn
from actions.words import days_count, money_words, on_day_words
from actions.workplace import look_up


class CancelOrder(OrderHelp):
    """Cancels what hasn't left; for what has, says what can be done instead."""

    title = "action_cancel_order"
    topics = ("cancel_order",)

    async def answer(self, turn: Turn) -> None:
        """A membership is no order."""
        if not await helps_with_membership(turn, self.workplace):
            await super().answer(turn)

    def fits(self, turn: Turn, order: Order) -> bool:
        """People cancel what hasn't come yet."""
        return order.status in OPEN_ORDERS

    async def help_owner(self, turn: Turn, order: Order) -> None:
        """Ask for a yes, or say why there's nothing to cancel (any more)."""
        if order.status is OrderStatus.CANCELLED:
            await self._tell_cancelled(turn, order)
        elif order.status is OrderStatus.RETURNED:
            turn.say("utter_order_returned", order_number=order.number)
            turn.ask("helped")
        elif has_left(order):
            _tell_too_late(turn, order)
        elif request := await look_up(self.workplace.requests.find, f"cancel:{order.number}"):
            tell_cancel(turn, order, request)
        else:
            total = money_words(order.total_cents, order.currency)
            turn.say("utter_cancel_which", order_number=order.number, things=things_words(order.items), total=total)
            ask_about(turn, "confirm_cancel", order)

    async def _tell_cancelled(self, turn: Turn, order: Order) -> None:
        when = on_day_words(order.cancelled_at, turn.now, turn.zone) if order.cancelled_at else ""
        turn.say("utter_cancelled_on" if when else "utter_order_cancelled", order_number=order.number, cancelled=when)
        card = await look_up(self.workplace.shop.order_card, order.customer_id, order.number)
        _tell_money(turn, card.refunds if card else ())


class CancelNow(AboutOrder):
    """For the answer to "shall I ask the shop to cancel it?"."""

    title = "action_cancel_now"
    help = CancelOrder
    only_yes_or_no = True

    async def go_on(self, turn: Turn, order: Order) -> None:
        """Ask the shop, if the answer is a plain yes and the order hasn't left meanwhile."""
        if declines(turn):
            turn.say("utter_cancel_kept")
        elif not agrees(turn) or has_left(order) or order.status is not OrderStatus.PLACED:
            await self.begin_anew(turn, order)
        else:
            ask, wish = self.workplace.requests.ask, {"customer": order.customer_id}
            tell_cancel(turn, order, await look_up(ask, "cancel", order.number, wish))


def tell_cancel(turn: Turn, order: Order, request: Request) -> None:
    """What became of the wish to cancel this order."""
    days = days_count(turn.policy.returns.refund_days)
    tell_request(turn, request, "cancel", "cancel", order_number=order.number, refund_days=days)


def _tell_too_late(turn: Turn, order: Order) -> None:
    days = days_count(turn.policy.returns.within_days)
    if order.status is OrderStatus.DELIVERED:
        turn.say("utter_cancel_delivered", order_number=order.number, within_days=days)
    else:
        turn.say("utter_cancel_left", order_number=order.number, within_days=days)
    turn.ask("helped")


def _tell_money(turn: Turn, refunds: tuple[Refund, ...]) -> None:
    """Where the money of a cancelled order is; a person, if the shop's books don't say that it's on its way."""
    if not refunds:
        turn.say("utter_cancel_money_unknown")
        turn.offer_person("cancel")
        return
    latest = max(refunds, key=lambda refund: refund.asked_at)
    amount = money_words(sum(refund.amount_cents for refund in refunds), latest.currency)
    if latest.paid_at:
        turn.say("utter_cancel_money_back", amount=amount, paid=on_day_words(latest.paid_at, turn.now, turn.zone))
    elif latest.due_at >= turn.now:
        turn.say("utter_cancel_money_due", amount=amount, due=on_day_words(latest.due_at, turn.now, turn.zone))
    else:
        turn.say("utter_cancel_money_overdue", amount=amount)
        turn.offer_person("cancel")
        return
    turn.ask("helped")
