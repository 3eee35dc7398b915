"""The brief: what a rep should know before the first word."""

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import bindparam, func, select

from handoff.known_facts import Told, known_facts, written
from handoff.language import last_language
from handoff.moves import Conversation
from handoff.notices import reads_english
from handoff.order_meant import order_meant
from handoff.schema import conversation, customer, history, message, turn
from handoff.states import By
from handoff.storage import Transaction
from handoff.tone import tone_in
from handoff.tried import tried
from handoff.wire_console import Brief, KnownFact, Understood
from handoff.words import reason_words

LATEST_TURNS = 10
_LEFT_EMAIL = (
    select(history.c.id)
    .join(conversation, conversation.c.id == history.c.conversation_id)
    .where(conversation.c.customer_id == customer.c.id, history.c.kind == "email_left")
    .correlate(customer)
)
_WHO = select(customer.c.sub, customer.c.name, customer.c.email, _LEFT_EMAIL.exists().label("left_email")).where(
    customer.c.id == bindparam("which")
)


def brief(tx: Transaction, talk: Conversation) -> Brief:
    """Who the customer is, why they're here, and what the bot made of their latest turns."""
    who = tx.db.execute(_WHO, {"which": talk.customer_id}).one()
    turns = _latest_turns(tx, talk)
    understood = [row.understood or {} for row in turns]
    known = known_facts(talk, who, [*_told_the_bot(turns), *written(tx, talk)])
    return Brief(
        verified=who.sub is not None,
        customer_id=who.sub,
        customer_name=who.name,
        verified_from=talk.verified_from,
        by_link=talk.unproven_from is not None,
        order_id=order_meant(talk, turns) or _named_last(known),
        topic=talk.topic,
        reason=talk.reason,
        reason_words=_why_they_wait(tx, talk),
        understood=[_one_understood(row) for row in reversed(turns)],
        tone=tone_in(understood),
        check=_last_check(turns),
        also=_also(understood, talk.topic),
        language=last_language(understood),
        page_language=None if reads_english(talk) else talk.page_language,
        tried=tried(tx, talk.id, turns),
        known=known,
    )


def _named_last(known: Sequence[KnownFact]) -> str | None:
    return next((fact.value for fact in reversed(known) if fact.what == "order"), None)


def _told_the_bot(newest_first: Sequence[Any]) -> list[Told]:
    return [Told(row.input["text"], "bot", pressed=bool(row.input.get("payload"))) for row in reversed(newest_first)]


def _why_they_wait(tx: Transaction, talk: Conversation) -> str:
    noted = talk.reason == By.TRANSFER.value and _was_passed_with_a_note(tx, talk.id)
    return reason_words("transfer_with_note" if noted else talk.reason)


def _was_passed_with_a_note(tx: Transaction, conversation_id: str) -> bool:
    """The note was stored in the transaction that passed the chat on, and so at the same instant."""
    passed = (history.c.conversation_id == conversation_id) & (history.c.kind == "transferred")
    last = select(func.max(history.c.at)).where(passed).scalar_subquery()
    note = (message.c.conversation_id == conversation_id) & (message.c.kind == "note")
    return tx.db.execute(select(message.c.id).where(note, message.c.created_at == last)).first() is not None


def _latest_turns(tx: Transaction, talk: Conversation) -> Sequence[Any]:
    """The turns that are over, newest first."""
    mine = (turn.c.conversation_id == talk.id) & turn.c.state.in_(("accepted", "given_up"))
    names = ("id", "input", "understood", "outcome", "check_answer", "events")
    query = select(*(turn.c[name] for name in names))
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
