"""Answers to the questions about a return: which thing, shall it go back, or something else instead."""

from collections.abc import Sequence

from actions.about_order import AboutOrder, agrees, declines
from actions.cancel import CancelOrder
from actions.going_on import GoOn
from actions.requests import Request
from actions.returns import ReturnItem, keys_of, let_pick, offer, open_items, tell_requests
from actions.shop import Order, OrderItem
from actions.turn import Turn, TurnAction
from actions.wishes import picked_in
from actions.workplace import Workplace, look_up

ALL = "all"


class StartReturn(TurnAction):
    """For *yes* to "would you like to send something back?", asked while the talk was about something else."""

    title = "action_start_return"

    async def answer(self, turn: Turn) -> None:
        """Turn to the return."""
        turn.remember(about="return_item", return_wish=None)
        await ReturnItem(self.workplace).answer(turn)


class CancelInstead(TurnAction):
    """For *yes* to cancelling what hasn't left, instead of sending it back later."""

    title = "action_cancel_instead"

    async def answer(self, turn: Turn) -> None:
        """Turn to cancelling."""
        turn.remember(about="cancel_order")
        await CancelOrder(self.workplace).answer(turn)


class PickItem(AboutOrder):
    """For the answer to "which of these?": a button, or the thing's name."""

    title = "action_pick_item"
    help = ReturnItem

    async def go_on(self, turn: Turn, order: Order) -> None:
        """Offer what was picked; ask again if that's unclear, or turn to what was asked instead."""
        items = await open_items(self.workplace, turn, order)
        if picked := _picked(turn, items):
            await offer(self.workplace, turn, order, picked)
        elif declines(turn):
            turn.say("utter_return_kept")
        elif _is_of_other_topic(turn):
            await _turn_to_it(self.workplace, turn)
        elif items:
            let_pick(turn, order, items)
        else:
            await self.begin_anew(turn, order)


class ReturnNow(AboutOrder):
    """For the answer to "shall I ask for a return?"."""

    title = "action_return_now"
    help = ReturnItem

    async def go_on(self, turn: Turn, order: Order) -> None:
        """Ask the shop, if the answer is a plain yes and everything still can go back."""
        items = await open_items(self.workplace, turn, order)
        chosen = [item for item in items if str(item.line) in (turn.slot("return_lines") or "").split()]
        if declines(turn):
            turn.say("utter_return_kept")
        elif not agrees(turn) and _is_of_other_topic(turn):
            await _turn_to_it(self.workplace, turn)
        elif not agrees(turn) or not chosen:
            await self.begin_anew(turn, order)
        else:
            requests = [await self._ask(order, key, line) for key, line in keys_of(order, chosen)]
            tell_requests(turn, order, chosen, requests)

    async def _ask(self, order: Order, key: str, line: int | None) -> Request:
        wish = {"customer": order.customer_id, "line": line}
        return await look_up(self.workplace.requests.ask, "return", order.number, wish, key)


def _is_of_other_topic(turn: Turn) -> bool:
    """Whether the message, taken by itself, asks for something other than a return."""
    return turn.intent in TurnAction.all_topics() - set(ReturnItem.topics)


async def _turn_to_it(place: Workplace, turn: Turn) -> None:
    """Let the help of that topic answer; the return can be offered again later."""
    turn.take_up(turn.intent)
    await GoOn(place).answer(turn)


def _picked(turn: Turn, items: Sequence[OrderItem]) -> list[OrderItem]:
    chosen = [str(given["value"]) for given in turn.given("order_line")]
    if ALL in chosen:
        return list(items)
    return [item for item in items if str(item.line) in chosen] if chosen else picked_in(turn.text, items)
