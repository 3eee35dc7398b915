"""Money that went to the shop and should come back: charges, returns and refunds that belong together."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from actions.shop import Charge, Order, Refund, Return, Shop
from actions.shop_statuses import ChargeStatus, OrderStatus, ReturnStatus
from actions.workplace import look_up


@dataclass(frozen=True)
class MoneyBack:
    """A customer's charges, returns and refunds: charges from the first on, the others from the newest.

    All but `of` and `charge_of` are about the part of one order.
    """

    charges: Sequence[Charge]
    returns: Sequence[Return]
    refunds: Sequence[Refund]

    def of(self, number: str) -> "MoneyBack":
        """The part that is about this order."""
        return MoneyBack(
            [charge for charge in self.charges if charge.order_number == number],
            [sent for sent in self.returns if sent.order_number == number],
            [refund for refund in self.refunds if refund.order_number == number],
        )

    def charge_of(self, refund: Refund) -> Charge | None:
        """The charge that a refund pays back."""
        return next((charge for charge in self.charges if charge.charge_id == refund.charge_id), None)

    def refund_of(self, sent: Return) -> Refund | None:
        """The refund for a return. One that names no return counts if it was asked for since: better none twice.

        What pays back a second charge is for that charge.
        """
        for_order = self.charges[0].charge_id if self.charges else None
        later = (
            refund
            for refund in self.refunds
            if refund.return_id is None and refund.charge_id == for_order and refund.asked_at >= sent.asked_at
        )
        own = (refund for refund in self.refunds if refund.return_id == sent.return_id)
        return next(own, None) or next(later, None)

    def unpaid_returns(self) -> list[Return]:
        """Returns, on their way or received, for which there's no refund."""
        return [sent for sent in self.returns if self.refund_of(sent) is None]

    def left_of(self, charge: Charge) -> int:
        """How many cents of a charge haven't been paid back, or promised."""
        back = sum(refund.amount_cents for refund in self.refunds if refund.charge_id == charge.charge_id)
        return charge.amount_cents - back

    def charge_with(self, cents: int) -> Charge | None:
        """The earliest charge that was taken and of which so much is left."""
        taken = (charge for charge in self.charges if charge.status is ChargeStatus.SETTLED)
        return next((charge for charge in taken if self.left_of(charge) >= cents), None)

    def charged_again(self) -> list[Charge]:
        """Charges of one order that were made after it, or a part of it, had come back."""
        received = [sent.received_at for sent in self.returns if sent.received_at]
        since = min(received, default=None)
        made = [charge for charge in self.charges[1:] if charge.status is not ChargeStatus.FAILED]
        return [charge for charge in made if since and charge.charged_at > since]

    def has(self, cents: Collection[int]) -> bool:
        """Whether one of these amounts was taken or paid back."""
        taken = {charge.amount_cents for charge in self.charges}
        return not taken.union(refund.amount_cents for refund in self.refunds).isdisjoint(cents)

    def is_open(self, order: Order) -> bool:
        """Whether some of this order's money still has to come back; `self` is the part about it."""
        if any(refund.paid_at is None for refund in self.refunds) or self.unpaid_returns():
            return True
        return order.status is OrderStatus.CANCELLED and not self.refunds

    def concerns(self, order: Order) -> bool:
        """Whether money of this order came back or has to; `self` is the part about it."""
        return bool(self.returns or self.refunds) or order.status is OrderStatus.CANCELLED


async def money_back(shop: Shop, customer: str) -> MoneyBack:
    """All of a customer's money; ShopDown may pass."""
    charges, returns, refunds = await asyncio.gather(
        look_up(shop.all_of, Charge, customer),
        look_up(shop.all_of, Return, customer),
        look_up(shop.all_of, Refund, customer),
    )
    return MoneyBack(
        sorted(charges, key=lambda charge: charge.charged_at),
        sorted(returns, key=lambda sent: sent.asked_at, reverse=True),
        sorted(refunds, key=lambda refund: refund.asked_at, reverse=True),
    )


def is_here(sent: Return) -> bool:
    """Whether what was sent back has reached the shop."""
    return sent.status is ReturnStatus.RECEIVED and sent.received_at is not None
