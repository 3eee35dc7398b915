"""From the bot to a person."""

from actions.turn import Turn, TurnAction


class HandOver(TurnAction):
    """For `talk_to_human`, and for *yes* to a person that was offered."""

    title = "action_hand_over"

    async def answer(self, turn: Turn) -> None:
        """Hand over with the reason for which a person was offered, else because the customer asked."""
        turn.hand_over(_reason(turn))


class OfferPerson(TurnAction):
    """For *no* where the bot can't go on without what it asked for."""

    title = "action_offer_person"

    async def answer(self, turn: Turn) -> None:
        """Ask whether a person shall take over."""
        turn.offer_person("asked")


def _reason(turn: Turn) -> str:
    if turn.question == "shop_down":
        return "shop_down"
    if turn.question == "person":
        return turn.slot("person_reason") or "asked"
    return "asked"
