"""Whether the customer's words can answer the bot's open question: a yes to another one must not cancel an order."""

from typing import Any

from sqlalchemy import select

from handoff.moves import Conversation
from handoff.schema import message, turn
from handoff.storage import Transaction

QUESTION = "asked"
"""The bot's slot for the question that the next words may answer."""


def forgotten(tx: Transaction, talk: Conversation, last_seq: int, button_id: str | None) -> list[dict[str, Any]]:
    """The event that makes the bot forget its question, if the words up to `last_seq` were not said to it; else none.

    They weren't if they were written before the question, if a person was asked for since, or if the button that was
    pressed belongs to an earlier answer.
    """
    mine = (turn.c.conversation_id == talk.id) & (turn.c.state == "accepted")
    latest = select(turn.c.id, turn.c.epoch).where(mine).order_by(turn.c.finished_at.desc(), turn.c.last_seq.desc())
    asked = tx.db.execute(latest.limit(1)).one_or_none()
    if asked is None or (asked.epoch == talk.owner_epoch and _was_said_to(tx, talk, asked.id, last_seq, button_id)):
        return []
    return [{"event": "slot", "timestamp": tx.now.timestamp(), "name": QUESTION, "value": None}]


def _was_said_to(tx: Transaction, talk: Conversation, turn_id: str, last_seq: int, button_id: str | None) -> bool:
    its = (message.c.conversation_id == talk.id) & message.c.client_id.startswith(f"{turn_id}-", autoescape=True)
    answers = tx.db.execute(select(message.c.seq, message.c.buttons).where(its, message.c.author_kind == "bot")).all()
    buttons = {each["id"] for said in answers for each in said.buttons or ()}
    return all(said.seq < last_seq for said in answers) and button_id in (None, *buttons)
