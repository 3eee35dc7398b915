"""Answers to questions about an order: they go on with the order that was asked about, not with another."""

from typing import ClassVar

from actions.find_order import OrderHelp
from actions.misunderstanding import ask_for_other_words
from actions.shop import Order
from actions.turn import Turn, TurnAction
from actions.workplace import look_up


def ask_about(turn: Turn, question: str, order: Order) -> None:
    """Ask something about this order; whoever takes the answer gets the same order."""
    turn.remember(question_about=order.number)
    turn.ask(question)


class AboutOrder(TurnAction):
    """For an answer to a question of `help`; subclasses say what follows.

    The help begins anew if the customer names another order meanwhile, isn't signed in any more, or doesn't own it.
    """

    help: ClassVar[type[OrderHelp]]
    only_yes_or_no: ClassVar[bool] = False
    """Whether a message that wasn't understood, and opens with neither yes nor no, is no answer."""

    async def go_on(self, turn: Turn, order: Order) -> None:
        """Do what the answer means for this order."""
        raise NotImplementedError

    async def answer(self, turn: Turn) -> None:
        """Find the order again, as it's now."""
        order = await self._order(turn)
        if turn.intent == "nlu_fallback" and not turn.opening and self.only_yes_or_no:
            ask_for_other_words(turn)
        elif order:
            await self.go_on(turn, order)
        else:
            await self.help(self.workplace).answer(turn)

    async def begin_anew(self, turn: Turn, order: Order) -> None:
        """Let the help say what is to be said of this order now."""
        await self.help(self.workplace).help_owner(turn, order)

    async def _order(self, turn: Turn) -> Order | None:
        customer, number = turn.context.customer, turn.slot("question_about")
        if not customer or not number or any(named["value"] != number for named in turn.given("order_number")):
            return None
        return await look_up(self.workplace.shop.order_of, customer, number)


def agrees(turn: Turn) -> bool:
    """Whether the message is a yes, also one that is heard as the wish itself, such as "yes, cancel it"."""
    return turn.opening == "yes" or (turn.intent == "affirm" and turn.opening != "no")


def declines(turn: Turn) -> bool:
    """Whether the message is a no, also one that is heard as the wish itself, such as "don't cancel it"."""
    return turn.opening == "no" or (turn.intent == "deny" and turn.opening != "yes")
