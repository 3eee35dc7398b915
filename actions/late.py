"""Answers about a late or lost parcel: a new one, the money back, or to wait; each asked of the shop after a yes."""

from actions.about_order import AboutOrder, agrees, ask_about, declines
from actions.amends import Payback, earlier_request, may_choose, money_for, tell_amends
from actions.order_news import things_words
from actions.orders import TrackOrder
from actions.paying_back import ask_refund
from actions.shop import Order, Shipment
from actions.turn import Turn
from actions.words import days_count, money_words
from actions.workplace import look_up


class AboutLostParcel(AboutOrder):
    """An answer about a parcel for which the customer may choose; if that isn't so (any more), it's told anew."""

    help = TrackOrder

    async def go_on(self, turn: Turn, order: Order) -> None:
        """Find the parcel again, as it's now."""
        shipment = next((each for each in order.shipments if str(each.parcel) == turn.slot("parcel")), None)
        if not shipment or not may_choose(turn, shipment):
            await self.begin_anew(turn, order)
        elif request := await earlier_request(self.workplace, order, shipment):
            tell_amends(turn, order, request)
        else:
            await self.choose(turn, order, shipment)

    async def choose(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Do what the answer means for this parcel."""
        raise NotImplementedError


class AskAmends(AboutLostParcel):
    """For an answer that leaves the choice open."""

    title = "action_ask_amends"

    async def choose(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Ask again."""
        ask_about(turn, "amends", order)


class OfferNewParcel(AboutLostParcel):
    """For *send it again*."""

    title = "action_offer_new_parcel"

    async def choose(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Say what would go where, and ask for a yes."""
        offer_new_parcel(turn, order, shipment)


class OfferMoneyBack(AboutLostParcel):
    """For *money back*."""

    title = "action_offer_money_back"

    async def choose(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Say how much it is, and ask for a yes."""
        offer_money_back(turn, order, await money_for(self.workplace, order, shipment))


class SendAgain(AboutLostParcel):
    """For the answer to "shall I ask the shop to send it again?"."""

    title = "action_send_again"
    only_yes_or_no = True

    async def choose(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Ask the shop, if the answer is a plain yes."""
        if declines(turn):
            ask_about(turn, "amends", order)
            return
        if not agrees(turn):
            offer_new_parcel(turn, order, shipment)
            return
        ask, wish = self.workplace.requests.ask, {"customer": order.customer_id}
        tell_amends(turn, order, await look_up(ask, "send_again", shipment.shipment_id, wish))


class PayBack(AboutLostParcel):
    """For the answer to "shall I ask the shop to pay it back?"."""

    title = "action_pay_back"
    only_yes_or_no = True

    async def choose(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Ask the shop, if the answer is a plain yes."""
        if declines(turn):
            ask_about(turn, "amends", order)
            return
        money = await money_for(self.workplace, order, shipment)
        if not money or not agrees(turn):
            offer_money_back(turn, order, money)
            return
        place, against = self.workplace, shipment.shipment_id
        tell_amends(turn, order, await ask_refund(place, order.customer_id, money.charge_id, money.cents, against))


def offer_new_parcel(turn: Turn, order: Order, shipment: Shipment) -> None:
    """What would be sent again, and where to."""
    things = things_words(item for item in order.items if item.shipment_id == shipment.shipment_id)
    if order.ship_to:
        turn.say("utter_new_parcel_what", things=things, address=order.ship_to)
    else:
        turn.say("utter_new_parcel_things", things=things)
    ask_about(turn, "confirm_new_parcel", order)


def offer_money_back(turn: Turn, order: Order, money: Payback | None) -> None:
    """How much would go back; a person, if the shop's books have nothing left of it."""
    if not money:
        turn.say("utter_money_back_unknown")
        turn.offer_person("order_problem")
        return
    amount = money_words(money.cents, money.currency)
    turn.say("utter_money_back_what", amount=amount, refund_days=days_count(turn.policy.returns.refund_days))
    ask_about(turn, "confirm_money_back", order)
