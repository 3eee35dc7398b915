"""Links in mails: a random token, kept as a hash, that opens one thing once within seven days."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from handoff.errors import LinkUsed
from handoff.schema_mail import mail_link
from handoff.storage import Transaction
from handoff.tokens import hash_of, new_token

VALID = timedelta(days=7)


def new_link(tx: Transaction, kind: str, **about: str | None) -> str:
    """A token for one use; `about` is conversation_id (kind `back`) or invitation_id (kind `invitation`)."""
    token = new_token()
    row = {"token_hash": hash_of(token), "kind": kind, "made_at": tx.now, "expires_at": tx.now + VALID, **about}
    tx.db.execute(insert(mail_link), row)
    return token


def look(tx: Transaction, kind: str, token: str, *, lock: bool = False) -> Any:
    """The row of a link that can still be used; LinkUsed for one that was, has expired, or never was."""
    good = (mail_link.c.token_hash == hash_of(token)) & (mail_link.c.kind == kind) & mail_link.c.used_at.is_(None)
    query = select(mail_link).where(good, mail_link.c.expires_at > tx.now)
    row = tx.db.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    if row is None:
        raise LinkUsed
    return row


def use(tx: Transaction, kind: str, token: str) -> Any:
    """Use a link up; of two who try at once, one gets LinkUsed."""
    row = look(tx, kind, token, lock=True)
    tx.db.execute(update(mail_link).where(mail_link.c.token_hash == row["token_hash"]).values(used_at=tx.now))
    return row


def void(tx: Transaction, which: Any) -> None:
    """Links that nobody has used lead nowhere any more."""
    tx.db.execute(delete(mail_link).where(which, mail_link.c.used_at.is_(None)))
