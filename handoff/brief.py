"""The brief: what a rep should know before the first word."""

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import bindparam, select

from handoff.known_facts import known_facts
from handoff.language import last_language
from handoff.moves import Conversation
from handoff.schema import customer, turn
from handoff.storage import Transaction
from handoff.tone import tone_in
from handoff.wire_console import Brief, Understood
from handoff.words import reason_words

LATEST_TURNS = 10
_WHO = select(customer.c.sub, customer.c.name, customer.c.email).where(customer.c.id == bindparam("which"))


def brief(tx: Transaction, talk: Conversation) -> Brief:
    """Who the customer is, why they're here, and what the bot made of their latest turns."""
    who = tx.db.execute(_WHO, {"which": talk.customer_id}).one()
    turns = _latest_turns(tx, talk)
    understood = [row.understood or {} for row in turns]
    return Brief(
        verified=who.sub is not None,
        customer_id=who.sub,
        customer_name=who.name,
        verified_from=talk.verified_from,
        order_id=talk.order_id,
        topic=talk.topic,
        reason=talk.reason,
        reason_words=reason_words(talk.reason),
        understood=[_one_understood(row) for row in reversed(turns)],
        tone=tone_in(understood),
        check=_last_check(turns),
        also=_also(understood, talk.topic),
        language=last_language(understood),
        known=known_facts(talk, who, [row.input["text"] for row in reversed(turns)]),
    )


def _latest_turns(tx: Transaction, talk: Conversation) -> Sequence[Any]:
    """The turns that are over, newest first."""
    mine = (turn.c.conversation_id == talk.id) & turn.c.state.in_(("accepted", "given_up"))
    query = select(turn.c.input, turn.c.understood, turn.c.outcome, turn.c.check_answer)
    newest_first = query.where(mine, turn.c.input.is_not(None)).order_by(turn.c.finished_at.desc())
    return tx.db.execute(newest_first.limit(LATEST_TURNS)).all()


def _one_understood(row: Any) -> Understood:
    made = row.understood or {}
    shown = {name: made.get(name) for name in ("intent", "confidence")}
    return Understood(text=row.input["text"], outcome=row.outcome, **shown)


def _last_check(turns: Sequence[Any]) -> Literal["yes", "no"] | None:
    return next((row.check_answer for row in turns if row.check_answer), None)


def _also(understood: Sequence[dict[str, Any]], topic: str | None) -> list[str]:
    """What else was asked in the same breath as something else, in the order in which it came up."""
    asked = [intent for each in reversed(understood) for intent in each.get("also", ())]
    return [intent for intent in dict.fromkeys(asked) if intent != topic]
