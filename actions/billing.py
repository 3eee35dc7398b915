"""What is this charge? Finds what the customer means by amount, day or order, and tells what it's for."""

from collections.abc import Sequence
from datetime import timedelta

from actions.about_order import agrees
from actions.billing_wishes import Wish, wish_of
from actions.charge_news import button, tell_charge, tell_purpose, tell_taking, words_of
from actions.charges import Clue, Fit, Found, doubles, find, twins
from actions.clues import clue_of, question_of
from actions.double_charges import RefundDouble
from actions.find_order import counts_as_too_many
from actions.money import Money
from actions.money_answers import MoneyAnswer
from actions.renewals import RefundRenewal, RenewalHelp, StopRenewal
from actions.shop import Charge, Subscription
from actions.shop_statuses import SubscriptionStatus
from actions.turn import Turn, TurnAction
from actions.words import days_count
from actions.workplace import look_up

MOST_TOLD = 3
LAST_FEW = 3
FOR_A_PERSON = {
    Wish.STOLEN_CARD: "utter_card_misused",
    Wish.PAPERS: "utter_billing_papers",
    Wish.VOUCHER: "utter_billing_voucher",
    Wish.CHECKOUT: "utter_billing_checkout",
}
ANSWERS: dict[str, type[MoneyAnswer]] = {
    "refund_double": RefundDouble,
    "stop_renewal": StopRenewal,
    "refund_renewal": RefundRenewal,
}
NOT_QUITE = {
    Fit.OTHER_CURRENCY: "utter_charge_other_currency",
    Fit.NEARLY: "utter_charge_nearly",
    Fit.OTHER_DAY: "utter_charge_other_day",
}


class AboutCharge(RenewalHelp):
    """Helps with a charge, a bill or a renewal."""

    title = "action_look_into_charge"
    topics = ("billing_question",)

    async def answer(self, turn: Turn) -> None:
        """A yes with words about money is a yes; what only a person can do needs no look at the money."""
        wish, answered = _wish(turn), ANSWERS.get(turn.question or "")
        if answered and turn.intent in self.topics and agrees(turn):
            await answered(self.workplace).answer(turn)
        elif wish in FOR_A_PERSON and not (turn.gave("amount") or turn.gave("order_number")):
            turn.say(FOR_A_PERSON[wish], pending=days_count(turn.policy.billing.pending_days))
            turn.offer_person("billing")
        else:
            await super().answer(turn)

    async def help(self, turn: Turn, money: Money) -> None:
        """The most telling first: what was picked, the order named, the kind of question, the clue, the page."""
        clue, wish = clue_of(turn), _wish(turn)
        picked = money.charge(_picked(turn, "charge"))
        subscription = money.subscription(_picked(turn, "subscription"))
        if picked:
            await self._tell_one(turn, money, picked)
        elif subscription:
            await self.tell_subscription(turn, money, subscription)
        elif turn.intent == "inform_order" and not turn.gave("order_number"):
            turn.ask("better_order_number")
        elif turn.gave("order_number"):
            await self._tell_order(turn, money, str(turn.slot("order_number")), wish)
        elif wish is Wish.DOUBLE:
            await self._tell_twice(turn, money, clue)
        elif wish is Wish.RENEWAL:
            await self.look_for_renewals(turn, money, self._fitting(turn, money, clue))
        elif clue:
            await self._tell_found(turn, money, clue)
        else:
            await self._without_clue(turn, money)

    def _fitting(self, turn: Turn, money: Money, clue: Clue) -> Sequence[Charge]:
        """The charges that the clue surely means."""
        found = find(money.charges, clue, turn.zone, turn.policy.billing.posting_days) if clue else None
        return found.charges if found and found.fit is not Fit.NONE else ()

    async def _tell_twice(self, turn: Turn, money: Money, clue: Clue) -> None:
        """Of what the clue means, else of the order whose page it is, else of everything."""
        fitting, page = self._fitting(turn, money, clue), money.of_order(turn.context.order)
        billing = turn.policy.billing
        if clue and not doubles(fitting, billing.double_minutes) and not twins(fitting, billing.alike_days):
            turn.say("utter_no_double")
            await self._tell_found(turn, money, clue)
        else:
            on_page = page if doubles(page, billing.double_minutes) else ()
            await self.look_for_doubles(turn, money, fitting or on_page or money.charges)

    async def _tell_order(self, turn: Turn, money: Money, number: str, wish: Wish | None) -> None:
        charges = money.of_order(number)
        turn.remember(page_order=turn.context.order)
        if charges and wish is Wish.DOUBLE:
            await self.look_for_doubles(turn, money, charges)
        elif charges:
            await self._tell_fitting(turn, money, charges)
        elif await look_up(self.workplace.shop.order_of, turn.context.customer or "", number):
            turn.say("utter_no_charge_for_order", order_number=number)
            self.let_pick(turn, money.charges)
        elif not counts_as_too_many(turn, number):
            turn.say("utter_order_not_found")
            self.let_pick(turn, money.charges)

    async def _without_clue(self, turn: Turn, money: Money) -> None:
        charges = money.of_order(turn.context.order) or money.of_order(turn.slot("order_number"))
        if charges and turn.question not in ("amount_or_day", "pick_charge"):
            await self._tell_fitting(turn, money, charges)
        elif money.charges:
            turn.ask_to_pick([button(turn, charge) for charge in money.charges[:LAST_FEW]], "amount_or_day")
        else:
            self.let_pick(turn, ())

    async def _tell_found(self, turn: Turn, money: Money, clue: Clue) -> None:
        found = find(money.charges, clue, turn.zone, turn.policy.billing.posting_days)
        if found.fit is Fit.NONE:
            self._tell_none(turn, clue, found)
        elif found.fit is Fit.TOGETHER:
            await self._tell_together(turn, money, found.charges)
        else:
            if found.fit in NOT_QUITE:
                turn.say(NOT_QUITE[found.fit])
            await self._tell_fitting(turn, money, found.charges)

    def _tell_none(self, turn: Turn, clue: Clue, found: Found) -> None:
        billing = turn.policy.billing
        if clue.days and not _reaches(turn, clue, billing.look_back_days):
            turn.say("utter_charge_too_long_ago", look_back=days_count(billing.look_back_days))
            turn.offer_person("billing")
            return
        turn.say("utter_no_such_charge", look_back=days_count(billing.look_back_days))
        if not clue.days or _reaches(turn, clue, billing.pending_days):
            turn.say("utter_charge_maybe_reserved", pending=days_count(billing.pending_days))
        turn.say("utter_charge_elsewhere")
        if found.charges:
            self.let_pick(turn, found.charges)
        else:
            turn.offer_person("billing")

    async def _tell_together(self, turn: Turn, money: Money, charges: Sequence[Charge]) -> None:
        """What a bank shows as one may be several of ours, such as one for each parcel."""
        turn.say("utter_charges_together", amounts=" + ".join(words_of(charge) for charge in charges))
        for charge in charges:
            tell_taking(turn, charge)
        for charge in charges[:1] if len({charge.order_number for charge in charges}) == 1 else charges:
            await tell_purpose(turn, self.workplace.shop, money, charge)
        turn.ask("helped")

    async def _tell_fitting(self, turn: Turn, money: Money, charges: Sequence[Charge]) -> None:
        """One is told; two alike are told apart; of many the customer picks."""
        pairs = doubles(charges, turn.policy.billing.double_minutes)
        subscription = _only_subscription(money, charges)
        if len(charges) == 1:
            await self._tell_one(turn, money, charges[0])
        elif pairs:
            await self.tell_double(turn, money, pairs[-1])
        elif subscription:
            await self.tell_subscription(turn, money, subscription)
        elif len(charges) == 2 and twins(charges, turn.policy.billing.look_back_days):
            await self.tell_alike(turn, money, (charges[1], charges[0]))
        elif several := _one_for_each(turn, charges):
            await self._tell_each(turn, money, several)
        else:
            turn.say("utter_several_charges")
            self.let_pick(turn, charges)

    async def _tell_each(self, turn: Turn, money: Money, charges: Sequence[Charge]) -> None:
        for charge in charges:
            await tell_charge(turn, self.workplace.shop, money, charge)
        turn.ask("helped")

    async def _tell_one(self, turn: Turn, money: Money, charge: Charge) -> None:
        await tell_charge(turn, self.workplace.shop, money, charge)
        subscription = money.subscription(charge.subscription_id)
        if subscription and subscription.status is SubscriptionStatus.ACTIVE:
            await self.offer_to_stop(turn, money, subscription)
        else:
            turn.ask("helped")


class NoneOfThese(TurnAction):
    """For *no* to an amount, a day, or any of the charges listed."""

    title = "action_none_of_these"

    async def answer(self, turn: Turn) -> None:
        """Offer a person, who can look further."""
        turn.offer_person("billing")


def _wish(turn: Turn) -> Wish | None:
    question = turn.text if turn.intent in AboutCharge.topics else question_of(turn).get("text")
    return wish_of(question) if isinstance(question, str) else None


def _reaches(turn: Turn, clue: Clue, days: int) -> bool:
    """Whether a day of the clue can lie in the last so many days."""
    first = turn.now.astimezone(turn.zone).date() - timedelta(days=days)
    return any(span.last >= first for span in clue.days)


def _picked(turn: Turn, kind: str) -> str | None:
    """What a button names; a plain yes means the only one that was offered."""
    if turn.intent == "affirm" and turn.question == f"pick_{kind}":
        return turn.slot(kind)
    return next((str(found.get("value")) for found in turn.given(kind)), None)


def _only_subscription(money: Money, charges: Sequence[Charge]) -> Subscription | None:
    ids = {charge.subscription_id for charge in charges}
    return money.subscription(ids.pop()) if len(ids) == 1 else None


def _one_for_each(turn: Turn, charges: Sequence[Charge]) -> list[Charge]:
    """The newest charge for each of the amounts given; none if one of them can mean charges for different things."""
    groups: dict[int, list[Charge]] = {}
    for charge in charges:
        groups.setdefault(charge.amount_cents, []).append(charge)
    if not 1 < len(groups) == len(turn.given("amount")) <= MOST_TOLD:
        return []
    clear = all(len(group) == 1 or _all_of_one_subscription(group) for group in groups.values())
    return [group[0] for group in groups.values()] if clear else []


def _all_of_one_subscription(charges: Sequence[Charge]) -> bool:
    ids = {charge.subscription_id for charge in charges}
    return len(ids) == 1 and None not in ids
