"""What becomes of a letter, told in its chat: to reps that it's late, has gone out after all, or couldn't be delivered.

A customer is told too of what they can mend: that a copy they asked for, or the address they left, can't be reached.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from handoff.email_addresses import masked_address
from handoff.history import remember
from handoff.mail_trouble import NotSent
from handoff.moves import locked
from handoff.notices import tell
from handoff.record import add_note
from handoff.schema import conversation, customer
from handoff.schema_mail import mail
from handoff.states import State
from handoff.storage import Transaction
from handoff.words import say

LATE = timedelta(minutes=5)
AT_ONCE = 100


def is_late(tx: Transaction) -> Any:
    """The condition for letters that should have gone out by now."""
    return (mail.c.state == "due") & (mail.c.made_at <= tx.now - LATE)


def tell_late(tx: Transaction) -> None:
    """Tell reps of the letters that are late, of each once."""
    about_reps = mail.c.late_told_at.is_(None) & (mail.c.kind == "rep_wrote")
    late = select(mail).where(is_late(tx), about_reps).order_by(mail.c.made_at).limit(AT_ONCE)
    rows = tx.db.execute(late.with_for_update(skip_locked=True)).mappings().all()
    for row in rows:
        tx.db.execute(update(mail).where(mail.c.id == row["id"]).values(late_told_at=tx.now))
        how = "letter_late" if row["error"] else "letter_late_silently"
        _note(tx, row, how, why=row["error"])


def tell_sent(tx: Transaction, row: Any) -> None:
    """A letter of which reps were told that it's late has gone out."""
    if row["late_told_at"]:
        _note(tx, row, "letter_sent")


def tell_failed(tx: Transaction, row: Any, trouble: NotSent) -> None:
    """A letter is given up."""
    if row["kind"] == "rep_wrote":
        _note(tx, row, "letter_failed", why=trouble)
    if row["conversation_id"]:
        remember(tx, "mail_failed", "desk", str(trouble), conversation_id=row["conversation_id"], letter=row["kind"])
        _tell_customer(tx, row, trouble)


def _tell_customer(tx: Transaction, row: Any, trouble: NotSent) -> None:
    email, talk = masked_address(row["to"]), locked(tx, row["conversation_id"])
    if row["kind"] == "transcript":
        tell(tx, talk, "transcript_failed", email=email, why=trouble.wording)
    elif trouble.for_good and talk.state is not State.CLOSED:
        tell(tx, talk, "letter_refused", email=email, why=trouble.wording)


def _note(tx: Transaction, row: Any, key: str, **fields: Any) -> None:
    name = _person(tx, row).name or "the customer"
    add_note(tx, row["conversation_id"], "desk", say(key, name=name, **fields))


def _person(tx: Transaction, row: Any) -> Any:
    theirs = select(customer.c.name, conversation.c.state).join(conversation)
    return tx.db.execute(theirs.where(conversation.c.id == row["conversation_id"])).one()
