"""Tells how far a customer's refunds are, and asks the shop once for what is overdue."""

from dataclasses import dataclass
from datetime import datetime

from actions.money_back import MoneyBack
from actions.paying_back import NOTHING_MORE, ask_refund
from actions.request_news import FOR_NOW, say_request
from actions.shop import Charge, Refund, Return
from actions.shop_statuses import RefundStatus
from actions.turn import Turn
from actions.words import day_words, days_count, money_words, on_day_words
from actions.workplace import Workplace, look_up

MOST_TO_TELL = 3


@dataclass
class RefundNews:
    """Says things in a turn, one after the other; `needs_person` turns true where only a person can go on."""

    place: Workplace
    turn: Turn
    money: MoneyBack
    needs_person: bool = False
    is_settled: bool = True
    """Whether all that was told of is paid, so that there's nothing to wait for."""

    async def tell_refunds(self) -> None:
        """The newest refunds."""
        for refund in self.money.refunds[:MOST_TO_TELL]:
            await self.tell_refund(refund)

    async def tell_refund(self, refund: Refund) -> None:
        """How far a refund is; one that is overdue is asked after, once."""
        fields = {"amount": money_words(refund.amount_cents, refund.currency), "what": self._what(refund)}
        self.is_settled &= refund.paid_at is not None
        if refund.paid_at:
            self._tell_paid(refund, fields)
        elif self.is_over(refund.due_at):
            self.turn.say("utter_refund_overdue", due=self.day(refund.due_at), **fields)
            await self._chase(refund)
        elif refund.status is RefundStatus.ASKED:
            self.turn.say("utter_refund_asked", asked=self.on(refund.asked_at), due=self.day(refund.due_at), **fields)
        else:
            self.turn.say("utter_refund_sent", due=self.day(refund.due_at), **fields)

    async def ask_for(self, charge: Charge | None, cents: int, sent: Return | None = None) -> None:
        """Ask for money once: `refund:<charge>:<return>`, whoever asks and however often."""
        if charge is None or cents <= 0:
            self.needs_person = True
            return
        return_id, against = (sent.return_id, sent.return_id) if sent else (None, NOTHING_MORE)
        request = await ask_refund(self.place, charge.customer_id, charge.charge_id, cents, against, return_id)
        self.is_settled = False
        days, amount = days_count(self.turn.policy.returns.refund_days), money_words(cents, charge.currency)
        self.needs_person |= not say_request(self.turn, request, "pay_back", amount=amount, refund_days=days)

    def end(self) -> None:
        """Ask whether that helped, or is all right for now; or offer a person where one is needed."""
        if self.needs_person:
            self.turn.offer_person("refund")
        elif self.is_settled:
            self.turn.ask("helped")
        else:
            self.turn.ask("helped", FOR_NOW)

    def on(self, when: datetime) -> str:
        """The day inside a sentence."""
        return on_day_words(when, self.turn.now, self.turn.zone)

    def day(self, when: datetime) -> str:
        """The day by itself, as after "by"."""
        return day_words(when, self.turn.now, self.turn.zone)

    def is_over(self, when: datetime) -> bool:
        """Whether the day of this time is over."""
        return when.astimezone(self.turn.zone).date() < self.turn.now.astimezone(self.turn.zone).date()

    def _tell_paid(self, refund: Refund, fields: dict[str, str]) -> None:
        charge, paid = self.money.charge_of(refund), self.on(refund.paid_at or refund.asked_at)
        if charge and charge.card_last4:
            self.turn.say("utter_refund_paid_to_card", paid=paid, card=charge.card_last4, **fields)
        else:
            self.turn.say("utter_refund_paid", paid=paid, **fields)

    async def _chase(self, refund: Refund) -> None:
        """The shop gives a refund that it has looked into a new date; if that is over too, a person is needed."""
        wish = {"customer": refund.customer_id}
        request = await look_up(self.place.requests.ask, "refund_overdue", refund.refund_id, wish)
        self.needs_person |= not say_request(self.turn, request, "chase") or request.settled_at is not None

    def _what(self, refund: Refund) -> str:
        """What the charge was for, in the shop's words on the card statement."""
        charge = self.money.charge_of(refund)
        return charge.description if charge else refund.order_number or refund.charge_id
