"""Which language a customer writes in, as the bot understood it, and in which one letters go to them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from handoff.schema import turn
from handoff.storage import Transaction
from handoff.words import ENGLISH, languages

LATEST_TURNS = 10


def language_of(tx: Transaction, conversation_id: str) -> str | None:
    """The language, other than English, that the customer of a conversation last wrote in."""
    mine = (turn.c.conversation_id == conversation_id) & turn.c.state.in_(("accepted", "given_up"))
    latest = select(turn.c.understood).where(mine).order_by(turn.c.finished_at.desc()).limit(LATEST_TURNS)
    return last_language(each or {} for each in tx.db.execute(latest).scalars())


def letter_language(written: str | None, page: str | None) -> str | None:
    """In which language a mail is: the one that they write in, if there are words in it, else their page's."""
    return written if written in languages() else page


def last_language(understood: Iterable[dict[str, Any]]) -> str | None:
    """The same, of turns that were read already, newest first."""
    written = (each.get("language") or ENGLISH for each in understood)
    return next((language for language in written if language != ENGLISH), None)
