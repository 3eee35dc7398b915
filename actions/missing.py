"""Delivered, says the carrier, but it isn't there: wait, look around, then a claim; one thing at a time."""

from datetime import datetime

from actions.about_order import ask_about
from actions.claims import find_claim, tell_claim
from actions.find_order import OrderHelp
from actions.order_news import tell_owner, tell_stranger
from actions.orders import TrackOrder
from actions.parcel_news import day_after, is_over
from actions.shop import DeliveryStatus, Order, Scan, Shipment, delivery_status
from actions.shop_statuses import OrderStatus, ScanKind, ShipmentStatus
from actions.turn import Turn
from actions.words import day_words, time_words
from actions.workplace import Workplace


class MissingParcel(OrderHelp):
    """Helps to find a parcel that is marked as delivered, or to report it."""

    title = "action_missing_parcel"
    topics = ("delivered_not_received",)
    for_strangers = True

    def fits(self, turn: Turn, order: Order) -> bool:
        """Only what was delivered, not too long ago."""
        return any(not _is_too_old(turn, shipment) for shipment in delivered(order))

    async def help_owner(self, turn: Turn, order: Order) -> None:
        """Begin with the parcel that is meant; say so if none is marked as delivered."""
        if order.status in (OrderStatus.CANCELLED, OrderStatus.RETURNED):
            tell_owner(turn, delivery_status(order))
            turn.ask("helped")
        elif not delivered(order):
            turn.say("utter_missing_not_delivered", order_number=order.number)
            turn.remember(about="track_package")
            await TrackOrder(self.workplace).help_owner(turn, order)
        elif len(_sent(order)) == 1:
            await begin(self.workplace, turn, order, delivered(order)[0])
        else:
            tell_owner(turn, delivery_status(order))
            ask_which(turn, order, delivered(order))

    async def help_stranger(self, turn: Turn, status: DeliveryStatus) -> None:
        """The delivery status, and that more takes a proof of who asks."""
        tell_stranger(turn, status)
        turn.ask_to_sign_in("missing_parcel")


async def begin(workplace: Workplace, turn: Turn, order: Order, shipment: Shipment) -> None:
    """What the carrier says of it, then the first thing to do; or what became of it, if it was reported."""
    request = await find_claim(workplace, shipment)
    if shipment.missing_reported_at or request:
        await tell_claim(workplace, turn, shipment, request)
        return
    turn.remember(parcel=str(shipment.parcel))
    _tell_where(turn, order, shipment)
    if _is_too_old(turn, shipment):
        turn.say("utter_missing_too_old")
        turn.offer_person("missing_parcel")
    elif is_over(_wait_until(turn, shipment), turn.now, turn.zone):
        ask_to_look(turn, order, shipment)
    else:
        turn.say("utter_missing_may_come", until=until(turn, shipment))
        ask_about(turn, "wait", order)


def ask_which(turn: Turn, order: Order, parcels: list[Shipment]) -> None:
    """Ask whether it's the first of these parcels; the customer has heard of each."""
    turn.remember(parcel=str(parcels[0].parcel))
    turn.say("utter_missing_which", parcel=str(parcels[0].parcel))
    ask_about(turn, "this_parcel", order)


def ask_about_next(turn: Turn, order: Order, shipment: Shipment) -> None:
    """Ask whether it's the parcel after this one; if none is left, the rest is still to come."""
    later = [each for each in delivered(order) if each.parcel > shipment.parcel]
    if later:
        ask_which(turn, order, later)
    else:
        turn.say("utter_missing_others")
        turn.ask("helped")


def ask_to_look(turn: Turn, order: Order, shipment: Shipment) -> None:
    """Where parcels turn up; if the carrier left a note, to be compared with it."""
    scan = _delivery_scan(shipment)
    turn.say("utter_missing_look_note" if scan and scan.detail else "utter_missing_look")
    ask_about(turn, "looked", order)


def delivered(order: Order) -> list[Shipment]:
    """The parcels that are marked as delivered."""
    return [shipment for shipment in order.shipments if shipment.status is ShipmentStatus.DELIVERED]


def _sent(order: Order) -> list[Shipment]:
    return [shipment for shipment in order.shipments if shipment.status is not ShipmentStatus.CANCELLED]


def _tell_where(turn: Turn, order: Order, shipment: Shipment) -> None:
    scan, when = _delivery_scan(shipment), _delivered_at(shipment)
    told = {"order_number": order.number, "carrier": shipment.carrier}
    told["delivered"] = time_words(when, turn.now, turn.zone)
    if scan and scan.place:
        turn.say("utter_missing_where", **told, place=scan.place)
    else:
        turn.say("utter_missing_when", **told)
    if scan and scan.detail:
        turn.say("utter_missing_note", note=scan.detail)


def _delivery_scan(shipment: Shipment) -> Scan | None:
    return next((scan for scan in reversed(shipment.scans) if scan.kind is ScanKind.DELIVERED), None)


def _delivered_at(shipment: Shipment) -> datetime:
    return shipment.delivered_at or shipment.promised_at


def _is_too_old(turn: Turn, shipment: Shipment) -> bool:
    days = turn.policy.missing.claim_within_days
    return is_over(day_after(_delivered_at(shipment), days, turn.zone), turn.now, turn.zone)


def _wait_until(turn: Turn, shipment: Shipment) -> datetime:
    return day_after(_delivered_at(shipment), turn.policy.missing.wait_days, turn.zone)


def until(turn: Turn, shipment: Shipment) -> str:
    """The last day on which it may still come, in words."""
    return day_words(_wait_until(turn, shipment), turn.now, turn.zone)
