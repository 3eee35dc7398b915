"""Tells where the money of one order is: what was sent back, what was cancelled, and what follows from that."""

from datetime import timedelta

from actions.money_back import MoneyBack, is_here
from actions.order_news import things_words
from actions.refund_news import MOST_TO_TELL, RefundNews
from actions.returnable import price, sent_items
from actions.shop import Order, Return
from actions.shop_statuses import ChargeStatus, OrderStatus
from actions.turn import Turn
from actions.words import days_count, money_words
from actions.workplace import Workplace


class ReturnNews(RefundNews):
    """The same for one order, with what was sent back and what was cancelled."""

    def __init__(self, place: Workplace, turn: Turn, order: Order, money: MoneyBack) -> None:
        super().__init__(place, turn, money.of(order.number))
        self.order = order

    async def tell_all(self) -> None:
        """Everything there is to tell of this order's money."""
        await self.tell_refunds()
        for sent in self.money.unpaid_returns()[:MOST_TO_TELL]:
            await self.tell_return(sent)
        if self.order.status is OrderStatus.CANCELLED and not self.money.refunds:
            await self._tell_cancelled()

    async def tell_return(self, sent: Return) -> None:
        """Where something sent back is, and when its money comes; if that's overdue, it's asked for, once."""
        self.is_settled = False
        items = sent_items(self.order, sent)
        fields = {"things": things_words(items), "amount": money_words(price(items), self.order.currency)}
        if not is_here(sent) or sent.received_at is None:
            self._tell_coming(sent, fields)
            return
        due = sent.received_at + self._refund_time
        response = "utter_return_received_overdue" if self.is_over(due) else "utter_return_received_due"
        self.turn.say(response, received=self.on(sent.received_at), due=self.day(due), **fields)
        if self.is_over(due):
            await self.ask_for(self.money.charge_with(price(items)), price(items), sent)

    def _tell_coming(self, sent: Return, fields: dict[str, str]) -> None:
        """It hasn't reached the shop; after a long time it's for a person to look for it."""
        asked = self.on(sent.asked_at)
        if self.is_over(sent.asked_at + timedelta(days=self.turn.policy.returns.travel_days)):
            self.turn.say("utter_return_not_arrived", asked=asked, **fields)
            self.needs_person = True
        else:
            days = days_count(self.turn.policy.returns.refund_days)
            self.turn.say("utter_return_coming", asked=asked, refund_days=days, **fields)

    async def _tell_cancelled(self) -> None:
        """An order was cancelled, and the books show no refund."""
        since = self.order.cancelled_at or self.order.placed_at
        fields = {"order_number": self.order.number, "cancelled": self.on(since)}
        taken = [charge for charge in self.money.charges if charge.status is not ChargeStatus.FAILED]
        if not taken:
            self.turn.say("utter_refund_cancelled_unpaid", **fields)
            return
        self.is_settled = False
        fields["amount"] = money_words(taken[0].amount_cents, taken[0].currency)
        if taken[0].status is ChargeStatus.PENDING:
            pending = days_count(self.turn.policy.billing.pending_days)
            self.turn.say("utter_refund_cancelled_reserved", pending_days=pending, **fields)
            return
        due = since + self._refund_time
        response = "utter_refund_cancelled_overdue" if self.is_over(due) else "utter_refund_cancelled_due"
        self.turn.say(response, due=self.day(due), **fields)
        if self.is_over(due):
            await self.ask_for(taken[0], taken[0].amount_cents)

    @property
    def _refund_time(self) -> timedelta:
        return timedelta(days=self.turn.policy.returns.refund_days)
