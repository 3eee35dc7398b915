"""Where is my refund? Says how far the money is, and asks the shop after what is overdue."""

from collections.abc import Sequence

from actions.charges import Amount
from actions.double_charges import tell_refund
from actions.find_order import OrderHelp
from actions.going_on import GoOn
from actions.money_back import MoneyBack, money_back
from actions.paying_back import refund_key
from actions.refund_news import RefundNews
from actions.renewals import helps_with_membership
from actions.request_news import tell_request
from actions.requests import Request, RequestStatus
from actions.return_news import ReturnNews
from actions.shop import Charge, Order
from actions.shop_statuses import OrderStatus
from actions.turn import Turn
from actions.words import days_count
from actions.workplace import look_up

MOST_ORDERS = 20
MOST_TO_PICK = 5
MOST_CHARGES = 50


class RefundStatus(OrderHelp):
    """Tells of the refunds of an order, or of all recent ones if none is named."""

    title = "action_refund_status"
    topics = ("refund_status",)

    async def answer(self, turn: Turn) -> None:
        """A membership is no order; somebody who isn't signed in hears at least what the shop promises everybody."""
        if await helps_with_membership(turn, self.workplace):
            return
        if not turn.context.customer:
            turn.say("utter_refund_policy", refund_days=days_count(turn.policy.returns.refund_days))
        await super().answer(turn)

    async def without_order(self, turn: Turn, customer: str) -> None:
        """Tell of the order whose money isn't back yet; let the customer pick if there are several."""
        money = await money_back(self.workplace.shop, customer)
        if not (await self._tell_other(turn, customer, money) or await self._tell_waiting(turn, money.charges)):
            turn.say("utter_refunds_none")
            offer_return(turn)

    async def help_owner(self, turn: Turn, order: Order) -> None:
        """What there is to tell of this order's money; if that's nothing, of another's."""
        money = await money_back(self.workplace.shop, order.customer_id)
        if money.of(order.number).concerns(order):
            news = ReturnNews(self.workplace, turn, order, money)
            await news.tell_all()
            news.end()
        elif await self._tell_waiting(turn, money.of(order.number).charges):
            return
        elif turn.gave("order_number") or not await self._tell_other(turn, order.customer_id, money):
            turn.say("utter_refund_none", order_number=order.number)
            await self._offer_other_way(turn, order)

    async def _offer_other_way(self, turn: Turn, order: Order) -> None:
        """What there is instead: a return, cancelling what hasn't left, or what late parcels are due."""
        if order.status is OrderStatus.DELIVERED:
            offer_return(turn)
        elif order.status is OrderStatus.PLACED:
            turn.say("utter_return_not_left", order_number=order.number)
            turn.ask("cancel_instead")
        else:
            turn.remember(about="late_delivery")
            await GoOn(self.workplace).answer(turn)

    async def _tell_other(self, turn: Turn, customer: str, money: MoneyBack) -> bool:
        """Go on with the order of the amount named, else with those whose money is to come, or came; False for none."""
        recent = await look_up(self.workplace.shop.recent_orders, customer, MOST_ORDERS)
        concerned = [order for order in recent if money.of(order.number).concerns(order)]
        meant = [order for order in concerned if money.of(order.number).has(cents_said(turn))]
        still_open = [order for order in concerned if money.of(order.number).is_open(order)]
        if orders := (meant or still_open or concerned)[:MOST_TO_PICK]:
            await self.choose(turn, orders)
            return True
        return await self._tell_purchases(turn, money)

    async def _tell_waiting(self, turn: Turn, charges: Sequence[Charge]) -> bool:
        """A refund that was asked for and that the shop hasn't settled yet, or has refused; False if there's none."""
        latest = {charge.charge_id: charge for charge in charges[-MOST_CHARGES:]}
        asked = await look_up(self.workplace.requests.about, "refund", list(latest))
        if open_ones := [request for request in asked if request.status is not RequestStatus.DONE]:
            _tell_asked(turn, open_ones[-1], latest[open_ones[-1].subject])
        return bool(open_ones)

    async def _tell_purchases(self, turn: Turn, money: MoneyBack) -> bool:
        """Refunds for what was bought in an app belong to no order; False if there's none."""
        apart = MoneyBack(money.charges, [], [refund for refund in money.refunds if refund.order_number is None])
        news = RefundNews(self.workplace, turn, apart)
        await news.tell_refunds()
        if apart.refunds:
            news.end()
        return bool(apart.refunds)


def _tell_asked(turn: Turn, request: Request, charge: Charge) -> None:
    """How a request stands for the whole of a charge, or for a part of it."""
    if request.key == refund_key(charge.charge_id):
        tell_refund(turn, request, charge)
    else:
        tell_request(turn, request, "refund_waits", "refund", what=charge.description)


def cents_said(turn: Turn) -> set[int]:
    """The amounts that the message names, in cents."""
    amounts = (Amount.of(str(named["value"])) for named in turn.given("amount"))
    return {amount.cents for amount in amounts if amount}


def offer_return(turn: Turn) -> None:
    """Ask whether the customer would like to send something back."""
    turn.ask("start_return")
