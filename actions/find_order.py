"""Which order? Finds the one that the customer means, or asks; each help with an order begins here."""

from typing import ClassVar

from actions.help import Help
from actions.shop import DeliveryStatus, Order, order_number
from actions.turn import Turn
from actions.words import button_title
from actions.workplace import look_up

MOST_SEARCHED, MOST_LISTED = 20, 5
NO_NUMBER = "-"  # what the desk is told of a number that is none


class OrderHelp(Help):
    """A help that needs an order. Subclasses say what they do with it.

    A verified customer is asked nothing that the desk knows. Anybody else is asked for order number and e-mail address
    if `for_strangers`, and to sign in if not.
    """

    for_strangers: ClassVar[bool] = False

    async def help_owner(self, turn: Turn, order: Order) -> None:
        """Help the customer, who has proven to own this order (with items, shipments and scans)."""
        raise NotImplementedError

    async def help_stranger(self, turn: Turn, status: DeliveryStatus) -> None:
        """Help somebody who knows number and e-mail address: the status is all that they may be told."""
        raise NotImplementedError

    def fits(self, turn: Turn, order: Order) -> bool:
        """Whether this order can be meant when the customer names none."""
        return True

    async def without_order(self, turn: Turn, customer: str) -> None:
        """The customer names no order: help with the only one that can be meant, or let them pick."""
        orders = await look_up(self.workplace.shop.recent_orders, customer)
        await self.choose(turn, [order for order in orders if self.fits(turn, order)] or orders)

    async def choose(self, turn: Turn, orders: list[Order]) -> None:
        """Help with the only one of these orders, or let the customer pick."""
        if len(orders) == 1:
            await self._help(turn, orders[0])
        else:
            _let_pick(turn, orders)

    async def answer(self, turn: Turn) -> None:
        """Find the order, or ask for what is missing."""
        if turn.intent == "inform_order" and not _tells_order(turn):
            turn.ask("better_order_number")
        elif turn.context.customer:
            await self._for_owner(turn, turn.context.customer)
        elif self.for_strangers:
            await self._for_stranger(turn)
        else:
            turn.ask_to_sign_in("asked")

    async def _for_owner(self, turn: Turn, customer: str) -> None:
        if turn.gave("tracking_number") and not turn.gave("order_number"):
            await self._by_parcel(turn, customer)
            return
        number, from_page = _wanted(turn)
        order = await look_up(self.workplace.shop.order_of, customer, number) if number else None
        if order:
            await self._help(turn, order)
        elif number and not from_page:
            await self._not_found(turn, customer, number)
        else:
            await self.without_order(turn, customer)

    async def _help(self, turn: Turn, order: Order) -> None:
        turn.remember(order_number=order.number, page_order=turn.context.order)
        await self.help_owner(turn, order)

    async def _by_parcel(self, turn: Turn, customer: str) -> None:
        """The order of the parcel that the customer names, looked for among their own only."""
        orders = await look_up(self.workplace.shop.recent_orders, customer, MOST_SEARCHED)
        named = {parcel["value"] for parcel in turn.given("tracking_number")}
        meant = [order for order in orders if named & {_plain(parcel.tracking_number) for parcel in order.shipments}]
        if meant:
            await self._help(turn, meant[0])
        else:
            turn.say("utter_tracking_not_found")
            _let_pick(turn, orders[:MOST_LISTED])

    async def _not_found(self, turn: Turn, customer: str, number: str) -> None:
        orders = await look_up(self.workplace.shop.recent_orders, customer)
        if not counts_as_too_many(turn, number):
            turn.say("utter_order_not_found")
            _let_pick(turn, orders)

    async def _for_stranger(self, turn: Turn) -> None:
        number, email = turn.slot("order_number"), turn.slot("email")
        if _tried_too_often(turn, number):
            return
        if number is None:
            turn.ask("order_number")
        elif email is None:
            turn.ask("email")
        elif status := await look_up(self.workplace.shop.order_by_email, number, email):
            await self.help_stranger(turn, status)
        elif not counts_as_too_many(turn, number):
            turn.remember(email=None)
            turn.say("utter_order_not_found_anonymous")
            turn.ask("order_number")


def _tells_order(turn: Turn) -> bool:
    """Whether the message holds what an order can be found by; a parcel's number only helps who has signed in."""
    by_parcel = turn.context.customer is not None and turn.gave("tracking_number")
    return by_parcel or turn.gave("order_number") or turn.gave("email")


def _plain(tracking_number: str | None) -> str:
    return "".join((tracking_number or "").split()).upper()


def _wanted(turn: Turn) -> tuple[str | None, bool]:
    """The order meant, and whether it's only the page's: a page newly come from beats an order named earlier."""
    named, page = turn.slot("order_number"), turn.context.order
    newly_there = page is not None and page != turn.slot("page_order") and not turn.gave("order_number")
    if newly_there or named is None:
        return page, True
    return named, False


def _let_pick(turn: Turn, orders: list[Order]) -> None:
    if not orders:
        turn.say("utter_no_orders")
        turn.offer_person("order_not_found")
        return
    turn.ask_to_pick([_button(order) for order in orders])
    turn.remember(page_order=turn.context.order)


def _button(order: Order) -> dict[str, str]:
    things = ", ".join(item.title for item in order.items)
    title = f"{order.number}: {things}" if things else order.number
    return {"title": button_title(title), "payload": f'/inform_order{{"order_number":"{order.number}"}}'}


def counts_as_too_many(turn: Turn, number: str) -> bool:
    """Count one more wrong number; if that's one too many, answer accordingly."""
    wrong = turn.count("wrong_orders") + 1
    turn.note(wrong_order=order_number(number) or NO_NUMBER)
    turn.remember(wrong_orders=float(wrong), order_number=None, page_order=turn.context.order)
    return _too_many(turn, wrong, max(wrong, turn.context.wrong_orders + 1) > turn.policy.guesses.in_an_hour)


def _tried_too_often(turn: Turn, number: str | None) -> bool:
    """Whether an anonymous customer, their address or this number has no try left; then answer accordingly."""
    wrong = turn.count("wrong_orders")
    guarded = order_number(number or "") in turn.context.guarded_orders
    return _too_many(turn, wrong, guarded or max(wrong, turn.context.wrong_orders) > turn.policy.guesses.in_an_hour)


def _too_many(turn: Turn, wrong: int, none_left: bool) -> bool:
    if none_left:
        turn.say("utter_too_many_tries")
        turn.hand_over("order_not_found")
    elif wrong >= turn.policy.guesses.tries:
        turn.say("utter_too_many_tries")
        turn.offer_person("order_not_found")
    return none_left or wrong >= turn.policy.guesses.tries
