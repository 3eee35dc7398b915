"""What a customer has paid and got back lately, and the helps that begin with it."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from actions.help import Help
from actions.shop import Charge, Purchase, Refund, Shop, Subscription
from actions.turn import Turn
from actions.workplace import look_up


@dataclass(frozen=True)
class Money:
    """The customer's charges of the last months, the newest first, and what they belong to."""

    charges: tuple[Charge, ...]
    refunds: tuple[Refund, ...]
    purchases: tuple[Purchase, ...]
    subscriptions: tuple[Subscription, ...]

    def charge(self, charge_id: str | None) -> Charge | None:
        """The charge with this id; None if there's none of these."""
        return next((charge for charge in self.charges if charge.charge_id == charge_id), None)

    def of_order(self, number: str | None) -> tuple[Charge, ...]:
        """The charges for this order."""
        return tuple(charge for charge in self.charges if number and charge.order_number == number)

    def of_subscription(self, subscription: Subscription) -> tuple[Charge, ...]:
        """The charges for this subscription, the newest first."""
        return tuple(charge for charge in self.charges if charge.subscription_id == subscription.subscription_id)

    def purchase(self, charge: Charge) -> Purchase | None:
        """What was bought in an app with this charge."""
        return next((bought for bought in self.purchases if bought.purchase_id == charge.purchase_id), None)

    def subscription(self, subscription_id: str | None) -> Subscription | None:
        """The subscription with this id; None if there's none of these."""
        return next((one for one in self.subscriptions if one.subscription_id == subscription_id), None)

    def refunds_of(self, charge: Charge) -> tuple[Refund, ...]:
        """What is going or has gone back of this charge."""
        return tuple(refund for refund in self.refunds if refund.charge_id == charge.charge_id)


class MoneyHelp(Help):
    """A help that needs to know what the customer paid; whoever isn't signed in is asked to sign in."""

    async def help(self, turn: Turn, money: Money) -> None:
        """Help the customer, whose money this is."""
        raise NotImplementedError

    async def answer(self, turn: Turn) -> None:
        """Look the money up."""
        if turn.context.customer:
            await self.help(turn, await money_of(turn, self.workplace.shop, turn.context.customer))
        else:
            turn.ask_to_sign_in("billing")


async def money_of(turn: Turn, shop: Shop, customer: str) -> Money:
    """All of this customer's money as far back as the policy looks."""
    charges, refunds, purchases, subscriptions = await asyncio.gather(
        look_up(shop.all_of, Charge, customer),
        look_up(shop.all_of, Refund, customer),
        look_up(shop.all_of, Purchase, customer),
        look_up(shop.all_of, Subscription, customer),
    )
    oldest = turn.now - timedelta(days=turn.policy.billing.look_back_days)
    lately = sorted((charge for charge in charges if charge.charged_at >= oldest), key=lambda charge: charge.charged_at)
    return Money(tuple(reversed(lately)), tuple(refunds), tuple(purchases), tuple(subscriptions))
