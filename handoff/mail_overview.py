"""What leads and admins see of mail: what is late now, and what couldn't be delivered within the last month."""

from typing import Any

from sqlalchemy import func, select

from handoff.email_addresses import masked_address
from handoff.mail_news import is_late
from handoff.schema import conversation, customer
from handoff.schema_mail import mail
from handoff.storage import Transaction
from handoff.wire_mail import LateMail, MailInTrouble

LATEST = 100


def late_mail(tx: Transaction) -> LateMail | None:
    """The mail that should have gone out by now; None if there's none."""
    count, since = tx.db.execute(select(func.count(), func.min(mail.c.made_at)).where(is_late(tx))).one()
    if not count:
        return None
    tried = select(mail.c.error).where(is_late(tx), mail.c.error.is_not(None)).order_by(mail.c.due_at.desc()).limit(1)
    return LateMail(count=count, since=since, why=tx.db.execute(tried).scalar())


def mail_in_trouble(tx: Transaction, *, invitations: bool) -> list[MailInTrouble]:
    """The latest hundred letters that are late or failed, the newest first; with invitations for admins only."""
    shown = is_late(tx) | (mail.c.state == "failed")
    if not invitations:
        shown &= mail.c.kind != "invitation"
    rows = select(*mail.c, customer.c.name).select_from(mail.outerjoin(conversation).outerjoin(customer)).where(shown)
    latest = rows.order_by(mail.c.made_at.desc(), mail.c.id).limit(LATEST)
    return [_shown(row) for row in tx.db.execute(latest).mappings()]


def _shown(row: Any) -> MailInTrouble:
    return MailInTrouble(
        id=row["id"],
        kind=row["kind"],
        to=row["to"] if row["kind"] == "invitation" else masked_address(row["to"]) or "",
        customer_name=row["name"],
        conversation=row["conversation_id"],
        state="failed" if row["state"] == "failed" else "late",
        made_at=row["made_at"],
        why=row["error"],
    )
