"""Which order a chat is about, for the rep's card: the one that the bot worked on, or the page's."""

from collections.abc import Sequence
from typing import Any

from handoff.moves import Conversation

NAMED, PAGE = "order_number", "page_order"
"""The bot's slots for the order that it worked on last, and for the page's order at that time (domain/orders.yml)."""


def order_meant(talk: Conversation, newest_first: Sequence[Any]) -> str | None:
    """The order that the bot worked on in these turns; the page's if the customer has come from another one since.

    The bot itself chooses so (`actions/find_order.py`). None where no order has been named.
    """
    slots = {
        event["name"]: event.get("value")
        for row in reversed(newest_first)
        for event in row.events or ()
        if event.get("event") == "slot" and event.get("name") in (NAMED, PAGE)
    }
    named = slots.get(NAMED)
    has_come_from_another = talk.order_id is not None and talk.order_id != slots.get(PAGE)
    return talk.order_id if has_come_from_another or not isinstance(named, str) else named
