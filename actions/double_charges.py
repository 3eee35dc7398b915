"""Charged twice? Says which of two equal charges stays, and asks the shop once to refund the other."""

from collections.abc import Sequence

from actions.charge_news import button, tell_charge, tell_taking, words_of
from actions.charges import doubles, twins
from actions.money import Money, MoneyHelp
from actions.money_answers import MoneyAnswer
from actions.paying_back import ask_refund, refund_key
from actions.request_news import tell_request
from actions.requests import Request
from actions.shop import Charge
from actions.shop_statuses import ChargeStatus
from actions.turn import Turn
from actions.words import days_count, time_words
from actions.workplace import look_up

MOST_TO_PICK = 5


class DoubleHelp(MoneyHelp):
    """What helps with a double charge have in common."""

    async def look_for_doubles(self, turn: Turn, money: Money, charges: Sequence[Charge]) -> None:
        """Tell of the latest double among these charges; else of two alike for two things; else list what there is."""
        pairs = doubles(charges, turn.policy.billing.double_minutes)
        alike = twins(charges, turn.policy.billing.alike_days)
        if pairs:
            await self.tell_double(turn, money, pairs[-1])
        elif alike:
            await self.tell_alike(turn, money, alike[0])
        else:
            turn.say("utter_no_double")
            self.let_pick(turn, list(charges) or list(money.charges))

    async def tell_double(self, turn: Turn, money: Money, pair: tuple[Charge, Charge]) -> None:
        """Both charges with their times, and what can be done about the second."""
        first, second = pair
        times = [time_words(charge.charged_at, turn.now, turn.zone) for charge in pair]
        turn.say("utter_double", amount=words_of(first), description=first.description, first=times[0], second=times[1])
        request = await look_up(self.workplace.requests.find, refund_key(second.charge_id))
        if request:
            tell_refund(turn, request, second)
        elif any(money.refunds_of(charge) for charge in pair):
            turn.say("utter_double_going_back")
            turn.ask("helped")
        elif not is_settled(*pair):
            self._tell_reserved(turn, pair)
        else:
            turn.remember(charge=second.charge_id)
            turn.ask("refund_double")

    async def tell_alike(self, turn: Turn, money: Money, pair: tuple[Charge, Charge]) -> None:
        """Two equal charges that belong to two things: each with what it's for."""
        turn.say("utter_two_alike", amount=words_of(pair[0]))
        for charge in pair:
            await tell_charge(turn, self.workplace.shop, money, charge)
        turn.ask("helped")

    def let_pick(self, turn: Turn, charges: Sequence[Charge]) -> None:
        """Offer these charges as buttons; a person if there are none."""
        if not charges:
            turn.say("utter_no_charges", look_back=days_count(turn.policy.billing.look_back_days))
            turn.offer_person("billing")
            return
        turn.remember(charge=charges[0].charge_id if len(charges) == 1 else None)
        turn.ask_to_pick([button(turn, charge) for charge in charges[:MOST_TO_PICK]], "pick_charge")

    async def ask_refund(self, turn: Turn, charge: Charge) -> None:
        """Ask the shop once for the whole charge, and say so."""
        request = await ask_refund(self.workplace, charge.customer_id, charge.charge_id, charge.amount_cents)
        turn.remember(charge=charge.charge_id)
        tell_refund(turn, request, charge)

    def _tell_reserved(self, turn: Turn, pair: tuple[Charge, Charge]) -> None:
        """At most one of them has been taken; the other may never be."""
        for charge in pair:
            tell_taking(turn, charge)
        billing = turn.policy.billing
        if any((turn.now - charge.charged_at).days >= billing.pending_days for charge in pair):
            turn.offer_person("billing")
            return
        both = all(charge.status is ChargeStatus.PENDING for charge in pair)
        turn.say(
            "utter_double_both_reserved" if both else "utter_double_reserved", pending=days_count(billing.pending_days)
        )
        turn.ask("helped")


class RefundDouble(MoneyAnswer, DoubleHelp):
    """For *yes* to having the second of two equal charges refunded."""

    title = "action_refund_double"

    async def help(self, turn: Turn, money: Money) -> None:
        """Look again whether it's double, then ask the shop."""
        pairs = doubles(money.charges, turn.policy.billing.double_minutes)
        pair = next((pair for pair in pairs if pair[1].charge_id == turn.slot("charge")), None)
        if pair is None:
            turn.say("utter_no_double")
            turn.offer_person("billing")
        elif is_settled(*pair) and not any(money.refunds_of(charge) for charge in pair):
            await self.ask_refund(turn, pair[1])
        else:
            await self.tell_double(turn, money, pair)


def tell_refund(turn: Turn, request: Request, charge: Charge) -> None:
    """How the refund that was asked for stands."""
    tell_request(turn, request, "charge_refund", "billing", amount=words_of(charge))


def is_settled(*charges: Charge) -> bool:
    """Whether all of these have really been taken."""
    return all(charge.status is ChargeStatus.SETTLED for charge in charges)
