"""The signed context that goes with a turn: the actions believe it, and Rasa, which lacks the key, can't make one."""

from datetime import UTC, datetime, timedelta

import jwt

from handoff.turns import Turn

VALID = timedelta(seconds=60)


def sign_context(asked: Turn, key: str) -> str:
    """A JWT (HS256, 60 s) that says whose turn it is, about which order, after how many wrong order numbers.

    `guarded_orders` are the numbers that somebody seems to be guessing e-mail addresses for.
    """
    claims = {
        "iss": "baton-desk",
        "aud": "baton-actions",
        "exp": datetime.now(UTC) + VALID,
        "conversation": asked.conversation_id,
        "turn": asked.id,
        "customer": asked.customer_sub,
        "order": asked.order_id,
        "wrong_orders": asked.wrong_orders,
        "guarded_orders": asked.guarded_orders,
    }
    return jwt.encode(claims, key, algorithm="HS256")
