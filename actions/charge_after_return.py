"""Sent back, and charged all the same? Looks up what came back, what was taken when, and what is due."""

from actions.find_order import OrderHelp
from actions.money_back import MoneyBack, is_here, money_back
from actions.refunds import MOST_ORDERS, MOST_TO_PICK, cents_said, offer_return
from actions.return_news import ReturnNews
from actions.shop import Charge, Order
from actions.shop_statuses import ChargeStatus, OrderStatus
from actions.turn import Turn
from actions.words import days_count, money_words
from actions.workplace import look_up


class ChargeAfterReturn(OrderHelp):
    """Explains a charge for something that was sent back, and asks once for money that is due."""

    title = "action_charge_after_return"
    topics = ("charge_after_return",)

    async def without_order(self, turn: Turn, customer: str) -> None:
        """The order of the amount named, else one charged again, else one not paid back yet, else any sent back."""
        money = await money_back(self.workplace.shop, customer)
        if not await self._tell_other(turn, customer, money):
            turn.say("utter_returns_none")
            offer_return(turn)

    async def help_owner(self, turn: Turn, order: Order) -> None:
        """What came back, what was taken since, and where the money is."""
        money = await money_back(self.workplace.shop, order.customer_id)
        own = money.of(order.number)
        if own.returns:
            await self._tell(turn, order, own)
        elif own.concerns(order):
            await self._tell_money(turn, order, own)
        elif turn.gave("order_number") or not await self._tell_other(turn, order.customer_id, money):
            _tell_no_return(turn, order, own)

    async def _tell_other(self, turn: Turn, customer: str, money: MoneyBack) -> bool:
        """Go on with the order that the message means; False for none."""
        recent = await look_up(self.workplace.shop.recent_orders, customer, MOST_ORDERS)
        sent_back = [order for order in recent if money.of(order.number).returns]
        again = [order for order in sent_back if money.of(order.number).charged_again()]
        meant = [order for order in sent_back if money.of(order.number).has(cents_said(turn))]
        still_open = [order for order in sent_back if money.of(order.number).is_open(order)]
        if orders := (meant or again or still_open or sent_back)[:MOST_TO_PICK]:
            await self.choose(turn, orders)
        return bool(orders)

    async def _tell(self, turn: Turn, order: Order, own: MoneyBack) -> None:
        news = ReturnNews(self.workplace, turn, order, own)
        again = own.charged_again()
        if not again and own.charges:
            _tell_first_charge(news, own.charges[0])
        if again:
            await self._tell_again(news, again[-1])
        else:
            await news.tell_all()
            _tell_postage(news)
        news.end()

    async def _tell_again(self, news: ReturnNews, charge: Charge) -> None:
        """A charge that was made after the return had arrived."""
        amount, charged = money_words(charge.amount_cents, charge.currency), news.on(charge.charged_at)
        if charge.status is ChargeStatus.PENDING:
            days = days_count(news.turn.policy.billing.pending_days)
            news.turn.say("utter_charge_again_reserved", amount=amount, charged=charged, pending_days=days)
            return
        news.turn.say("utter_charge_again", amount=amount, charged=charged, order_number=news.order.number)
        back = [refund for refund in news.money.refunds if refund.charge_id == charge.charge_id]
        for refund in back:
            await news.tell_refund(refund)
        if not back:
            await news.ask_for(charge, charge.amount_cents)

    async def _tell_money(self, turn: Turn, order: Order, own: MoneyBack) -> None:
        """Cancelled, or paid back without a return."""
        news = ReturnNews(self.workplace, turn, order, own)
        await news.tell_all()
        news.end()


def _tell_first_charge(news: ReturnNews, charge: Charge) -> None:
    """People see the charge late on their statement, and take it for a new one."""
    amount, charged = money_words(charge.amount_cents, charge.currency), news.on(charge.charged_at)
    here = any(is_here(sent) for sent in news.money.returns)
    response = "utter_charge_before_return" if here else "utter_charge_before_arrival"
    news.turn.say(response, amount=amount, charged=charged, order_number=news.order.number)


def _tell_postage(news: ReturnNews) -> None:
    """Why less came back than was taken."""
    less = news.money.charges and sum(refund.amount_cents for refund in news.money.refunds)
    if less and news.order.status is OrderStatus.RETURNED and less < news.money.charges[0].amount_cents:
        news.turn.say("utter_refund_without_postage")


def _tell_no_return(turn: Turn, order: Order, own: MoneyBack) -> None:
    turn.say("utter_charge_no_return", order_number=order.number)
    turn.offer_person("return")
