"""Going on with a topic: with a detail that was asked for, with one that was left, and after the check."""

from actions.turn import Turn, TurnAction

FIRST_TOPIC = {"inform_charge": "billing_question", "inform_provider": "email_setup"}
"""What a bare detail is about when nothing was asked before; an order number is about the order's way."""
DEFAULT_TOPIC = "track_package"
ABOUT_MONEY = frozenset({"billing_question", "refund_status", "charge_after_return", "missing_coins"})
"""The topics to which an amount can belong."""


class GoOn(TurnAction):
    """For a bare detail (`inform_order` and its like): calls the help for the topic at hand."""

    title = "action_go_on"

    async def answer(self, turn: Turn) -> None:
        """Let the topic's help answer."""
        helps = {topic: action for action in TurnAction.all_actions() for topic in action.topics}
        if turn.topic() not in helps or _is_of_another_topic(turn):
            turn.take_up(FIRST_TOPIC.get(turn.intent, DEFAULT_TOPIC))
        await helps[turn.topic() or DEFAULT_TOPIC](self.workplace).answer(turn)


class ComeBack(GoOn):
    """For *yes* to going back to the topic that was left."""

    title = "action_come_back"

    async def answer(self, turn: Turn) -> None:
        """Take the topic up again where it was left, with the order that its question was about."""
        if order := turn.slot("unfinished_order"):
            turn.remember(order_number=order, page_order=turn.context.order)
        turn.remember(about=turn.slot("unfinished"), unfinished=None, unfinished_order=None)
        await super().answer(turn)


class Solved(TurnAction):
    """For *yes* or thanks to "did that solve it?": on to what else was asked, else offers to close the chat."""

    title = "action_solved"

    async def answer(self, turn: Turn) -> None:
        """Note the check (it's not the customer's vote); "thanks for nothing" is no yes."""
        if turn.tone.is_doubtful:
            not_solved(turn)
            return
        turn.note(check="yes")
        if turn.slot("unfinished"):
            turn.ask_to_come_back()
        else:
            turn.ask("close")


class NotSolved(TurnAction):
    """For *no* to "did that solve it?": offers a person."""

    title = "action_not_solved"

    async def answer(self, turn: Turn) -> None:
        """Note the check and what the rep should know."""
        not_solved(turn)


class Close(TurnAction):
    """For *yes* to closing the chat."""

    title = "action_close"

    async def answer(self, turn: Turn) -> None:
        """Say goodbye; the desk closes and asks for the vote."""
        turn.say("utter_closing")
        turn.note(close=True)


def _is_of_another_topic(turn: Turn) -> bool:
    """Whether the detail is of a charge while the talk is about something that isn't money."""
    of_a_charge = any(map(turn.gave, ("amount", "charge", "subscription")))
    return turn.intent == "inform_charge" and of_a_charge and turn.topic() not in ABOUT_MONEY


def not_solved(turn: Turn) -> None:
    """Note the check, and offer a person who learns why."""
    turn.note(check="no")
    turn.offer_person("not_solved")
