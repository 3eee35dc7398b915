"""Answers in the search for a parcel that is marked as delivered: which one, wait, look around, report it."""

from actions.about_order import AboutOrder, agrees, ask_about, declines
from actions.claims import tell_claim
from actions.going_on import Solved
from actions.missing import MissingParcel, ask_about_next, ask_to_look, begin, delivered, until
from actions.shop import Order, Shipment
from actions.turn import Turn
from actions.workplace import look_up


class AboutParcel(AboutOrder):
    """An answer about a parcel that is marked as delivered."""

    help = MissingParcel

    async def go_on(self, turn: Turn, order: Order) -> None:
        """Find the parcel again, as it's now."""
        shipment = next((each for each in delivered(order) if str(each.parcel) == turn.slot("parcel")), None)
        if shipment:
            await self.search(turn, order, shipment)
        else:
            await self.begin_anew(turn, order)

    async def search(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Do what the answer means for this parcel."""
        raise NotImplementedError


class NotThere(AboutOrder):
    """For *no*, and what may be one, to "do you have it?" about an order that was delivered."""

    title = "action_not_there"
    help = MissingParcel
    only_yes_or_no = True

    async def go_on(self, turn: Turn, order: Order) -> None:
        """It's a missing parcel then, unless the answer was a yes after all."""
        if agrees(turn):
            await Solved(self.workplace).answer(turn)
            return
        turn.remember(about="delivered_not_received")
        await self.begin_anew(turn, order)


class ThisParcel(AboutParcel):
    """For *yes* to "is it this parcel?"."""

    title = "action_this_parcel"
    only_yes_or_no = True

    async def search(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Begin with it, unless the yes was a no after all."""
        if declines(turn):
            ask_about_next(turn, order, shipment)
        else:
            await begin(self.workplace, turn, order, shipment)


class OtherParcel(AboutParcel):
    """For *no* to "is it this parcel?"."""

    title = "action_other_parcel"

    async def search(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Ask about the next one that is marked as delivered."""
        ask_about_next(turn, order, shipment)


class WaitForParcel(AboutParcel):
    """For *yes* to waiting."""

    title = "action_wait_for_parcel"

    async def search(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Say until when; whoever doesn't plainly agree needn't wait ("no, it should be here already")."""
        if agrees(turn):
            turn.say("utter_missing_waiting", until=until(turn, shipment))
            turn.ask("helped")
        else:
            ask_to_look(turn, order, shipment)


class LookForParcel(AboutParcel):
    """For *no* to waiting."""

    title = "action_look_for_parcel"

    async def search(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Say where parcels turn up."""
        ask_to_look(turn, order, shipment)


class AskClaim(AboutParcel):
    """For *no* to "have you found it?"."""

    title = "action_ask_claim"
    only_yes_or_no = True

    async def search(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Offer to report it, unless the answer was a yes after all ("yes, it was behind the bin")."""
        if agrees(turn):
            await Solved(self.workplace).answer(turn)
        else:
            turn.say("utter_claim_what", carrier=shipment.carrier)
            ask_about(turn, "confirm_claim", order)


class ReportMissing(AboutParcel):
    """For *yes* to reporting it."""

    title = "action_report_missing"
    only_yes_or_no = True

    async def search(self, turn: Turn, order: Order, shipment: Shipment) -> None:
        """Ask the shop once, if the answer is a plain yes."""
        if declines(turn):
            turn.say("utter_claim_not_wanted")
        elif not agrees(turn):
            ask_about(turn, "confirm_claim", order)
        elif shipment.missing_reported_at:
            await tell_claim(self.workplace, turn, shipment)
        else:
            ask, wish = self.workplace.requests.ask, {"customer": order.customer_id}
            request = await look_up(ask, "report_missing", shipment.shipment_id, wish)
            await tell_claim(self.workplace, turn, shipment, request)
