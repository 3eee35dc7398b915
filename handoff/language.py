"""Which language a customer writes in, as the bot understood it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from handoff.schema import turn
from handoff.storage import Transaction

ENGLISH = "en"
LATEST_TURNS = 10


def language_of(tx: Transaction, conversation_id: str) -> str | None:
    """The language, other than English, that the customer of a conversation last wrote in."""
    mine = (turn.c.conversation_id == conversation_id) & turn.c.state.in_(("accepted", "given_up"))
    latest = select(turn.c.understood).where(mine).order_by(turn.c.finished_at.desc()).limit(LATEST_TURNS)
    return last_language(each or {} for each in tx.db.execute(latest).scalars())


def last_language(understood: Iterable[dict[str, Any]]) -> str | None:
    """The same, of turns that were read already, newest first."""
    languages = (each.get("language") or ENGLISH for each in understood)
    return next((language for language in languages if language != ENGLISH), None)
