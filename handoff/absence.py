"""Reaching a customer who left: when they were last there, and one mail if a rep has written to them since.

Who is there is known for customers with an e-mail address only; each desk writes it for its own open sockets.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from handoff import outbound
from handoff.history import remember
from handoff.language import letter_language
from handoff.record import add_note
from handoff.schema import conversation, customer, message
from handoff.shop_settings import shop_settings
from handoff.storage import Transaction
from handoff.words import say

AWAY_AFTER = timedelta(seconds=60)
AT_ONCE = 100


def seen(tx: Transaction, customer_ids: Sequence[str]) -> None:
    """These customers have the chat open now."""
    for start in range(0, len(customer_ids), AT_ONCE):
        some = customer.c.id.in_(customer_ids[start : start + AT_ONCE]) & customer.c.email.is_not(None)
        tx.db.execute(update(customer).where(some).values(seen_at=tx.now))


def reach(tx: Transaction, mail_on: bool) -> int:
    """Write to those who have been away for a minute and haven't heard what a rep wrote; returns to how many.

    It's once an absence, however much the rep writes: the letter's key names when the customer was last there.
    """
    letters, may_write = 0, mail_on and shop_settings(tx).write_to_absent
    for row in tx.db.execute(_unheard()).mappings().all():
        if _heard(tx, row) or not (row["email"] and may_write):
            _forget(tx, row)
        elif row["seen_at"] is None or tx.now - row["seen_at"] >= AWAY_AFTER:
            letters += _write(tx, row)
            _forget(tx, row)
    return letters


def _unheard() -> Any:
    columns = (
        conversation.c.id,
        conversation.c.unheard_since,
        conversation.c.customer_read,
        conversation.c.language,
        conversation.c.page_language,
        customer.c.email,
        customer.c.seen_at,
    )
    waiting = select(*columns).join(customer, customer.c.id == conversation.c.customer_id)
    oldest_first = waiting.where(conversation.c.unheard_since.is_not(None)).order_by(conversation.c.unheard_since)
    return oldest_first.limit(AT_ONCE).with_for_update(of=conversation, skip_locked=True)


def _heard(tx: Transaction, row: Any) -> bool:
    """By read marks where the customer's page makes them; else whoever was there after the rep wrote has heard it."""
    if row["customer_read"]:
        by_rep = (message.c.conversation_id == row["id"]) & (message.c.author_kind == "rep")
        last = tx.db.execute(select(func.max(message.c.seq)).where(by_rep)).scalar()
        return bool(row["customer_read"] >= (last or 0))
    return bool(row["seen_at"] and row["seen_at"] > row["unheard_since"])


def _write(tx: Transaction, row: Any) -> bool:
    absence = row["seen_at"].isoformat() if row["seen_at"] else "never"
    language = letter_language(row["language"], row["page_language"])
    text = say("rep_wrote_mail", language=language, link=outbound.LINK)
    key, subject = f"rep_wrote:{row['id']}:{absence}", say("rep_wrote_subject", language=language)
    if outbound.is_flooded(tx, row["email"]):
        return False
    if not outbound.put(tx, key, "rep_wrote", row["email"], subject, text, conversation_id=row["id"]):
        return False
    add_note(tx, row["id"], "desk", say("wrote_to_them"))
    remember(tx, "mailed", "desk", "a rep wrote while the customer was away", conversation_id=row["id"])
    return True


def _forget(tx: Transaction, row: Any) -> None:
    tx.db.execute(update(conversation).where(conversation.c.id == row["id"]).values(unheard_since=None))
