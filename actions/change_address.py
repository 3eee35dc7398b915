"""Sending an order elsewhere: as long as it hasn't left, read back and agreed to, as a request to the shop."""

import re
import unicodedata
from hashlib import sha256

from actions.about_order import AboutOrder, agrees, ask_about, declines
from actions.find_order import OrderHelp
from actions.parcel_news import has_left
from actions.request_news import tell_request
from actions.requests import Request, RequestStatus
from actions.shop import Order
from actions.shop_statuses import OPEN_ORDERS, OrderStatus
from actions.turn import Turn
from actions.workplace import Workplace, look_up

LONGEST_ADDRESS, FEWEST_WORDS = 300, 3
TRIES = 3
LINK = re.compile(r"https?:|www\.|://|@", re.IGNORECASE)


class ChangeAddress(OrderHelp):
    """Changes where an order goes, if it hasn't left."""

    title = "action_change_address"
    topics = ("change_address",)

    def fits(self, turn: Turn, order: Order) -> bool:
        """Only what hasn't come yet can go elsewhere."""
        return order.status in OPEN_ORDERS

    async def answer(self, turn: Turn) -> None:
        """Keep an address that the customer gives along with the wish, while the order is looked for."""
        if turn.gave("address"):
            turn.remember(new_address=address_in(turn))
        elif turn.intent in self.topics:
            turn.remember(new_address=None)
        await super().answer(turn)

    async def help_owner(self, turn: Turn, order: Order) -> None:
        """Show where it goes and ask for the new address, or say why it can't be changed (any more)."""
        if order.status in (OrderStatus.CANCELLED, OrderStatus.RETURNED):
            turn.say(f"utter_order_{order.status}", order_number=order.number)
            turn.ask("helped")
        elif order.status is OrderStatus.DELIVERED:
            turn.say("utter_address_delivered", order_number=order.number)
            turn.offer_person("change_address")
        elif has_left(order):
            turn.say("utter_address_left", order_number=order.number)
            turn.offer_person("change_address")
        elif address := turn.slot("new_address"):
            await propose(self.workplace, turn, order, address)
        else:
            _tell_present(turn, order)
            turn.remember(address_tries=None)
            ask_about(turn, "address", order)


class NewAddress(AboutOrder):
    """For an address: the answer to "where should it go?", or one that was given unasked."""

    title = "action_new_address"
    help = ChangeAddress

    async def answer(self, turn: Turn) -> None:
        """An address that nobody asked for is a wish to send something there."""
        if turn.question in ("address", "confirm_address"):
            await super().answer(turn)
        else:
            turn.take_up("change_address")
            await ChangeAddress(self.workplace).answer(turn)

    async def go_on(self, turn: Turn, order: Order) -> None:
        """Read it back and ask for a yes; what is none is asked for again, twice."""
        if has_left(order) or (turn.gave("order_number") and not turn.gave("address")):
            await self.begin_anew(turn, order)
        elif declines(turn) and not turn.gave("address"):
            turn.say("utter_address_kept")
        else:
            await propose(self.workplace, turn, order, address_in(turn))


class OtherAddress(AboutOrder):
    """For *no* to the address that was read back."""

    title = "action_other_address"
    help = ChangeAddress

    async def go_on(self, turn: Turn, order: Order) -> None:
        """Ask for it once more."""
        ask_for_another(turn, order)


class ChangeAddressNow(AboutOrder):
    """For the answer to "shall I ask the shop to send it there?"."""

    title = "action_change_address_now"
    help = ChangeAddress
    only_yes_or_no = True

    async def go_on(self, turn: Turn, order: Order) -> None:
        """Ask the shop, if the answer is a plain yes and the order hasn't left meanwhile."""
        address = turn.slot("new_address")
        if turn.gave("address"):
            await propose(self.workplace, turn, order, address_in(turn))
        elif declines(turn):
            ask_for_another(turn, order)
        elif not agrees(turn) or not address or has_left(order):
            await self.begin_anew(turn, order)
        else:
            wish = {"customer": order.customer_id, "address": address}
            ask, key = self.workplace.requests.ask, address_key(order, address)
            tell_address(turn, order, address, await look_up(ask, "change_address", order.number, wish, key))


async def propose(workplace: Workplace, turn: Turn, order: Order, address: str) -> None:
    """Read an address back and ask for a yes; say so if it's none, is the present one, or was asked for before."""
    if not _looks_right(address):
        turn.remember(new_address=None)
        _ask_again(turn, order)
    elif _plain(address) == _plain(order.ship_to or ""):
        turn.say("utter_address_same", address=address)
        turn.ask("helped")
    elif request := await look_up(workplace.requests.find, address_key(order, address)):
        tell_address(turn, order, address, request)
    else:
        turn.remember(new_address=address, address_tries=None)
        turn.say("utter_address_read_back", order_number=order.number, address=address)
        ask_about(turn, "confirm_address", order)


def ask_for_another(turn: Turn, order: Order) -> None:
    """Forget the address that was read back, and ask for it once more."""
    turn.remember(new_address=None)
    ask_about(turn, "address", order)


def address_in(turn: Turn) -> str:
    """The address in the message, else all of the message, in one line."""
    given = turn.given("address")
    text = given[0]["value"] if given else turn.text
    lines = (" ".join(line.split()) for line in text.splitlines())
    shown = ", ".join(line.rstrip(",") for line in lines if line)
    return "".join(letter for letter in shown if unicodedata.category(letter)[0] != "C")


def address_key(order: Order, address: str) -> str:
    """The request's name: the same address, however it's spaced or capitalised, is asked for once."""
    return f"change_address:{order.number}:{sha256(_plain(address).encode()).hexdigest()[:16]}"


def tell_address(turn: Turn, order: Order, address: str, request: Request) -> None:
    """What became of the wish to send this order there."""
    turn.remember(new_address=None)
    if request.status is RequestStatus.DONE and _plain(address) != _plain(order.ship_to or address):
        turn.say("utter_address_changed_since", address=address)
        turn.offer_person("change_address")
    else:
        tell_request(turn, request, "address", "change_address", order_number=order.number, address=address)


def _plain(address: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", address).casefold()))


def _looks_right(address: str) -> bool:
    enough = len(address.split()) >= FEWEST_WORDS and any(letter.isdigit() for letter in address)
    return enough and len(address) <= LONGEST_ADDRESS and not LINK.search(address)


def _ask_again(turn: Turn, order: Order) -> None:
    tries = turn.count("address_tries") + 1
    turn.remember(address_tries=float(tries))
    if tries >= TRIES:
        turn.say("utter_address_gave_up")
        turn.offer_person("change_address")
    else:
        turn.say("utter_address_unclear")
        ask_about(turn, "address", order)


def _tell_present(turn: Turn, order: Order) -> None:
    if order.ship_to:
        turn.say("utter_address_now", order_number=order.number, address=order.ship_to)
    else:
        turn.say("utter_address_open", order_number=order.number)
