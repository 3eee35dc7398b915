"""Who the customer is, as the desk has proven it: the one way for an action to learn that."""

from typing import Annotated, Any

import jwt
import msgspec
from msgspec import Meta
from rasa_sdk import Tracker

ISSUER, AUDIENCE = "baton-desk", "baton-actions"
LONGEST_TOKEN = 4096
LEEWAY_SECONDS = 5

Id = Annotated[str, Meta(min_length=1, max_length=64)]


class Context(msgspec.Struct, frozen=True):
    """What the desk vouches for in this turn; `customer` is None for anonymous people.

    `order` is the order whose page the customer came from. Counted in the last hour and across conversations:
    `wrong_orders` is how often an order number was wrong from the customer's address, `guarded_orders` are the numbers
    that anybody got wrong too often.
    """

    conversation: str = ""
    customer: Id | None = None
    order: Id | None = None
    wrong_orders: Annotated[int, Meta(ge=0)] = 0
    guarded_orders: tuple[Id, ...] = ()


ANONYMOUS = Context()


def customer_of(tracker: Tracker, key: str) -> Context:
    """What the desk's token with the customer's latest message says; anonymous if it's missing, bad or another's.

    Slots, entities, text and other metadata are never believed: customers can write those themselves.
    """
    token = _token(tracker)
    if token is None:
        return ANONYMOUS
    try:
        context = msgspec.convert(_claims(token, key), Context)
    except (jwt.InvalidTokenError, ValueError):  # msgspec's errors and odd characters are ValueErrors
        return ANONYMOUS
    return context if context.conversation == tracker.sender_id else ANONYMOUS


def _claims(token: str, key: str) -> dict[str, Any]:
    return jwt.decode(
        token,
        key,
        algorithms=["HS256"],
        issuer=ISSUER,
        audience=AUDIENCE,
        leeway=LEEWAY_SECONDS,
        options={"require": ["exp", "aud", "iss"]},
    )


def _token(tracker: Tracker) -> str | None:
    metadata = tracker.latest_message.get("metadata")
    token = metadata.get("context") if isinstance(metadata, dict) else None
    return token if isinstance(token, str) and len(token) <= LONGEST_TOKEN else None
