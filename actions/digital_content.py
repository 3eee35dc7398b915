"""Books and other digital things: where they are, how to read them on a computer, and one that never came."""

import re
from datetime import timedelta

from actions.guided_help import GuidedHelp
from actions.guides import Problem
from actions.request_news import FOR_NOW
from actions.requests import RequestStatus
from actions.shop import LibraryItem, Order, OrderItem
from actions.shop_statuses import ItemKind, OrderStatus
from actions.turn import Turn
from actions.words import on_day_words, time_words
from actions.workplace import look_up

ORDERS_LOOKED_AT = 20
MOST_TITLES = 8
PATIENCE = timedelta(days=1)
"""A request that the shop hasn't settled after this time is a matter for a person."""
SETTLED = {
    RequestStatus.ASKED: "utter_content_asked_before",
    RequestStatus.DONE: "utter_content_sent",
    RequestStatus.REFUSED: "utter_content_refused",
}
LIBRARY = frozenset({"missing", "owned", "on_computer"})
"""Problems for which it helps to look what the customer owns."""


class DigitalContent(GuidedHelp):
    """Looks into the customer's library, then goes through the steps."""

    title = "action_digital_content"
    topics = ("digital_content",)
    words = "utter_content_step_"
    all_tried = "utter_content_all_tried"
    reason = "content"

    async def begin(self, turn: Turn, named: Problem | None) -> None:
        """Say what the library holds before the steps; a book that never reached it is asked for."""
        if named is None or named.problem not in LIBRARY:
            await super().begin(turn, named)
        elif turn.context.customer:
            await self._look(turn, turn.context.customer, named)
        elif named.steps:
            turn.say("utter_content_not_signed_in")
            await super().begin(turn, named)
        else:
            turn.ask_to_sign_in(self.reason)

    async def _look(self, turn: Turn, customer: str, problem: Problem) -> None:
        owned = await look_up(self.workplace.shop.all_of, LibraryItem, customer)
        astray = await self._astray(turn, customer, owned)
        if problem.problem == "missing" and astray:
            await self._deliver(turn, *astray)
        elif not owned and problem.problem != "on_computer":
            turn.say("utter_content_none")
            turn.offer_person(self.reason)
        else:
            await self._tell_owned(turn, owned, problem)

    async def _tell_owned(self, turn: Turn, owned: list[LibraryItem], problem: Problem) -> None:
        meant = [item.title for item in owned if _names(turn.text, item.title)] or [item.title for item in owned]
        if meant:
            turn.say("utter_content_owned", titles=_listed(meant))
        if problem.steps:
            await super().begin(turn, problem)
        else:
            turn.ask("helped")

    async def _astray(self, turn: Turn, customer: str, owned: list[LibraryItem]) -> tuple[Order, OrderItem] | None:
        """Something digital that was ordered and isn't in the library; what is named in the message comes first."""
        skus = {item.sku for item in owned}
        if any(_names(turn.text, item.title) for item in owned):
            return None
        orders = await look_up(self.workplace.shop.recent_orders, customer, ORDERS_LOOKED_AT)
        kept = [order for order in orders if order.status is not OrderStatus.CANCELLED]
        missing = [
            (order, item)
            for order in kept
            for item in order.items
            if item.kind is ItemKind.DIGITAL and item.sku not in skus
        ]
        named = [found for found in missing if _names(turn.text, found[1].title)]
        return next(iter(named or missing), None)

    async def _deliver(self, turn: Turn, order: Order, item: OrderItem) -> None:
        wish = {"customer": order.customer_id}
        request = await look_up(self.workplace.requests.ask, "deliver_digital", order.number, wish)
        said = {"title": item.title, "order_number": order.number}
        if request.fresh:
            turn.say("utter_content_asked", ordered=on_day_words(order.placed_at, turn.now, turn.zone), **said)
        else:
            turn.say(SETTLED[request.status], asked=time_words(request.asked_at, turn.now, turn.zone), **said)
        if request.status is not RequestStatus.ASKED or turn.now - request.asked_at > PATIENCE:
            turn.offer_person(self.reason)
        else:
            turn.ask("helped", FOR_NOW)


def _names(text: str, title: str) -> bool:
    """Whether a text names a title, or most of it."""
    words = {word for word in re.findall(r"\w+", title.lower()) if len(word) > 3 and word != "book"}
    said = set(re.findall(r"\w+", text[:1_000].lower()))
    return bool(words) and len(words & said) * 2 > len(words)


def _listed(titles: list[str]) -> str:
    return "; ".join(titles[:MOST_TITLES]) + (" …" if len(titles) > MOST_TITLES else "")
