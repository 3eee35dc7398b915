"""Renewals: says what is paid anew each period, and asks the shop once to stop it, or to pay the last one back."""

from collections.abc import Sequence
from datetime import timedelta

from actions.billing_wishes import is_about_membership, says_cancelled
from actions.charge_news import tell_taking, words_of
from actions.double_charges import DoubleHelp, is_settled
from actions.money import Money
from actions.money_answers import STOP_IT, MoneyAnswer
from actions.paying_back import refund_key
from actions.request_news import tell_request
from actions.requests import Request
from actions.shop import Charge, Subscription
from actions.shop_statuses import SubscriptionStatus
from actions.turn import Turn
from actions.words import days_count, money_words, on_day_words
from actions.workplace import Workplace, look_up


class RenewalHelp(DoubleHelp):
    """What helps with a subscription have in common."""

    async def look_for_renewals(self, turn: Turn, money: Money, charges: Sequence[Charge]) -> None:
        """Tell of the subscription that these charges are for, else of those there are, or say that there's none."""
        meant = {charge.subscription_id for charge in charges}
        named = [one for one in money.subscriptions if one.subscription_id in meant]
        active = [one for one in money.subscriptions if one.status is SubscriptionStatus.ACTIVE]
        found = named or active or list(money.subscriptions)
        if not found:
            turn.say("utter_no_subscription")
            self.let_pick(turn, charges or money.charges)
        elif len(found) == 1:
            await self.tell_subscription(turn, money, found[0])
        else:
            turn.ask_to_pick([_button(subscription) for subscription in found], "pick_subscription")

    async def tell_subscription(self, turn: Turn, money: Money, subscription: Subscription) -> None:
        """Its price, period, last payment and end; then offer what can be done about it."""
        turn.remember(subscription=subscription.subscription_id)
        if subscription.status is SubscriptionStatus.ACTIVE:
            _tell_active(turn, money, subscription)
            await self.offer_to_stop(turn, money, subscription)
        else:
            _tell_cancelled(turn, money, subscription)
            self._after_the_end(turn, money, subscription)

    async def offer_to_stop(self, turn: Turn, money: Money, subscription: Subscription) -> None:
        """Ask whether the next renewal shall be stopped, unless the shop has been asked before."""
        request = await look_up(self.workplace.requests.find, f"cancel_subscription:{subscription.subscription_id}")
        turn.remember(subscription=subscription.subscription_id)
        if request:
            await self.tell_stop(turn, money, subscription, request)
        else:
            turn.ask("stop_renewal")

    async def tell_stop(self, turn: Turn, money: Money, subscription: Subscription, request: Request) -> None:
        """How the stop that was asked for stands; then offer the last payment back, unless that was asked for, too."""
        last = self.refundable(turn, money, subscription)
        asked = await look_up(self.workplace.requests.find, refund_key(last.charge_id)) if last else None
        then = "refund_renewal" if last and not asked else "helped"
        tell_request(turn, request, "stop_renewal", "billing", then=then, title=subscription.title)

    def refundable(self, turn: Turn, money: Money, subscription: Subscription) -> Charge | None:
        """The last payment, if it's so young that the shop pays it back and hasn't begun to."""
        last = next(iter(money.of_subscription(subscription)), None)
        youngest = turn.now - timedelta(days=turn.policy.billing.renewal_refund_days)
        if last and is_settled(last) and last.charged_at >= youngest and not money.refunds_of(last):
            return last
        return None

    def _after_the_end(self, turn: Turn, money: Money, subscription: Subscription) -> None:
        last = next(iter(money.of_subscription(subscription)), None)
        if not (last and subscription.ended_at and last.charged_at > subscription.ended_at):
            turn.ask("helped")
        elif self.refundable(turn, money, subscription):
            turn.ask("refund_renewal")
        else:
            turn.offer_person("billing")


class AboutMembership(RenewalHelp):
    """For what was heard as a wish about an order and is about a membership."""

    async def help(self, turn: Turn, money: Money) -> None:
        """Tell of what is paid anew each period."""
        await self.look_for_renewals(turn, money, ())


async def helps_with_membership(turn: Turn, workplace: Workplace) -> bool:
    """Help if "cancel it" or "refund it" is said of a membership; False, and nothing done, if it isn't."""
    if turn.gave("order_number") or not is_about_membership(turn.text):
        return False
    turn.remember(about="billing_question")
    await AboutMembership(workplace).answer(turn)
    return True


class StopRenewal(MoneyAnswer, RenewalHelp):
    """For *yes* to stopping the next renewal."""

    title = "action_stop_renewal"
    also_yes = STOP_IT

    async def help(self, turn: Turn, money: Money) -> None:
        """Ask the shop, then offer to have the last payment back if it's recent."""
        subscription = money.subscription(turn.slot("subscription"))
        if subscription is None:
            await self.look_for_renewals(turn, money, ())
        elif subscription.status is SubscriptionStatus.ACTIVE:
            await self._stop(turn, money, subscription)
        else:
            await self.tell_subscription(turn, money, subscription)

    async def _stop(self, turn: Turn, money: Money, subscription: Subscription) -> None:
        payload = {"customer": subscription.customer_id}
        ask = self.workplace.requests.ask
        request = await look_up(ask, "cancel_subscription", subscription.subscription_id, payload)
        await self.tell_stop(turn, money, subscription, request)


class RefundRenewal(MoneyAnswer, RenewalHelp):
    """For *yes* to having the last payment for a subscription back."""

    title = "action_refund_renewal"

    async def help(self, turn: Turn, money: Money) -> None:
        """Look again whether the shop pays it back, then ask."""
        subscription = money.subscription(turn.slot("subscription"))
        charge = subscription and self.refundable(turn, money, subscription)
        if charge:
            await self.ask_refund(turn, charge)
        else:
            days = days_count(turn.policy.billing.renewal_refund_days)
            turn.say("utter_renewal_not_refundable", days=days)
            turn.offer_person("billing")


def _tell_active(turn: Turn, money: Money, subscription: Subscription) -> None:
    amount = money_words(subscription.amount_cents, subscription.currency)
    fields = {"title": subscription.title, "amount": amount, "period": subscription.period}
    if says_cancelled(turn.text):
        turn.say("utter_subscription_not_cancelled", title=subscription.title)
    if subscription.renews_at:
        turn.say("utter_subscription", **fields, renews=on_day_words(subscription.renews_at, turn.now, turn.zone))
    else:
        turn.say("utter_subscription_no_day", **fields)
    for last in money.of_subscription(subscription)[:1]:
        tell_taking(turn, last)


def _tell_cancelled(turn: Turn, money: Money, subscription: Subscription) -> None:
    ended = subscription.ended_at or turn.now
    response = "utter_subscription_ended" if ended <= turn.now else "utter_subscription_ends"
    turn.say(response, title=subscription.title, day=on_day_words(ended, turn.now, turn.zone))
    for last in money.of_subscription(subscription)[:1]:
        tell_taking(turn, last)
        if last.charged_at > ended:
            turn.say("utter_charged_after_the_end", amount=words_of(last))


def _button(subscription: Subscription) -> dict[str, str]:
    amount = money_words(subscription.amount_cents, subscription.currency)
    payload = f'/inform_charge{{"subscription":"{subscription.subscription_id}"}}'
    return {"title": f"{subscription.title}, {amount}", "payload": payload}
