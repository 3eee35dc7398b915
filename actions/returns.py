"""Sending something back: what can be, which of it, and after a plain yes a request to the shop."""

import asyncio
from collections.abc import Sequence

from actions.find_order import OrderHelp
from actions.money_back import MoneyBack, money_back
from actions.order_news import things_words
from actions.request_news import tell_request
from actions.requests import Request, RequestStatus
from actions.return_news import ReturnNews
from actions.return_refusals import tell_why_not
from actions.returnable import Standing, arrived_at, last_day, price, sent_items, solid, standing
from actions.shop import Order, OrderItem, Return
from actions.shop_statuses import OrderStatus
from actions.turn import Turn
from actions.wishes import Wish, named_in, wish_in
from actions.words import day_words, days_count, money_words
from actions.workplace import Workplace, look_up

MOST_ORDERS = 10
MOST_TO_PICK = 5


class ReturnItem(OrderHelp):
    """Finds out what is to go back, and asks for a yes."""

    title = "action_return_item"
    topics = ("return_item",)

    async def answer(self, turn: Turn) -> None:
        """Somebody who isn't signed in hears at least what the shop promises everybody."""
        if not turn.context.customer:
            days = turn.policy.returns
            within, refund = days_count(days.within_days), days_count(days.refund_days)
            turn.say("utter_return_policy", within_days=within, refund_days=refund)
        await super().answer(turn)

    async def without_order(self, turn: Turn, customer: str) -> None:
        """Orders with the thing that was named, else those of which something can go back, else all recent ones."""
        recent = await look_up(self.workplace.shop.recent_orders, customer, MOST_ORDERS)
        here = [order for order in recent if _open_items(turn, order, [])]
        named = [order for order in here if named_in(turn.text, solid(order))]
        await self.choose(turn, (named or here or recent)[:MOST_TO_PICK])

    async def help_owner(self, turn: Turn, order: Order) -> None:
        """Offer what can go back; if that's nothing, say why, or what became of what is going back already."""
        self._notice_wish(turn)
        money = (await money_back(self.workplace.shop, order.customer_id)).of(order.number)
        items = _open_items(turn, order, money.returns)
        named = named_in(turn.text, solid(order))
        going = [sent for sent in money.returns if not items or _is_about(order, sent, named)]
        wanted = [item for item in items if item in named] or items
        if going:
            await self._tell_going(turn, order, money, going)
        elif len(wanted) > 1:
            let_pick(turn, order, wanted)
        elif wanted:
            await offer(self.workplace, turn, order, wanted)
        else:
            tell_why_not(turn, order)

    def _notice_wish(self, turn: Turn) -> None:
        """What was said on the way to an order counts until the next wish to return something."""
        if turn.intent in self.topics and not turn.gave("order_line"):
            turn.remember(return_wish=wish_in(turn.text))

    async def _tell_going(self, turn: Turn, order: Order, money: MoneyBack, going: Sequence[Return]) -> None:
        news = ReturnNews(self.workplace, turn, order, money)
        for sent in going:
            refund = money.refund_of(sent)
            await (news.tell_refund(refund) if refund else news.tell_return(sent))
        news.end()


async def open_items(place: Workplace, turn: Turn, order: Order) -> list[OrderItem]:
    """The lines of the order that can be sent back now."""
    return _open_items(turn, order, (await money_back(place.shop, order.customer_id)).of(order.number).returns)


async def offer(place: Workplace, turn: Turn, order: Order, items: Sequence[OrderItem]) -> None:
    """Ask for a yes to sending these lines back; if the shop has been asked before, say what became of that."""
    keys = [_key(order), *(_key(order, item) for item in items)]
    found = await asyncio.gather(*(look_up(place.requests.find, key) for key in keys))
    if asked := [request for request in found if request]:
        tell_requests(turn, order, items, asked)
        return
    wish = turn.slot("return_wish")
    if wish in list(Wish):
        turn.say(f"utter_return_{wish}")
    turn.say("utter_return_offer", until=_until(turn, order, items), **_fields(order, items))
    turn.remember(question_about=order.number, return_lines=" ".join(str(item.line) for item in items))
    turn.ask("confirm_return", "utter_ask_confirm_return_or_person" if wish else None)


def let_pick(turn: Turn, order: Order, items: Sequence[OrderItem]) -> None:
    """Ask which of these lines is to go back."""
    turn.remember(question_about=order.number)
    turn.ask_to_pick([_button(item) for item in items], "pick_item")


def keys_of(order: Order, items: Sequence[OrderItem]) -> list[tuple[str, int | None]]:
    """What names each request, with its line; one without a line if all that goes by post goes back."""
    if len(items) == len(solid(order)):
        return [(_key(order), None)]
    return [(_key(order, item), item.line) for item in items]


def tell_requests(turn: Turn, order: Order, items: Sequence[OrderItem], requests: Sequence[Request]) -> None:
    """One answer for all: a refusal first, and "asked before" only if none is new."""
    first = min(requests, key=lambda request: (request.status is not RequestStatus.REFUSED, not request.fresh))
    label = day_words(last_day(turn.now, turn.zone, turn.policy.returns.label_days), turn.now, turn.zone)
    days = days_count(turn.policy.returns.refund_days)
    tell_request(turn, first, "return", "return", label_by=label, refund_days=days, **_fields(order, items))


def _open_items(turn: Turn, order: Order, returns: Sequence[Return]) -> list[OrderItem]:
    days = turn.policy.returns.within_days
    if order.status in (OrderStatus.CANCELLED, OrderStatus.RETURNED):
        return []
    return [item for item in order.items if standing(order, item, returns, turn.now, turn.zone, days) is Standing.OPEN]


def _is_about(order: Order, sent: Return, named: Sequence[OrderItem]) -> bool:
    """Whether the customer has named nothing but what is going back already."""
    return bool(named) and all(item in sent_items(order, sent) for item in named)


def _button(item: OrderItem) -> dict[str, str]:
    return {"title": things_words([item])[:60], "payload": f'/return_item{{"order_line":"{item.line}"}}'}


def _key(order: Order, item: OrderItem | None = None) -> str:
    return f"return:{order.number}:{item.line}" if item else f"return:{order.number}"


def _fields(order: Order, items: Sequence[OrderItem]) -> dict[str, str]:
    return {
        "order_number": order.number,
        "things": things_words(items),
        "amount": money_words(price(items), order.currency),
    }


def _until(turn: Turn, order: Order, items: Sequence[OrderItem]) -> str:
    """The last day on which all of them can be sent back."""
    times = [time for item in items if (time := arrived_at(order, item))]
    return day_words(last_day(min(times), turn.zone, turn.policy.returns.within_days), turn.now, turn.zone)
